/**
 * Tools that run in the gateway: what a tool is, the catalog of all there are, and the runner that
 * asks the policy before anything happens. Start reading at {@link io.lynkr.tool.Tool}; the
 * families below hold the tools.
 */
@NullMarked
package io.lynkr.tool;

import org.jspecify.annotations.NullMarked;
