package io.lynkr.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Anthropic's families of models, as clients name them when any member will do. */
enum ModelTier {
    OPUS,
    SONNET,
    HAIKU,
    FABLE;

    /** The word that stands for the tier. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tier whose bare word this is. */
    static Optional<ModelTier> of(String word) {
        return Arrays.stream(values()).filter(tier -> tier.word().equals(word)).findFirst();
    }

    /** Whether a model's name is this tier's word, or Anthropic's id of one of its members. */
    boolean has(String name) {
        return name.equals(word())
                || (ModelNaming.isClaudeId(name)
                        && Arrays.asList(name.split("[-./@:]", -1)).contains(word()));
    }
}
