package io.lynkr.cli;

import io.lynkr.app.ToolBench;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.PrintWriter;

/** Writes release notes from the history. */
@Command(
        name = "release-notes",
        description =
                "Writes release notes in Markdown from the workspace's commits, since the last tag"
                        + " unless --since says otherwise. No model is asked.",
        footer = {
            "  lynkr release-notes --since v1.2.0 > NOTES.md",
        })
final class ReleaseNotesCommand extends ToolCommand {
    @Option(
            names = "--since",
            paramLabel = "REF",
            description = "A commit, tag, branch or date, not included.")
    String since = "";

    @Option(
            names = "--until",
            paramLabel = "REF",
            description = "A commit, tag, branch or date, included; HEAD by default.")
    String until = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many commits at most; 100 by default.")
    int limit;

    @Option(names = "--json", description = "Prints them as JSON.")
    boolean json;

    ReleaseNotesCommand(Surroundings surroundings, ToolBench.Opener opener) {
        super(surroundings, opener);
    }

    @Override
    String tool() {
        return "workspace_release_notes";
    }

    @Override
    JsonObject arguments() {
        var arguments = JsonObject.EMPTY.with("limit", limit);
        if (!since.isEmpty()) {
            arguments = arguments.with("since", since);
        }
        return until.isEmpty() ? arguments : arguments.with("until", until);
    }

    @Override
    boolean asJson() {
        return json;
    }

    @Override
    void show(JsonObject result, PrintWriter out) {
        out.println(result.string("notes").orElse(""));
    }
}
