package io.lynkr.policy;

/** Whether a tool may run. */
public sealed interface Decision {

    /** It may. */
    record Allow() implements Decision {}

    /**
     * It may not.
     *
     * @param rule a short name for metrics and clients, such as {@code git_push_disabled}
     * @param reason for the model and the operator: what is wrong, which setting says so, what to
     *     do
     */
    record Deny(String rule, String reason) implements Decision {}
}
