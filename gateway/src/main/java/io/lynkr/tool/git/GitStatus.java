package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What {@code git status} knows.
 *
 * @param commit that is checked out; empty before the first one
 * @param branch empty if a commit is checked out that is no branch's
 * @param upstream such as {@code origin/main}
 * @param ahead commits that the upstream has not
 * @param behind commits that only the upstream has
 */
record GitStatus(
        Optional<String> commit,
        Optional<String> branch,
        Optional<String> upstream,
        long ahead,
        long behind,
        List<Entry> entries) {

    /** More would only fill the model's context. */
    private static final int MOST_LISTED = 500;

    /**
     * One changed file.
     *
     * @param index how it differs from the commit: M, T, A, D, R, C, or {@code .} for not at all
     * @param tree how the working tree differs from the index, likewise; {@code ?} if untracked
     * @param from its former name, if it was renamed or copied
     */
    record Entry(char index, char tree, String file, Optional<String> from, boolean conflict) {
        boolean isStaged() {
            return !conflict && index != '.' && index != '?';
        }

        boolean isUnstaged() {
            return !conflict && tree != '.' && tree != '?';
        }

        boolean isUntracked() {
            return tree == '?';
        }

        String code() {
            return (index + "" + tree).replace('.', ' ');
        }

        Stream<String> names() {
            return Stream.concat(Stream.of(file), from.stream());
        }

        /** Whether the file is the given one or lies below it. */
        boolean isAt(String path) {
            return names().anyMatch(name -> name.equals(path) || name.startsWith(path + "/"));
        }

        JsonObject json(char status) {
            return JsonObject.of("status", String.valueOf(status))
                    .with("file", file)
                    .withOptional("from", from.map(JsonString::of));
        }
    }

    GitStatus {
        entries = List.copyOf(entries);
    }

    /**
     * Reads what {@code git status --porcelain=v2 -z --branch} prints.
     *
     * @param fields split at the NULs
     */
    static GitStatus parse(List<String> fields) {
        var head = new Head();
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < fields.size(); i++) {
            var line = fields.get(i);
            if (line.isEmpty()) {
                continue;
            }
            switch (line.charAt(0)) {
                case '#' -> head.take(line);
                case '1' -> entries.add(entry(line, 9, Optional.empty(), false));
                case '2' -> entries.add(entry(line, 10, Optional.of(fields.get(++i)), false));
                case 'u' -> entries.add(entry(line, 11, Optional.empty(), true));
                case '?' ->
                        entries.add(
                                new Entry('?', '?', line.substring(2), Optional.empty(), false));
                default -> {}
            }
        }
        return new GitStatus(
                head.commit, head.branch, head.upstream, head.ahead, head.behind, entries);
    }

    /** The name is the last of so many parts, and may have blanks itself. */
    private static Entry entry(String line, int parts, Optional<String> from, boolean conflict) {
        var words = line.split(" ", parts);
        return new Entry(words[1].charAt(0), words[1].charAt(1), words[parts - 1], from, conflict);
    }

    private static final class Head {
        private Optional<String> commit = Optional.empty();
        private Optional<String> branch = Optional.empty();
        private Optional<String> upstream = Optional.empty();
        private long ahead;
        private long behind;

        void take(String line) {
            var words = line.split(" ", 3);
            var value = words.length > 2 ? words[2] : "";
            switch (words[1]) {
                case "branch.oid" ->
                        commit = Optional.of(value).filter(it -> !it.equals("(initial)"));
                case "branch.head" ->
                        branch = Optional.of(value).filter(it -> !it.equals("(detached)"));
                case "branch.upstream" -> upstream = Optional.of(value);
                case "branch.ab" -> {
                    var counts = value.split(" ", 2);
                    ahead = Long.parseLong(counts[0].substring(1));
                    behind = Long.parseLong(counts[1].substring(1));
                }
                default -> {}
            }
        }
    }

    List<Entry> conflicts() {
        return entries.stream().filter(Entry::conflict).toList();
    }

    /** Names of the files that git does not know yet. */
    List<String> untracked() {
        return entries.stream().filter(Entry::isUntracked).map(Entry::file).toList();
    }

    /** Whether tracked files differ from the commit. */
    boolean isDirty() {
        return entries.stream().anyMatch(entry -> !entry.isUntracked());
    }

    boolean hasStaged() {
        return entries.stream().anyMatch(Entry::isStaged);
    }

    /** The same, with only those entries. */
    GitStatus only(Predicate<Entry> which) {
        return new GitStatus(
                commit, branch, upstream, ahead, behind, entries.stream().filter(which).toList());
    }

    /** Adds the lists of files: staged, unstaged, untracked and conflicts. */
    JsonObject addLists(JsonObject facts) {
        var staged = entries.stream().filter(Entry::isStaged).map(it -> it.json(it.index)).toList();
        var unstaged =
                entries.stream().filter(Entry::isUnstaged).map(it -> it.json(it.tree)).toList();
        var untracked =
                entries.stream()
                        .filter(Entry::isUntracked)
                        .map(it -> io.lynkr.json.JsonString.of(it.file))
                        .toList();
        var lists =
                facts.with("staged", some(staged))
                        .with("unstaged", some(unstaged))
                        .with("untracked", some(untracked));
        if (!conflicts().isEmpty()) {
            lists = lists.with("conflicts", conflictNames());
        }
        var cut = JsonObject.EMPTY;
        cut = count(cut, "staged", staged);
        cut = count(cut, "unstaged", unstaged);
        cut = count(cut, "untracked", untracked);
        return cut.isEmpty() ? lists : lists.with("not_all_listed_of", cut);
    }

    private static JsonArray some(List<? extends JsonValue> all) {
        return JsonArray.copyOf(all.subList(0, Math.min(all.size(), MOST_LISTED)));
    }

    private static JsonObject count(JsonObject cut, String name, List<?> all) {
        return all.size() > MOST_LISTED ? cut.with(name, all.size()) : cut;
    }

    JsonArray conflictNames() {
        return JsonArray.ofStrings(conflicts().stream().map(Entry::file).toList());
    }

    /** Where the branch stands. */
    JsonObject branchJson() {
        return JsonObject.of("branch", branch.orElse("HEAD"))
                .with("detached", branch.isEmpty())
                .withOptional("head", commit.map(JsonString::of))
                .with("remote", upstream.<JsonValue>map(JsonString::of).orElse(JsonNull.NULL))
                .with("ahead", ahead)
                .with("behind", behind);
    }

    /** One line for each file, as people know it. */
    String raw() {
        var text = new StringBuilder();
        entries.stream()
                .limit(MOST_LISTED)
                .forEach(
                        it -> {
                            text.append(it.code()).append(' ');
                            it.from.ifPresent(from -> text.append(from).append(" -> "));
                            text.append(it.file).append('\n');
                        });
        return text.toString();
    }
}
