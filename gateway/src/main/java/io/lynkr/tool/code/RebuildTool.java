package io.lynkr.tool.code;

import io.lynkr.index.CodeIndex;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.workspace.WorkspacePath;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the index anew and writes the section in CLAUDE.md. */
record RebuildTool(CodeIndex index, SummaryBook book) implements Tool {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_index_rebuild",
                    "code",
                    "Reads the whole workspace anew, writes the marked section of facts in"
                            + " CLAUDE.md and tells the summary. Hardly ever needed: the index"
                            + " follows every change by itself.",
                    List.of(
                            Parameter.texts(
                                    "patterns",
                                    "Accepted for older clients; everything that git does not"
                                            + " ignore is read."),
                            Parameter.texts(
                                    "ignore",
                                    "Accepted for older clients; put it into .gitignore.")),
                    ToolSpec.Effect.CHANGES);

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) {
        var actions = new ArrayList<Action>();
        actions.add(new Action.SearchFiles(WorkspacePath.ROOT));
        book.action().ifPresent(actions::add);
        return new Plan(actions, () -> rebuild(context));
    }

    private ToolResult rebuild(CallContext context) throws ToolException, InterruptedException {
        try {
            index.rebuild(
                    context.deadline().atMost(PATIENCE),
                    (done, all) -> context.progress().accept(CodeTool.told(done, all)));
            var summary = index.summary();
            return ToolResult.text(SummaryText.of(summary) + "\n" + book.write(summary));
        } catch (IOException e) {
            throw new ToolException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }
}
