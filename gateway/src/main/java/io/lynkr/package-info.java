/**
 * The front door: {@link Main} takes arguments and environment in and gives an exit code out.
 * Everything else lives in a package of its own.
 */
@NullMarked
package io.lynkr;

import org.jspecify.annotations.NullMarked;
