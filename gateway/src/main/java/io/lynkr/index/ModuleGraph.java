package io.lynkr.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which folders use which, by what their files import.
 *
 * @param edges by the folder that uses, how many imports lead to each other folder
 * @param cycles folders that use each other, each a group
 */
public record ModuleGraph(Map<String, Map<String, Integer>> edges, List<List<String>> cycles) {

    static ModuleGraph of(SourceFiles files) {
        var units = new HashMap<String, Set<String>>();
        for (var file : files.all()) {
            if (!file.unit().isEmpty() && file.origin() == Origin.SOURCE) {
                units.computeIfAbsent(file.unit(), _ -> new HashSet<>()).add(file.folder());
            }
        }
        var edges = new TreeMap<String, Map<String, Integer>>();
        for (var file : files.all()) {
            if (file.language().isEmpty() || file.origin() != Origin.SOURCE) {
                continue;
            }
            for (var each : file.imports()) {
                for (var target : targets(files, units, file, each)) {
                    if (!target.equals(file.folder())) {
                        edges.computeIfAbsent(file.folder(), _ -> new TreeMap<>())
                                .merge(target, 1, Integer::sum);
                    }
                }
            }
        }
        return new ModuleGraph(edges, cycles(edges));
    }

    private static Set<String> targets(
            SourceFiles files,
            Map<String, Set<String>> units,
            SourceFile file,
            FileFacts.Import from) {
        var found = new HashSet<String>();
        if (file.language().orElseThrow().sight() == Language.Sight.PACKAGES
                && file.language().orElseThrow() != Language.GO) {
            var module = from.module();
            var known = units.get(module);
            if (known == null && module.contains(".")) {
                known = units.get(module.substring(0, module.lastIndexOf('.')));
            }
            if (known != null && known.size() == 1) {
                found.addAll(known);
            }
        } else {
            files.modules(file, from.module()).forEach(id -> found.add(files.byId(id).folder()));
        }
        return found;
    }

    /** Groups in which each reaches each other. */
    private static List<List<String>> cycles(Map<String, Map<String, Integer>> edges) {
        var reach = new HashMap<String, Set<String>>();
        for (var start : edges.keySet()) {
            var seen = new HashSet<String>();
            var open = new ArrayList<>(edges.getOrDefault(start, Map.of()).keySet());
            while (!open.isEmpty()) {
                var next = open.removeLast();
                if (seen.add(next)) {
                    open.addAll(edges.getOrDefault(next, Map.of()).keySet());
                }
            }
            reach.put(start, seen);
        }
        var groups = new ArrayList<List<String>>();
        var done = new HashSet<String>();
        for (var start : new TreeSet<>(reach.keySet())) {
            if (done.contains(start) || !reach.getOrDefault(start, Set.of()).contains(start)) {
                continue;
            }
            var group =
                    new TreeSet<>(
                            reach.getOrDefault(start, Set.of()).stream()
                                    .filter(
                                            other ->
                                                    reach.getOrDefault(other, Set.of())
                                                            .contains(start))
                                    .toList());
            group.add(start);
            done.addAll(group);
            groups.add(List.copyOf(group));
        }
        return groups;
    }
}
