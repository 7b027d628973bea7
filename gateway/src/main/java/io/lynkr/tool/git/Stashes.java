package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.workspace.GitCommand;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was put aside. */
final class Stashes {
    private Stashes() {}

    /**
     * One of them.
     *
     * @param name such as {@code stash@{0}}; changes when another one comes or goes
     * @param commit its hash, which stays
     */
    record Stash(String name, String commit, String date, String message) {
        JsonObject json() {
            return JsonObject.of("stash", name)
                    .with("commit", commit)
                    .with("date", date)
                    .with("message", message);
        }
    }

    /** What a pop came to. */
    sealed interface Popped {
        /** All is back. */
        record Back() implements Popped {}

        /** Git would not even begin; nothing has changed. */
        record Refused(String told) implements Popped {}

        /** Some of it is back, with conflicts; the stash is kept. */
        record Conflicts(JsonArray files) implements Popped {}
    }

    /** All of them, the latest first. */
    static List<Stash> list(Repository repository) throws ToolException, InterruptedException {
        if (repository.commit("refs/stash").isEmpty()) {
            return List.of();
        }
        var fields =
                repository
                        .must(
                                GitCommand.reading(
                                        "log",
                                        "-g",
                                        "-z",
                                        "--format=tformat:%H%x00%aI%x00%gs",
                                        "refs/stash"))
                        .fields();
        var stashes = new ArrayList<Stash>();
        for (int i = 0; i + 2 < fields.size(); i += 3) {
            stashes.add(
                    new Stash(
                            "stash@{" + i / 3 + "}",
                            fields.get(i),
                            fields.get(i + 1),
                            fields.get(i + 2)));
        }
        return stashes;
    }

    static Optional<Stash> withCommit(Repository repository, String commit)
            throws ToolException, InterruptedException {
        return list(repository).stream().filter(it -> it.commit.equals(commit)).findFirst();
    }

    /** Puts tracked changes aside, and untracked files if they shall go too. */
    static Stash push(Repository repository, String message, boolean untracked)
            throws ToolException, InterruptedException {
        var before = list(repository);
        var words = new ArrayList<>(List.of("stash", "push", "--quiet", "--message", message));
        if (untracked) {
            words.add("--include-untracked");
        }
        repository.must(stash(words));
        var after = list(repository);
        if (after.size() == before.size()) {
            throw new ToolException(Kind.CONFLICT, "there is nothing to put aside");
        }
        return after.getFirst();
    }

    /** Brings one back, with what was staged as staged if that is possible. */
    static Popped pop(Repository repository, Stash stash)
            throws ToolException, InterruptedException {
        var inTheWay = inTheWay(repository, stash);
        if (!inTheWay.isEmpty()) {
            return new Popped.Refused(
                    "these files were put aside and are there again: "
                            + String.join(", ", inTheWay));
        }
        var exact = repository.run(pop("--index", stash));
        if (exact.succeeded()) {
            return new Popped.Back();
        }
        if (!repository.status().conflicts().isEmpty()) {
            return new Popped.Conflicts(repository.status().conflictNames());
        }
        var plain = repository.run(pop("--quiet", stash));
        if (plain.succeeded()) {
            return new Popped.Back();
        }
        var conflicts = repository.status().conflictNames();
        return conflicts.isEmpty()
                ? new Popped.Refused(Answers.output(exact, plain))
                : new Popped.Conflicts(conflicts);
    }

    /** Git would bring back the rest, and then stop at a new file that is there already. */
    private static List<String> inTheWay(Repository repository, Stash stash)
            throws ToolException, InterruptedException {
        var untracked = repository.commit(stash.commit + "^3");
        if (untracked.isEmpty()) {
            return List.of();
        }
        return repository
                .must(GitCommand.reading("ls-tree", "-r", "-z", "--name-only", untracked.get()))
                .fields()
                .stream()
                .filter(repository::isThere)
                .toList();
    }

    private static GitCommand pop(String option, Stash stash) {
        return stash(List.of("stash", "pop", "--quiet", option, stash.name));
    }

    /** Git's own code for stashes uses patterns, which it would take literally otherwise. */
    private static GitCommand stash(List<String> words) {
        return GitCommand.changing(words.toArray(String[]::new))
                .withVariables(Map.of("GIT_LITERAL_PATHSPECS", "0"));
    }
}
