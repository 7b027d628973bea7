package io.lynkr.tool.task;

import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;

import java.io.IOException;

/** A tool that does one thing with the tasks. */
record TaskTool(ToolSpec spec, Work work) implements Tool {

    /** What it does. */
    @FunctionalInterface
    interface Work {
        ToolResult run(Arguments arguments, CallContext context) throws ToolException, IOException;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) {
        return Plan.to(new Action.UseRecords("tasks"), () -> run(arguments, context));
    }

    private ToolResult run(Arguments arguments, CallContext context) throws ToolException {
        try {
            return work.run(arguments, context);
        } catch (IOException e) {
            throw new ToolException(
                    Kind.UNAVAILABLE, "nothing was changed: " + String.valueOf(e.getMessage()));
        }
    }
}
