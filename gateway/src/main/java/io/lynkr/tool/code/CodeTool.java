package io.lynkr.tool.code;

import io.lynkr.index.CodeIndex;
import io.lynkr.index.IndexState;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.workspace.WorkspacePath;

import java.io.IOException;
import java.time.Duration;

/** A question to the index: waits for it to be current, answers, and says if it is not. */
record CodeTool(ToolSpec spec, CodeIndex index, Answer answer) implements Tool {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Finds the answer's text. */
    @FunctionalInterface
    interface Answer {
        String to(Arguments arguments, CallContext context)
                throws IOException, ToolException, InterruptedException;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) {
        return Plan.to(
                new Action.SearchFiles(WorkspacePath.ROOT), () -> answered(arguments, context));
    }

    private ToolResult answered(Arguments arguments, CallContext context)
            throws ToolException, InterruptedException {
        try {
            var state =
                    index.await(
                            context.deadline().atMost(PATIENCE),
                            (done, all) -> context.progress().accept(told(done, all)));
            if (!state.problem().isEmpty()) {
                throw new ToolException(
                        Kind.UNAVAILABLE, "the index cannot be kept: " + state.problem());
            }
            return ToolResult.text(answer.to(arguments, context) + unfinished(state));
        } catch (IOException e) {
            throw new ToolException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    static String told(int done, int all) {
        return "indexed %,d of %,d files".formatted(done, all);
    }

    private static String unfinished(IndexState state) {
        return state.isCurrent()
                ? ""
                : "\n[the index is still being made: %s; more may be found later]"
                        .formatted(told(state.done(), state.all()));
    }
}
