package io.lynkr.index;

import io.lynkr.workspace.Workspace;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ranks files by how much others use what they define, as search engines rank pages. */
public final class RepoMap {
    private static final int ROUNDS = 20;
    private static final double DAMPING = 0.85;
    private static final double NEAR_FOCUS = 50;

    /** A name that many files define tells little about which of them is used. */
    private static final int MOST_HOMES = 4;

    private RepoMap() {}

    /**
     * What the map is for.
     *
     * @param words names and parts of paths that the question is about, in lower case
     */
    public record Focus(Set<String> words) {
        public Focus {
            words = Set.copyOf(words);
        }
    }

    /** A file with its definitions, the important ones only. */
    public record Entry(String path, List<Place> places) {
        public Entry {
            places = List.copyOf(places);
        }
    }

    private record Edge(int from, int to, double weight) {}

    static List<Entry> of(
            Connection connection, SourceFiles files, Focus focus, Workspace workspace)
            throws SQLException {
        var edges = edges(connection, files, focus);
        var ranks = ranks(files, edges, focus);
        var ordered = new ArrayList<>(files.all());
        ordered.removeIf(file -> file.language().isEmpty() || file.origin() != Origin.SOURCE);
        ordered.sort(
                Comparator.comparingDouble((SourceFile it) -> -ranks.getOrDefault(it.id(), 0.0))
                        .thenComparing(SourceFile::path));
        var lines = new Lines(workspace);
        var entries = new ArrayList<Entry>();
        for (var file : ordered.subList(0, Math.min(ordered.size(), 300))) {
            var shown =
                    IndexDatabase.symbolsOf(connection, file.id()).stream()
                            .filter(
                                    each ->
                                            each.kind().holdsMembers()
                                                    || each.container().isEmpty())
                            .filter(each -> each.kind() != Kind.VARIABLE)
                            .sorted(
                                    Comparator.comparing(
                                            (Symbol each) -> !each.kind().holdsMembers()))
                            .limit(6)
                            .map(
                                    each ->
                                            new Place(
                                                    file.path(),
                                                    each.line(),
                                                    each.endLine(),
                                                    each.kind(),
                                                    each.qualified(),
                                                    file.origin(),
                                                    lines.text(file.path(), each.line())))
                            .toList();
            entries.add(new Entry(file.path(), shown));
        }
        return entries;
    }

    /** From the file that uses a name to those that define it. */
    private static List<Edge> edges(Connection connection, SourceFiles files, Focus focus)
            throws SQLException {
        var edges = new ArrayList<Edge>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "WITH homes AS (SELECT name, COUNT(DISTINCT file) AS n FROM symbols"
                                        + " GROUP BY name HAVING n <= "
                                        + MOST_HOMES
                                        + ") SELECT DISTINCT u.file, s.file, n.text, h.n,"
                                        + " length(u.data) FROM homes h JOIN symbols s ON s.name ="
                                        + " h.name JOIN uses u ON u.name = h.name JOIN names n ON"
                                        + " n.id = h.name WHERE u.file <> s.file")) {
            while (rows.next()) {
                var name = rows.getString(3);
                double weight = Math.sqrt(rows.getInt(5) / 8.0) / rows.getInt(4);
                if (name.length() < 3 || name.startsWith("_")) {
                    weight *= 0.1;
                }
                if (focus.words().contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    weight *= 10;
                }
                int from = rows.getInt(1);
                int to = rows.getInt(2);
                if (files.has(from) && files.has(to) && mix(files.byId(from), files.byId(to))) {
                    if (files.byId(from).origin() != Origin.SOURCE) {
                        weight *= 0.3;
                    }
                    edges.add(new Edge(from, to, weight));
                }
            }
        }
        return edges;
    }

    private static boolean mix(SourceFile one, SourceFile other) {
        return one.language().isPresent()
                && other.language().isPresent()
                && one.language().get().mixesWith(other.language().get());
    }

    private static Map<Integer, Double> ranks(SourceFiles files, List<Edge> edges, Focus focus) {
        var start = new HashMap<Integer, Double>();
        double sum = 0;
        for (var file : files.all()) {
            var path = file.path().toLowerCase(java.util.Locale.ROOT);
            boolean near =
                    focus.words().stream()
                            .anyMatch(word -> word.length() > 2 && path.contains(word));
            double share = near ? NEAR_FOCUS : 1;
            start.put(file.id(), share);
            sum += share;
        }
        double all = sum;
        start.replaceAll((_, share) -> share / all);
        var out = new HashMap<Integer, Double>();
        edges.forEach(edge -> out.merge(edge.from(), edge.weight(), Double::sum));
        Map<Integer, Double> ranks = new HashMap<>(start);
        for (int i = 0; i < ROUNDS; i++) {
            var next = new HashMap<Integer, Double>();
            start.forEach((id, share) -> next.put(id, share * (1 - DAMPING)));
            for (var edge : edges) {
                double given =
                        ranks.getOrDefault(edge.from(), 0.0)
                                * edge.weight()
                                / out.getOrDefault(edge.from(), 1.0);
                next.merge(edge.to(), DAMPING * given, Double::sum);
            }
            ranks = next;
        }
        return ranks;
    }
}
