/**
 * Time and failure as plain values: deadlines, retries, breakers, limits. Nothing here does I/O.
 */
@NullMarked
package io.lynkr.resilience;

import org.jspecify.annotations.NullMarked;
