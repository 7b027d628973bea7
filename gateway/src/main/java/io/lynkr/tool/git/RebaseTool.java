package io.lynkr.tool.git;

import io.lynkr.json.JsonObject;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.workspace.GitCommand;
import io.lynkr.workspace.GitRun;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code workspace_git_rebase}: puts the branch's own commits onto another one. */
final class RebaseTool implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_git_rebase",
                    GitTools.FAMILY,
                    "Puts the current branch's own commits onto another branch. With conflicts it"
                            + " takes all back and names the files, unless on_conflict is stop;"
                            + " then resolve and stage them and call it with action continue, or"
                            + " abort.",
                    List.of(
                            Parameter.text("onto", "The branch or commit to put them onto.")
                                    .or("upstream", "branch"),
                            Parameter.flag(
                                    "interactive",
                                    "Whether to fold fixup! and squash! commits into those they"
                                            + " belong to; nobody is asked anything. False by"
                                            + " default."),
                            Parameter.flag(
                                    "keep_empty",
                                    "Whether commits that became empty stay; false by default."),
                            Parameter.flag(
                                    "autostash",
                                    "Whether to put uncommitted changes aside meanwhile; by default"
                                            + " as POLICY_GIT_AUTOSTASH says."),
                            Parameter.choice(
                                    "on_conflict",
                                    List.of("abort", "stop"),
                                    "What to do at a conflict; abort by default."),
                            Parameter.choice(
                                    "action",
                                    List.of("start", "continue", "abort"),
                                    "Whether to go on with, or give up, a rebase that has stopped;"
                                            + " start by default.")),
                    ToolSpec.Effect.CHANGES);

    private final Repository repository;
    private final boolean autostash;

    RebaseTool(Repository repository, boolean autostash) {
        this.repository = repository;
        this.autostash = autostash;
    }

    private record Wish(
            String onto,
            String commit,
            boolean interactive,
            boolean keepEmpty,
            boolean autostash,
            boolean stops) {}

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var action = new Action.GitChange("rebase");
        return switch (arguments.text("action").orElse("start")) {
            case "continue" -> Plan.to(action, () -> repository.change(this::goOn));
            case "abort" -> Plan.to(action, () -> repository.change(this::giveUp));
            default -> {
                var wish = repository.beforehand(() -> wish(arguments));
                yield Plan.to(action, () -> repository.change(() -> start(wish)));
            }
        };
    }

    private Wish wish(Arguments arguments) throws ToolException, InterruptedException {
        var onto =
                arguments
                        .text("onto")
                        .orElseThrow(
                                () ->
                                        new ToolException(
                                                Kind.INVALID_ARGUMENTS, "'onto' is missing"));
        return new Wish(
                onto,
                repository.knownCommit(onto),
                arguments.flag("interactive", false),
                arguments.flag("keep_empty", false),
                arguments.flag("autostash", autostash),
                arguments.text("on_conflict").equals(Optional.of("stop")));
    }

    private ToolResult start(Wish wish) throws ToolException, InterruptedException {
        var going = repository.inProgress();
        if (going.isPresent()) {
            throw new ToolException(Kind.CONFLICT, "a " + going.get() + " is in progress already");
        }
        var status = repository.status();
        if (status.isDirty() && !wish.autostash) {
            throw new ToolException(
                    Kind.CONFLICT,
                    "there are uncommitted changes; commit or stash them, or call it with"
                            + " autostash=true");
        }
        var facts = JsonObject.of("onto", wish.onto).with("interactive", wish.interactive);
        Optional<Stashes.Stash> aside =
                status.isDirty() ? Optional.of(Autostash.putAside(repository)) : Optional.empty();
        return ended(facts, repository.run(command(wish)), wish.stops, aside);
    }

    private static GitCommand command(Wish wish) {
        var words = new ArrayList<>(List.of("rebase", "--no-autostash", "--no-verify"));
        words.add("--no-gpg-sign");
        if (wish.interactive) {
            words.addAll(List.of("--interactive", "--autosquash"));
        }
        words.add(wish.keepEmpty ? "--empty=keep" : "--empty=drop");
        words.add(wish.commit);
        return GitCommand.changing(words.toArray(String[]::new));
    }

    private ToolResult goOn() throws ToolException, InterruptedException {
        requireRebase();
        var conflicts = repository.status().conflictNames();
        if (!conflicts.isEmpty()) {
            throw new ToolException(
                    Kind.CONFLICT, "there are still conflicts in " + conflicts + "; stage them");
        }
        var aside = Autostash.waiting(repository);
        var run = repository.run(GitCommand.changing("rebase", "--continue"));
        return ended(JsonObject.of("action", "continue"), run, true, aside);
    }

    private ToolResult giveUp() throws ToolException, InterruptedException {
        requireRebase();
        var aside = Autostash.waiting(repository);
        repository.must(GitCommand.changing("rebase", "--abort"));
        return backAgain(JsonObject.of("aborted", "rebase"), true, aside);
    }

    private void requireRebase() throws ToolException, InterruptedException {
        if (repository.inProgress().filter(what -> what.equals("rebase")).isEmpty()) {
            throw new ToolException(Kind.CONFLICT, "no rebase is in progress");
        }
    }

    /** Tells how it went, after everything was put where it belongs. */
    private ToolResult ended(
            JsonObject facts, GitRun run, boolean stops, Optional<Stashes.Stash> aside)
            throws ToolException, InterruptedException {
        var all = facts.with("output", Answers.output(run));
        if (run.succeeded()) {
            return backAgain(all, true, aside);
        }
        boolean stopped = repository.inProgress().filter(what -> what.equals("rebase")).isPresent();
        var conflicts = repository.status().conflictNames();
        all = all.with("error", "rebase_failed").with("conflicts", conflicts);
        if (stopped && stops) {
            return Answers.unsuccessful(
                    Autostash.addWaiting(all, aside)
                            .with("in_progress", "rebase")
                            .with(
                                    "message",
                                    "resolve and stage the files, then call it with action"
                                            + " continue; or give up with action abort"));
        }
        if (stopped) {
            repository.must(GitCommand.changing("rebase", "--abort"));
        }
        return backAgain(
                all.with("message", "nothing was rebased; the branch is what it was"),
                false,
                aside);
    }

    private ToolResult backAgain(JsonObject facts, boolean good, Optional<Stashes.Stash> aside)
            throws ToolException, InterruptedException {
        var all = Autostash.bringBack(repository, facts, aside);
        var status = repository.status();
        return Answers.of(good, all.with("status", status.addLists(status.branchJson())));
    }
}
