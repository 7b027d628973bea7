package io.lynkr.provider;

import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;

/** A wire schema. Stateless, safe for many threads. */
public interface Dialect {

    /**
     * Says a request in this schema.
     *
     * @param headers the client's headers; those that have a meaning in this schema are taken over
     * @throws ApiException if the request cannot be said in it at all; the message names the field
     */
    Translation translate(MessagesRequest request, Headers headers);

    /** Whether the API's own web search is carried in it, to a backend that runs it. */
    default boolean carriesWebSearch(String model) {
        return false;
    }
}
