/**
 * Server-Sent Events on the wire: {@link io.lynkr.sse.SseReader} cuts bytes into frames without
 * decoding them, so that a frame nobody needs is passed on as it came.
 */
@NullMarked
package io.lynkr.sse;

import org.jspecify.annotations.NullMarked;
