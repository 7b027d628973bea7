package io.lynkr.agent;

/**
 * How far a turn may go by itself.
 *
 * @param steps how often the model may be asked
 * @param calls how many tools may run in the gateway
 */
public record TurnLimits(int steps, int calls) {
    public TurnLimits {
        if (steps < 1) {
            throw new IllegalArgumentException(
                    "POLICY_MAX_STEPS must be 1 or more, but is " + steps);
        }
    }
}
