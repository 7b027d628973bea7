package io.lynkr.tool.git;

import io.lynkr.json.JsonObject;
import io.lynkr.tool.ToolException;
import io.lynkr.workspace.GitCommand;

import java.util.Optional;

/**
 * Puts uncommitted changes aside for the time of an operation. They come back after it, or, if they
 * do not fit any more, stay in the stash list, and the result says where.
 */
final class Autostash {
    private static final String MESSAGE = "lynkr autostash";

    private Autostash() {}

    static Stashes.Stash putAside(Repository repository)
            throws ToolException, InterruptedException {
        return Stashes.push(repository, MESSAGE, false);
    }

    /** The one that waits for a rebase to end: ours, made on the commit where that began. */
    static Optional<Stashes.Stash> waiting(Repository repository)
            throws ToolException, InterruptedException {
        var begun = repository.gitFile("rebase-merge/orig-head");
        for (var stash : Stashes.list(repository)) {
            if (stash.message().endsWith(": " + MESSAGE)
                    && begun.isPresent()
                    && begun.equals(repository.commit(stash.commit() + "^1"))) {
                return Optional.of(stash);
            }
        }
        return Optional.empty();
    }

    /** Tells where the changes are, if some are put aside. */
    static JsonObject addWaiting(JsonObject facts, Optional<Stashes.Stash> waiting) {
        return facts.withOptional(
                "autostash",
                waiting.map(
                        stash ->
                                stash.json()
                                        .with("restored", false)
                                        .with("message", "comes back when the rebase ends")));
    }

    /** Brings the changes back, if some are put aside, and tells how that went. */
    static JsonObject bringBack(
            Repository repository, JsonObject facts, Optional<Stashes.Stash> aside)
            throws ToolException, InterruptedException {
        if (aside.isEmpty()) {
            return facts;
        }
        var current = Stashes.withCommit(repository, aside.get().commit());
        if (current.isEmpty()) {
            return facts.with(
                    "autostash",
                    aside.get().json().with("message", "somebody else has taken it meanwhile"));
        }
        var stash = current.get();
        var told = stash.json();
        return facts.with(
                "autostash",
                switch (Stashes.pop(repository, stash)) {
                    case Stashes.Popped.Back() -> told.with("restored", true);
                    case Stashes.Popped.Refused(var why) ->
                            told.with("restored", false).with("message", kept(stash) + " " + why);
                    case Stashes.Popped.Conflicts(var files) -> {
                        // Nothing else was changed before, and the stash still has it all.
                        repository.must(GitCommand.changing("reset", "--hard", "--quiet"));
                        yield told.with("restored", false)
                                .with("conflicts", files)
                                .with("message", kept(stash));
                    }
                });
    }

    private static String kept(Stashes.Stash stash) {
        return "the uncommitted changes do not fit any more; they are kept as "
                + stash.name()
                + " ("
                + stash.commit()
                + "); workspace_git_stash with action pop brings them back with conflict marks.";
    }
}
