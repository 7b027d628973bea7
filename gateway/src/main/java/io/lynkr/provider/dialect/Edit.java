package io.lynkr.provider.dialect;

/** One thing to change in a request for a backend that would refuse it as it is. */
sealed interface Edit {

    /** Leaves out a part of the API with all that belongs to it. */
    record Drop(Feature feature) implements Edit {}

    /** Leaves out a beta that belongs to no part known here. */
    record DropBeta(String value) implements Edit {}

    /** Leaves out a body field that belongs to no part known here. */
    record DropField(String path) implements Edit {}

    /** Asks for no more tokens than the model can give. */
    record CapMaxTokens(long most) implements Edit {}

    /** Changes that need no detail. */
    enum Adapt implements Edit {
        /** For models that think by a budget only. */
        ADAPTIVE_TO_BUDGET,
        /** For models that think adaptively only. */
        BUDGET_TO_ADAPTIVE,
        /** For servers that do not know the word: they think as they like. */
        DROP_ADAPTIVE_THINKING,
        /** For models that always think. */
        DROP_DISABLED_THINKING,
        /** For models that do not think. */
        DROP_THINKING,
        /** A strategy of context management that is refused while thinking is off. */
        DROP_IDLE_CLEAR_THINKING,
        /** For models that only take the values that sampling has anyway. */
        DEFAULT_SAMPLING_ONLY,
        /** For models whose highest effort is {@code high}. */
        EFFORT_AT_MOST_HIGH,
        /** Claude Code's billing line, which changes by conversation and spoils prefix caches. */
        DROP_ATTRIBUTION,
        /** All betas but those that every host of Claude models knows. */
        COMMON_BETAS_ONLY,
        /** All betas. */
        DROP_ALL_BETAS;

        /** Whether both at once make no sense. */
        boolean contradicts(Edit other) {
            return (this == ADAPTIVE_TO_BUDGET && other == BUDGET_TO_ADAPTIVE)
                    || (this == BUDGET_TO_ADAPTIVE && other == ADAPTIVE_TO_BUDGET);
        }
    }
}
