package io.lynkr.agent;

import io.lynkr.message.Usage;

/**
 * What a backend counted, in the detail that prices need.
 *
 * @param usage all tokens
 * @param longWrites those of {@code usage.cacheCreation()} that are kept for an hour, which is
 *     dearer
 */
public record CountedTokens(Usage usage, long longWrites) {
    public static final CountedTokens NONE = new CountedTokens(Usage.NONE, 0);

    boolean isNothing() {
        return usage.prompt() == 0 && usage.output() == 0;
    }
}
