/**
 * The fuse box: the plain lists of what exists, and the one place that puts the parts together.
 *
 * <p>{@link io.lynkr.app.AllSettings} lists every setting; the command line talks to the gateway
 * through {@link io.lynkr.app.GatewayStarter}.
 */
@NullMarked
package io.lynkr.app;

import org.jspecify.annotations.NullMarked;
