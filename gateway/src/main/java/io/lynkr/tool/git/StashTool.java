package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
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

import java.util.List;

/** {@code workspace_git_stash}: puts changes aside and brings them back. */
final class StashTool implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_git_stash",
                    GitTools.FAMILY,
                    "Puts uncommitted changes aside (push or save), brings them back (pop), or"
                            + " lists what is put aside (list). A pop with conflicts keeps the"
                            + " stash.",
                    List.of(
                            Parameter.choice(
                                    "action",
                                    List.of("push", "save", "pop", "list"),
                                    "What to do; push by default."),
                            Parameter.text("message", "What to remember of what is put aside."),
                            Parameter.flag(
                                    "include_untracked",
                                    "Whether new files are put aside too; false by default."),
                            Parameter.number(
                                    "index",
                                    0,
                                    10_000,
                                    "Which one to bring back; 0, the latest, by default.")),
                    ToolSpec.Effect.CHANGES);

    private final Repository repository;

    StashTool(Repository repository) {
        this.repository = repository;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) {
        var action = arguments.text("action").orElse("push");
        return switch (action) {
            case "list" -> Plan.to(new Action.GitRead("stash"), this::list);
            case "pop" -> {
                int index = (int) arguments.number("index", 0);
                yield Plan.to(
                        new Action.GitChange("stash"), () -> repository.change(() -> pop(index)));
            }
            default -> {
                var message = arguments.text("message").orElse("put aside by workspace_git_stash");
                boolean untracked = arguments.flag("include_untracked", false);
                yield Plan.to(
                        new Action.GitChange("stash"),
                        () -> repository.change(() -> push(action, message, untracked)));
            }
        };
    }

    private ToolResult list() throws ToolException, InterruptedException {
        var all = Stashes.list(repository);
        return ToolResult.json(
                JsonObject.of("action", "list")
                        .with(
                                "stashes",
                                JsonArray.copyOf(all.stream().map(Stashes.Stash::json).toList())));
    }

    private ToolResult push(String action, String message, boolean untracked)
            throws ToolException, InterruptedException {
        var stash = Stashes.push(repository, message, untracked);
        return ToolResult.json(
                repository
                        .status()
                        .addLists(JsonObject.of("action", action).with("saved", stash.json())));
    }

    private ToolResult pop(int index) throws ToolException, InterruptedException {
        var all = Stashes.list(repository);
        if (index >= all.size()) {
            throw new ToolException(
                    Kind.NOT_FOUND,
                    all.isEmpty()
                            ? "nothing is put aside"
                            : "there is no stash "
                                    + index
                                    + "; the last one is "
                                    + (all.size() - 1));
        }
        var conflicts = repository.status().conflictNames();
        if (!conflicts.isEmpty()) {
            throw new ToolException(
                    Kind.CONFLICT,
                    "there are conflicts already, in " + conflicts + "; resolve them");
        }
        var stash = all.get(index);
        var facts = JsonObject.of("action", "pop").with("stash", stash.json());
        return switch (Stashes.pop(repository, stash)) {
            case Stashes.Popped.Back() ->
                    ToolResult.json(repository.status().addLists(facts.with("kept", false)));
            case Stashes.Popped.Refused(var told) ->
                    Answers.unsuccessful(
                            facts.with("kept", true)
                                    .with("message", "nothing has changed: " + told));
            case Stashes.Popped.Conflicts _ ->
                    Answers.unsuccessful(
                            repository
                                    .status()
                                    .addLists(
                                            facts.with("kept", true)
                                                    .with(
                                                            "message",
                                                            "it came back with conflicts, marked in"
                                                                + " the files; the stash is kept as"
                                                                + " "
                                                                    + stash.name()
                                                                    + " and can be dropped by the"
                                                                    + " user once they are"
                                                                    + " resolved")));
        };
    }
}
