package io.lynkr.agent;

import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;

/**
 * One client request until its answer.
 *
 * @param request as the client sent it
 * @param headers the client's headers that may travel on to a provider
 * @param session the conversation it belongs to
 * @param deadline when the answer must be complete
 * @param requestId the request's identity in logs, errors and headers
 */
public record Turn(
        MessagesRequest request,
        Headers headers,
        Session session,
        Deadline deadline,
        String requestId) {}
