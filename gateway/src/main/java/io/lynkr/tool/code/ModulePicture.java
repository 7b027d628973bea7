package io.lynkr.tool.code;

import io.lynkr.index.ModuleGraph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Draws modules as boxes in rows, users above what they use; what is in a cycle is red. */
final class ModulePicture {
    private static final int MOST_MODULES = 40;
    private static final int WIDTH = 220;
    private static final int HEIGHT = 70;
    private static final int BOX = 200;
    private static final int BOX_HEIGHT = 30;
    private static final int LONGEST = 28;

    private final ModuleGraph graph;
    private final Set<String> shown;
    private final Set<String> inCycles = new HashSet<>();

    private ModulePicture(ModuleGraph graph) {
        this.graph = graph;
        this.shown = mostConnected(graph);
        graph.cycles().forEach(inCycles::addAll);
    }

    /** An SVG picture. */
    static String svg(ModuleGraph graph) {
        return new ModulePicture(graph).draw();
    }

    private static Set<String> mostConnected(ModuleGraph graph) {
        var weights = new HashMap<String, Integer>();
        graph.edges()
                .forEach(
                        (from, all) ->
                                all.forEach(
                                        (to, count) -> {
                                            weights.merge(from, count, Integer::sum);
                                            weights.merge(to, count, Integer::sum);
                                        }));
        var names = new ArrayList<>(weights.keySet());
        names.sort(
                Comparator.comparingInt((String it) -> -weights.getOrDefault(it, 0))
                        .thenComparing(Comparator.naturalOrder()));
        return Set.copyOf(names.subList(0, Math.min(MOST_MODULES, names.size())));
    }

    private String draw() {
        var rows = rows();
        var places = new HashMap<String, int[]>();
        int widest = 1;
        for (int y = 0; y < rows.size(); y++) {
            widest = Math.max(widest, rows.get(y).size());
            for (int x = 0; x < rows.get(y).size(); x++) {
                places.put(rows.get(y).get(x), new int[] {10 + x * WIDTH, 10 + y * HEIGHT});
            }
        }
        var svg = new StringBuilder();
        svg.append(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                                + " font-family=\"sans-serif\" font-size=\"11\">%n")
                        .formatted(widest * WIDTH + 20, rows.size() * HEIGHT + 20));
        graph.edges()
                .forEach(
                        (from, all) ->
                                all.forEach((to, count) -> edge(svg, places, from, to, count)));
        places.forEach((name, place) -> box(svg, name, place));
        return svg.append("</svg>\n").toString();
    }

    /** A module stands below all that use it, as far as there is no cycle. */
    private List<List<String>> rows() {
        var levels = new TreeMap<String, Integer>();
        shown.forEach(it -> levels.put(it, 0));
        for (int round = 0; round < shown.size(); round++) {
            for (var from : shown) {
                for (var to : graph.edges().getOrDefault(from, Map.of()).keySet()) {
                    boolean cyclic = inCycles.contains(from) && inCycles.contains(to);
                    if (shown.contains(to) && !cyclic) {
                        levels.merge(to, levels.getOrDefault(from, 0) + 1, Math::max);
                    }
                }
            }
        }
        var byLevel = new TreeMap<Integer, List<String>>();
        levels.forEach(
                (name, level) -> byLevel.computeIfAbsent(level, _ -> new ArrayList<>()).add(name));
        return List.copyOf(byLevel.values());
    }

    private void edge(
            StringBuilder svg, Map<String, int[]> places, String from, String to, int count) {
        var start = places.get(from);
        var end = places.get(to);
        if (start == null || end == null) {
            return;
        }
        boolean cyclic =
                graph.cycles().stream().anyMatch(it -> it.contains(from) && it.contains(to));
        svg.append(
                ("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\""
                                + " stroke-width=\"%.1f\"><title>%s uses %s (%d)</title></line>%n")
                        .formatted(
                                start[0] + BOX / 2,
                                start[1] + BOX_HEIGHT,
                                end[0] + BOX / 2,
                                end[1],
                                cyclic ? "#c00" : "#999",
                                Math.min(4, 0.5 + Math.log10(count + 1.0)),
                                escaped(from),
                                escaped(to),
                                count));
    }

    private void box(StringBuilder svg, String name, int[] place) {
        var label =
                name.isEmpty()
                        ? "."
                        : name.length() > LONGEST
                                ? "…" + name.substring(name.length() - LONGEST)
                                : name;
        svg.append(
                ("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"#fff\""
                     + " stroke=\"%s\"/><text x=\"%d\" y=\"%d\">%s<title>%s</title></text>%n")
                        .formatted(
                                place[0],
                                place[1],
                                BOX,
                                BOX_HEIGHT,
                                inCycles.contains(name) ? "#c00" : "#333",
                                place[0] + 8,
                                place[1] + 19,
                                escaped(label),
                                escaped(name)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
