package io.lynkr.provider.dialect;

import io.lynkr.message.MessagesRequest;

import java.util.Set;
import java.util.function.Supplier;

/**
 * What must be known of a request to understand its answer.
 *
 * @param names what its tools are called on either side
 * @param clientIds identities of calls that stand in its history: another call must not reuse them
 * @param unique makes the ends of new identities
 */
record AnswerKey(
        MessagesRequest request,
        OpenAiProfile profile,
        ToolNames names,
        Set<String> clientIds,
        TokenEstimate estimate,
        Supplier<String> unique) {}
