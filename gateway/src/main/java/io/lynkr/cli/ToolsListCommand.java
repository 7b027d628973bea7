package io.lynkr.cli;

import io.lynkr.app.ToolBench;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Lists the tools by their families. */
@Command(
        name = "list",
        description = "Lists the tools by family, each with what it does.",
        footer = {
            "  lynkr tools list",
            "  lynkr tools list --json | jq '.tools[] | select(.family == \"exec\") | .schema'",
        })
final class ToolsListCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final ToolBench.Opener opener;

    @Option(
            names = "--json",
            description = "Prints names, families, descriptions and argument schemas as JSON.")
    boolean json;

    ToolsListCommand(Surroundings surroundings, ToolBench.Opener opener) {
        this.surroundings = surroundings;
        this.opener = opener;
    }

    @Override
    public Integer call() {
        try (var bench = opener.open(surroundings.settings())) {
            var out = surroundings.console().out();
            if (json) {
                var all = bench.tools().stream().map(ToolsListCommand::toJson).toList();
                out.println(JsonObject.of("tools", JsonArray.copyOf(all)));
            } else {
                list(bench.tools());
            }
            return ExitCode.OK;
        }
    }

    private void list(List<ToolBench.Info> tools) {
        var out = surroundings.console().out();
        int width = tools.stream().mapToInt(tool -> tool.name().length()).max().orElse(0);
        var families =
                tools.stream()
                        .collect(
                                Collectors.groupingBy(ToolBench.Info::family, Collectors.toList()));
        for (var family : tools.stream().map(ToolBench.Info::family).distinct().toList()) {
            out.println(family);
            for (var tool : families.getOrDefault(family, List.of())) {
                var name = tool.name() + " ".repeat(width - tool.name().length());
                out.println("  " + name + "  " + firstSentence(tool.description()));
            }
        }
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static JsonObject toJson(ToolBench.Info tool) {
        return JsonObject.of("name", tool.name())
                .with("family", tool.family())
                .with("description", tool.description())
                .with("schema", tool.schema());
    }
}
