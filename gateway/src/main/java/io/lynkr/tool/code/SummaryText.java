package io.lynkr.tool.code;

import io.lynkr.index.Summary;
import io.lynkr.index.Summary.Fact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a summary for models and people. */
public final class SummaryText {
    private static final int MOST_EDGES = 15;

    private SummaryText() {}

    /** All of it, in less than 3 KB as a rule. */
    public static String of(Summary summary) {
        var lines = new ArrayList<String>();
        lines.add("%,d files, %,d lines".formatted(summary.files(), summary.lines()));
        if (!summary.languages().isEmpty()) {
            lines.add("languages by lines: " + languages(summary));
        }
        facts(lines, "built with", summary.frameworks());
        facts(lines, "commands", summary.commands());
        facts(lines, "style", summary.style());
        facts(lines, "entry points", summary.entryPoints());
        facts(lines, "tests", summary.tests());
        modules(lines, summary);
        facts(lines, "not read in full", summary.problems());
        return String.join("\n", lines);
    }

    static String languages(Summary summary) {
        long all = summary.languages().values().stream().mapToLong(Long::longValue).sum();
        return summary.languages().entrySet().stream()
                .limit(10)
                .map(
                        it ->
                                "%s %.0f %%"
                                        .formatted(
                                                it.getKey(),
                                                100.0 * it.getValue() / Math.max(1, all)))
                .collect(Collectors.joining(", "));
    }

    private static void facts(List<String> lines, String title, List<Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        lines.add(title + ":");
        var byEvidence = new LinkedHashMap<String, List<String>>();
        facts.forEach(
                it ->
                        byEvidence
                                .computeIfAbsent(it.evidence(), _ -> new ArrayList<>())
                                .add(it.text()));
        byEvidence.forEach(
                (evidence, texts) -> lines.add("  " + evidence + ": " + String.join(", ", texts)));
    }

    private static void modules(List<String> lines, Summary summary) {
        record Edge(String from, String to, int count) {}
        var edges = new ArrayList<Edge>();
        summary.modules()
                .edges()
                .forEach(
                        (from, all) ->
                                all.forEach((to, count) -> edges.add(new Edge(from, to, count))));
        edges.sort(java.util.Comparator.comparingInt((Edge edge) -> -edge.count()));
        if (!edges.isEmpty()) {
            lines.add("modules by imports:");
            edges.stream()
                    .limit(MOST_EDGES)
                    .forEach(
                            it ->
                                    lines.add(
                                            "  %s -> %s (%d)"
                                                    .formatted(
                                                            named(it.from()),
                                                            named(it.to()),
                                                            it.count())));
        }
        for (var cycle : summary.modules().cycles()) {
            lines.add(
                    "cycle: "
                            + cycle.stream()
                                    .limit(8)
                                    .map(SummaryText::named)
                                    .collect(Collectors.joining(", "))
                            + (cycle.size() > 8 ? " and " + (cycle.size() - 8) + " more" : ""));
        }
    }

    private static String named(String folder) {
        return folder.isEmpty() ? "." : folder;
    }
}
