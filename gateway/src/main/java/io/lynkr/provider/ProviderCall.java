package io.lynkr.provider;

import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.resilience.Deadline;

/**
 * One call to a provider.
 *
 * @param request what is asked; its model is the backend's own name
 * @param headers the client's headers that may travel on: no credentials, nothing hop-by-hop
 * @param deadline when the whole call must be over
 * @param requestId the request's identity in logs and answers
 */
public record ProviderCall(
        MessagesRequest request, Headers headers, Deadline deadline, String requestId) {

    public ProviderCall withRequest(MessagesRequest other) {
        return new ProviderCall(other, headers, deadline, requestId);
    }
}
