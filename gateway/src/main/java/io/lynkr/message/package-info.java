/**
 * The words of the Messages API: request, event, usage, error.
 *
 * <p>They are views on the JSON that came in, typed where the gateway acts and carrying the rest.
 * Start reading at {@link io.lynkr.message.MessagesRequest}.
 */
@NullMarked
package io.lynkr.message;

import org.jspecify.annotations.NullMarked;
