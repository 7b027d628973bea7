/**
 * Several backends behind one gateway: which rungs a request has, and when it falls to the next.
 *
 * <p>Start reading at {@link io.lynkr.provider.routing.LadderProvider}; {@link
 * io.lynkr.provider.routing.Ladders} reads the settings and chooses.
 */
@NullMarked
package io.lynkr.provider.routing;

import org.jspecify.annotations.NullMarked;
