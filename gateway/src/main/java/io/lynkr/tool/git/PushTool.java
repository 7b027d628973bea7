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
import io.lynkr.workspace.GitCommand;
import io.lynkr.workspace.GitRun;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code workspace_git_push}: sends a branch or tag to a remote, under the same name. */
final class PushTool implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_git_push",
                    GitTools.FAMILY,
                    "Sends commits of a branch, or a tag, to a remote, under the same name.",
                    List.of(
                            Parameter.text("remote", "The remote's name; origin by default."),
                            Parameter.text(
                                            "branch",
                                            "The branch or tag; the current branch by default.")
                                    .or("ref"),
                            Parameter.flag(
                                    "force",
                                    "Whether to replace the remote's history, if nobody else has"
                                            + " changed it since the last fetch; false by"
                                            + " default."),
                            Parameter.flag(
                                    "autostash",
                                    "Has no effect: a push leaves uncommitted changes alone.")),
                    ToolSpec.Effect.DESTROYS);

    private final Repository repository;

    PushTool(Repository repository) {
        this.repository = repository;
    }

    /** What is to be sent, as a full name such as {@code refs/heads/main}. */
    private record Wish(String remote, String ref, boolean force) {
        String shortName() {
            return ref.replaceFirst("^refs/(heads|tags)/", "");
        }
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var remote = arguments.text("remote").orElse("origin");
        var branch = arguments.text("branch").filter(name -> !name.equals("HEAD"));
        boolean force = arguments.flag("force", false);
        var wish =
                repository.beforehand(
                        () -> new Wish(repository.remote(remote), ref(branch), force));
        return Plan.to(
                new Action.GitPush(wish.remote, wish.shortName(), force),
                () -> repository.change(() -> run(wish, context)));
    }

    private String ref(Optional<String> given) throws ToolException, InterruptedException {
        if (given.isEmpty()) {
            return repository
                    .status()
                    .branch()
                    .map(name -> "refs/heads/" + name)
                    .orElseThrow(
                            () ->
                                    new ToolException(
                                            Kind.CONFLICT,
                                            "no branch is checked out; name the one to push"));
        }
        var name = Repository.revision(given.get());
        for (var folder : List.of("refs/heads/", "refs/tags/")) {
            var full = name.startsWith(folder) ? name : folder + name;
            if (repository.commit(full).isPresent()) {
                return full;
            }
        }
        throw new ToolException(
                Kind.NOT_FOUND, "there is no branch or tag '" + given.get() + "' here");
    }

    private ToolResult run(Wish wish, CallContext context)
            throws ToolException, InterruptedException {
        repository.checkRemotePlaces(wish.remote, true);
        var words = new ArrayList<>(List.of("push", "--porcelain", "--no-verify", "--no-signed"));
        words.add(Remotes.RECEIVER);
        if (wish.force) {
            words.add("--force-with-lease=" + wish.ref + ":" + expected(wish));
        }
        words.addAll(List.of("--", wish.remote, wish.ref + ":" + wish.ref));
        var run =
                repository.run(
                        GitCommand.changing(words.toArray(String[]::new))
                                .withNetwork()
                                .withTime(context.deadline().atMost(Remotes.TIME)));
        var facts =
                JsonObject.of("remote", wish.remote)
                        .with("branch", wish.shortName())
                        .with("updates", updates(run))
                        .with("output", Answers.output(run));
        if (!run.succeeded()) {
            return Answers.unsuccessful(
                    JsonObject.of("error", "push_failed")
                            .with("message", "the remote has not taken it; nothing changed here")
                            .with("details", facts));
        }
        return ToolResult.json(facts);
    }

    /** What the remote must still have; nothing, if it has never been seen there. */
    private String expected(Wish wish) throws InterruptedException {
        return repository.commit("refs/remotes/" + wish.remote + "/" + wish.shortName()).orElse("");
    }

    /** Lines such as {@code *\trefs/heads/x:refs/heads/x\t[new branch]}. */
    private static JsonArray updates(GitRun run) {
        return JsonArray.copyOf(
                run.out()
                        .lines()
                        .map(line -> line.split("\t", 3))
                        .filter(parts -> parts.length == 3)
                        .map(
                                parts ->
                                        JsonObject.of("flag", parts[0].strip())
                                                .with("refs", parts[1])
                                                .with("summary", parts[2]))
                        .toList());
    }
}
