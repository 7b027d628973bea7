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

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/** {@code workspace_changelog_generate}: an entry for a change log, from the history itself. */
final class ChangelogTool implements Tool {
    private static final int USUAL = 50;
    private static final int MOST = 200;

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_changelog_generate",
                    GitTools.FAMILY,
                    "Writes an entry for a change log in Markdown, with the headings of Keep a"
                            + " Changelog, from the history. Work that users do not see is left"
                            + " out where the commits say what it is (conventional commits).",
                    List.of(
                            Parameter.text(
                                            "since",
                                            "Where to begin, not included: a commit, tag, branch or"
                                                    + " date; the last tag by default.")
                                    .or("from"),
                            Parameter.text(
                                            "until",
                                            "Where to end, included; HEAD by default. A tag's name"
                                                    + " becomes the heading.")
                                    .or("to"),
                            Parameter.number(
                                    "limit", 1, MOST, "How many commits at most; 50 by default.")),
                    ToolSpec.Effect.READS);

    private final Repository repository;
    private final Clock clock;

    ChangelogTool(Repository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
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
        var until = arguments.text("until").filter(name -> !name.equals("HEAD"));
        var since = arguments.text("since");
        var from = since.isEmpty() && until.isEmpty() ? History.lastTag(repository) : since;
        var range = History.range(repository, from, until);
        var commits = History.commits(repository, range, arguments.number("limit", USUAL), false);
        var heading =
                until.map(name -> "## [" + name + "] - " + LocalDate.now(clock))
                        .orElse("## [Unreleased]");
        return ToolResult.json(
                JsonObject.of("range", range.name())
                        .with(
                                "commits",
                                JsonArray.copyOf(
                                        commits.stream().map(it -> it.json("hash")).toList()))
                        .with(
                                "changelog",
                                heading
                                        + "\n\n"
                                        + Sections.changelog(
                                                commits.stream()
                                                        .map(ConventionalCommit::of)
                                                        .toList())));
    }
}
