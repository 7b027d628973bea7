/** Anthropic's own API, and any server that speaks it as it is. */
@NullMarked
package io.lynkr.provider.anthropic;

import org.jspecify.annotations.NullMarked;
