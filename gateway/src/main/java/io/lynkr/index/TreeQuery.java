package io.lynkr.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Patterns in the query language of tree-sitter, of which this knows nodes, fields, alternatives of
 * kinds, the wildcard {@code _} and captures. Children are found in any place and order, and a
 * pattern matches once for each way in which its children do.
 *
 * <p>They run over the flat tree: the library's own matcher takes four fifths of the time of
 * parsing and matching together.
 */
final class TreeQuery {
    private final List<List<Pattern>> byKind;
    private final List<String> captures;

    private record Pattern(List<Integer> kinds, int field, List<Pattern> children, int capture) {}

    /** What a match holds. */
    @FunctionalInterface
    interface Listener {
        /**
         * @param captured the node of each capture, -1 if it is not in this pattern; used again
         */
        void matched(int[] captured);
    }

    /**
     * Reads patterns.
     *
     * @throws GrammarException if the grammar does not know a kind or a field in them
     */
    TreeQuery(Grammar grammar, String text) {
        var reader = new Reader(grammar, text);
        var patterns = reader.all();
        captures = List.copyOf(reader.captures.keySet());
        byKind = new ArrayList<>();
        for (int i = 0; i < grammar.kinds().size(); i++) {
            int kind = i;
            byKind.add(patterns.stream().filter(each -> each.kinds().contains(kind)).toList());
        }
    }

    /** -1 if no pattern captures it. */
    int capture(String name) {
        return captures.indexOf(name);
    }

    /** In the order of their numbers. */
    List<String> captures() {
        return captures;
    }

    void run(SyntaxTree tree, Listener listener) {
        var captured = new int[captures.size()];
        for (int node = 0; node < tree.size(); node++) {
            int kind = tree.kind(node);
            if (kind < byKind.size()) {
                for (var pattern : byKind.get(kind)) {
                    Arrays.fill(captured, -1);
                    set(captured, pattern, node);
                    children(
                            tree,
                            node,
                            pattern.children(),
                            0,
                            captured,
                            () -> listener.matched(captured));
                }
            }
        }
    }

    private static void set(int[] captured, Pattern pattern, int node) {
        if (pattern.capture() >= 0) {
            captured[pattern.capture()] = node;
        }
    }

    private static void children(
            SyntaxTree tree,
            int node,
            List<Pattern> wanted,
            int next,
            int[] captured,
            Runnable whole) {
        if (next == wanted.size()) {
            whole.run();
            return;
        }
        var pattern = wanted.get(next);
        for (int child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
            if ((pattern.field() == 0 || pattern.field() == tree.field(child))
                    && (pattern.kinds().isEmpty() || pattern.kinds().contains(tree.kind(child)))) {
                set(captured, pattern, child);
                int found = child;
                children(
                        tree,
                        found,
                        pattern.children(),
                        0,
                        captured,
                        () -> children(tree, node, wanted, next + 1, captured, whole));
            }
        }
    }

    /** Reads the text of patterns. */
    private static final class Reader {
        private final Grammar grammar;
        private final List<String> words;
        private final Map<String, Integer> captures = new java.util.LinkedHashMap<>();
        private final Map<String, List<Integer>> kinds = new HashMap<>();
        private int at;

        Reader(Grammar grammar, String text) {
            this.grammar = grammar;
            words =
                    text.lines()
                            .map(line -> line.replaceFirst(";.*", ""))
                            .flatMap(
                                    line ->
                                            Arrays.stream(
                                                    line.replaceAll("([()\\[\\]])", " $1 ")
                                                            .strip()
                                                            .split("\\s+")))
                            .filter(word -> !word.isEmpty())
                            .toList();
        }

        List<Pattern> all() {
            var patterns = new ArrayList<Pattern>();
            while (at < words.size()) {
                patterns.add(pattern(0));
            }
            return patterns;
        }

        private Pattern pattern(int field) {
            take("(");
            var found = alternatives();
            var children = new ArrayList<Pattern>();
            while (!words.get(at).equals(")")) {
                var word = words.get(at);
                if (word.endsWith(":")) {
                    at++;
                    children.add(pattern(fieldId(word.substring(0, word.length() - 1))));
                } else {
                    children.add(pattern(0));
                }
            }
            take(")");
            return new Pattern(found, field, children, captured());
        }

        private List<Integer> alternatives() {
            if (!words.get(at).equals("[")) {
                return kind(words.get(at++));
            }
            var found = new ArrayList<Integer>();
            for (at++; !words.get(at).equals("]"); at++) {
                found.addAll(kind(words.get(at)));
            }
            at++;
            return found;
        }

        private List<Integer> kind(String name) {
            if (name.equals("_")) {
                return List.of();
            }
            var ids = kinds.computeIfAbsent(name, grammar::kindIds);
            if (ids.isEmpty()) {
                throw new GrammarException(grammar.name() + " has no node '" + name + "'");
            }
            return ids;
        }

        private int fieldId(String name) {
            int id = grammar.fields().indexOf(name);
            if (id < 0) {
                throw new GrammarException(grammar.name() + " has no field '" + name + "'");
            }
            return id;
        }

        private int captured() {
            return Optional.of(at)
                    .filter(next -> next < words.size() && words.get(next).startsWith("@"))
                    .map(next -> words.get(at++).substring(1))
                    .map(name -> captures.computeIfAbsent(name, _ -> captures.size()))
                    .orElse(-1);
        }

        private void take(String word) {
            if (!words.get(at).equals(word)) {
                throw new GrammarException(
                        grammar.name() + ": " + word + " expected before " + words.get(at));
            }
            at++;
        }
    }
}
