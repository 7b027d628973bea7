package io.lynkr.cli;

import io.lynkr.app.ToolBench;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;

/** Sums up what has changed. */
@Command(
        name = "diff",
        description =
                "Sums up what has changed in the workspace, with the risk of each file and the"
                        + " reasons. No model is asked.",
        footer = {
            "  lynkr diff",
            "  lynkr diff --base main --json | jq '.perFile[] | select(.risk == \"high\")'",
        })
final class DiffCommand extends ToolCommand {
    @Mixin DiffScopeOptions scope = new DiffScopeOptions();

    @Option(names = "--json", description = "Prints it as JSON.")
    boolean json;

    @Option(names = "--patch", description = "Shows the changed lines, too.")
    boolean patch;

    DiffCommand(Surroundings surroundings, ToolBench.Opener opener) {
        super(surroundings, opener);
    }

    @Override
    String tool() {
        return "workspace_diff_summary";
    }

    @Override
    JsonObject arguments() {
        return scope.arguments().with("max_chars", patch || json ? 40_000 : 0);
    }

    @Override
    boolean asJson() {
        return json;
    }

    @Override
    void show(JsonObject result, PrintWriter out) {
        out.println(result.string("summary").orElse(""));
        for (var file : result.objects("perFile")) {
            out.println(
                    "%-6s  %s  +%d −%d"
                            .formatted(
                                    file.string("risk").orElse(""),
                                    file.string("file").orElse(""),
                                    file.integer("additions").orElse(0),
                                    file.integer("deletions").orElse(0)));
            file.array("reasons")
                    .orElse(JsonArray.EMPTY)
                    .strings()
                    .forEach(reason -> out.println("          " + reason));
        }
        for (var file : result.array("untracked").orElse(JsonArray.EMPTY).strings()) {
            out.println("new     " + file);
        }
        if (patch) {
            out.println();
            out.print(result.string("diffPreview").orElse(""));
            out.flush();
        }
    }
}
