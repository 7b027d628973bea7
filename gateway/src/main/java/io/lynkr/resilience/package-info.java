/**
 * Time and failure as plain values: deadlines, retries, breakers, limits, life and its end. Nothing
 * here does I/O; clocks, waiting and randomness come in by constructor, so tests hold them all.
 *
 * <p>Start reading at {@link io.lynkr.resilience.CircuitBreaker}; who uses all this, and in which
 * order, stands in {@code io.lynkr.provider.Guards}.
 */
@NullMarked
package io.lynkr.resilience;

import org.jspecify.annotations.NullMarked;
