package io.lynkr.cli;

import io.lynkr.app.ToolBench;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;

/** Lets the backend's model review what has changed. */
@Command(
        name = "review",
        description =
                "Lets a model of the configured backend review what has changed in the workspace.",
        footer = {
            "  lynkr review",
            "  lynkr review --base main --model claude-opus-4-5 src",
        })
final class ReviewCommand extends ToolCommand {
    @Mixin DiffScopeOptions scope = new DiffScopeOptions();

    @Option(names = "--json", description = "Prints it as JSON.")
    boolean json;

    @Option(names = "--model", paramLabel = "NAME", description = "The model, as clients name it.")
    String model = "";

    ReviewCommand(Surroundings surroundings, ToolBench.Opener opener) {
        super(surroundings, opener);
    }

    @Override
    String tool() {
        return "workspace_diff_review";
    }

    @Override
    JsonObject arguments() {
        var arguments = scope.arguments();
        return model.isEmpty() ? arguments : arguments.with("model", model);
    }

    @Override
    boolean asJson() {
        return json;
    }

    @Override
    void show(JsonObject result, PrintWriter out) {
        out.println(result.string("summary").orElse(""));
        for (var comment : result.objects("comments")) {
            out.println();
            out.println(
                    "%s:%d: %s"
                            .formatted(
                                    comment.string("file").orElse(""),
                                    comment.integer("line").orElse(0),
                                    comment.string("severity").orElse("")));
            out.println("    " + comment.string("comment").orElse("").replace("\n", "\n    "));
        }
        list("Before it is merged:", result, "checklist", out);
        list("Notes:", result, "notes", out);
    }

    private static void list(String heading, JsonObject result, String key, PrintWriter out) {
        var items = result.array(key).orElse(JsonArray.EMPTY).strings();
        if (!items.isEmpty()) {
            out.println();
            out.println(heading);
            items.forEach(item -> out.println("  - " + item));
        }
    }
}
