package io.lynkr.provider.dialect;

import io.lynkr.message.MessagesRequest;

/** Guesses how many tokens a prompt has, for backends that tell only when the answer is over. */
@FunctionalInterface
public interface TokenEstimate {

    /** Roughly the tokens of the whole prompt: system, tools and messages. */
    long estimate(MessagesRequest request);
}
