package io.lynkr.tool;

import io.lynkr.policy.Action;

import java.util.List;

/**
 * What a call would do, to be judged, and how it is done once it may.
 *
 * @param actions all that would be done; a plan without any is denied
 */
public record Plan(List<Action> actions, Work work) {
    public Plan {
        actions = List.copyOf(actions);
    }

    /** A plan with one action. */
    public static Plan to(Action action, Work work) {
        return new Plan(List.of(action), work);
    }

    /** Does it. */
    @FunctionalInterface
    public interface Work {
        /**
         * @throws ToolException if it could not be done; the text is for the model
         * @throws InterruptedException if nobody waits for it any more; nothing is left half-done
         */
        ToolResult run() throws ToolException, InterruptedException;
    }
}
