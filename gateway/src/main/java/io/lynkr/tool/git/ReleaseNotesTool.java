package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;

import java.util.List;

/** {@code workspace_release_notes}: what happened since a release, from the history itself. */
final class ReleaseNotesTool implements Tool {
    private static final int USUAL = 20;
    private static final int MOST = 500;

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_release_notes",
                    GitTools.FAMILY,
                    "Writes release notes in Markdown from the history, grouped by kind where the"
                            + " commits say it (conventional commits), breaking changes first.",
                    List.of(
                            Parameter.number(
                                    "limit", 1, MOST, "How many commits at most; 20 by default."),
                            Parameter.text(
                                            "since",
                                            "Where to begin, not included: a commit, tag, branch or"
                                                    + " date; the last tag by default.")
                                    .or("from"),
                            Parameter.text("until", "Where to end, included; HEAD by default.")
                                    .or("to")),
                    ToolSpec.Effect.READS);

    private final Repository repository;

    ReleaseNotesTool(Repository repository) {
        this.repository = repository;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) {
        return Plan.to(new Action.GitRead("log"), () -> run(arguments));
    }

    private ToolResult run(Arguments arguments) throws ToolException, InterruptedException {
        var until = arguments.text("until");
        var since = arguments.text("since");
        var lastTag = History.lastTag(repository);
        var from = since.isEmpty() && until.isEmpty() ? lastTag : since;
        var range = History.range(repository, from, until);
        var commits = History.commits(repository, range, arguments.number("limit", USUAL), false);
        var notes = Sections.notes(commits.stream().map(ConventionalCommit::of).toList());
        return ToolResult.json(
                JsonObject.of("range", range.name())
                        .with("notes", notes.isEmpty() ? "No changes.\n" : notes)
                        .with(
                                "commits",
                                JsonArray.copyOf(
                                        commits.stream().map(it -> it.json("hash")).toList())));
    }
}
