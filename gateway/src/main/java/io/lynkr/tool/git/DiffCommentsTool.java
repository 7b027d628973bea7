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

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code workspace_diff_comments}: threads of comments on lines, which they follow. */
final class DiffCommentsTool implements Tool {
    private static final int MOST = 500;
    private static final int LONGEST = 20_000;

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_diff_comments",
                    GitTools.FAMILY,
                    "Keeps comments on lines of the workspace's files in threads. A thread follows"
                            + " its line when code moves, also into a renamed file; if the line is"
                            + " gone, the thread is told as outdated.",
                    List.of(
                            Parameter.choice(
                                    "action", List.of("list", "add", "delete"), "list by default."),
                            Parameter.text("file", "The file that is meant.").or("path"),
                            Parameter.number(
                                    "line",
                                    1,
                                    Integer.MAX_VALUE,
                                    "The line, for add; 1 by default."),
                            Parameter.text("hunk", "The part of a diff that it is about."),
                            Parameter.text("comment", "What is said, for add.").or("text", "body"),
                            Parameter.text(
                                            "thread",
                                            "The thread to answer or to list; a new one by"
                                                    + " default.")
                                    .or("thread_id", "threadId"),
                            Parameter.text("author", "Who says it; 'model' by default."),
                            Parameter.number("id", 1, Long.MAX_VALUE, "The comment to delete.")),
                    ToolSpec.Effect.CHANGES);

    private final Repository repository;
    private final DiffCommentStore store;
    private final CommentPlaces places;
    private final Clock clock;

    DiffCommentsTool(
            Repository repository, DiffCommentStore store, CommentPlaces places, Clock clock) {
        this.repository = repository;
        this.store = store;
        this.places = places;
        this.clock = clock;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var actions = new ArrayList<Action>(List.of(new Action.UseRecords("comments")));
        var file = Paths.optional(repository, arguments.text("file"));
        if (file.isPresent()) {
            actions.add(new Action.ReadFile(repository.path(file.get())));
        }
        return new Plan(
                actions,
                () -> {
                    try {
                        return switch (arguments.text("action").orElse("list")) {
                            case "add" -> add(arguments, file, context);
                            case "delete" -> delete(arguments);
                            default -> list(file, arguments.text("thread"));
                        };
                    } catch (IOException e) {
                        throw new ToolException(Kind.FAILED, String.valueOf(e.getMessage()));
                    }
                });
    }

    private ToolResult add(Arguments arguments, Optional<String> file, CallContext context)
            throws IOException, ToolException, InterruptedException {
        var text = arguments.text("comment").filter(it -> !it.isBlank());
        if (text.isEmpty() || text.get().length() > LONGEST) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS,
                    "'comment' must say something, in at most %,d characters".formatted(LONGEST));
        }
        var thread = arguments.text("thread");
        var first =
                thread.isEmpty()
                        ? Optional.<DiffComment>empty()
                        : store.list(thread, 1).stream().findFirst();
        if (thread.isPresent() && first.isEmpty() && file.isEmpty()) {
            throw new ToolException(Kind.NOT_FOUND, "there is no thread '" + thread.get() + "'");
        }
        if (first.isEmpty() && file.isEmpty()) {
            throw new ToolException(Kind.INVALID_ARGUMENTS, "'file' is missing");
        }
        var where = file.orElseGet(() -> first.orElseThrow().file());
        boolean answers = first.isPresent() && file.isEmpty();
        int line = answers ? first.get().line() : (int) arguments.number("line", 1);
        var anchor = answers ? first.get().anchor() : places.anchor(where, line).json();
        var kept =
                store.add(
                        new DiffComment(
                                0,
                                thread.orElseGet(() -> UUID.randomUUID().toString()),
                                context.session().id(),
                                where,
                                line,
                                arguments.text("hunk").orElse(""),
                                anchor,
                                text.get(),
                                arguments.text("author").orElse("model"),
                                clock.instant()));
        return ToolResult.json(kept.json());
    }

    private ToolResult delete(Arguments arguments) throws IOException, ToolException {
        long id =
                arguments
                        .number("id")
                        .orElseThrow(
                                () -> new ToolException(Kind.INVALID_ARGUMENTS, "'id' is missing"));
        if (!store.delete(id)) {
            throw new ToolException(Kind.NOT_FOUND, "there is no comment " + id);
        }
        return ToolResult.json(JsonObject.EMPTY.with("id", id).with("deleted", true));
    }

    /** {@code {threads[{threadId, filePath, line, state, …, comments[]}], total}}. */
    private ToolResult list(Optional<String> file, Optional<String> thread)
            throws IOException, ToolException, InterruptedException {
        var threads = new LinkedHashMap<String, List<DiffComment>>();
        for (var comment : store.list(thread, MOST)) {
            threads.computeIfAbsent(comment.thread(), _ -> new ArrayList<>()).add(comment);
        }
        var told = new ArrayList<JsonObject>();
        for (var comments : threads.values()) {
            var first = comments.getFirst();
            var place = places.now(first);
            if (!repository.mayRead(place.file())
                    || file.filter(it -> !it.equals(place.file()) && !it.equals(first.file()))
                            .isPresent()) {
                continue;
            }
            told.add(
                    JsonObject.of("threadId", first.thread())
                            .with("filePath", place.file())
                            .with("line", place.line())
                            .with("state", place.state())
                            .with("originalFile", first.file())
                            .with("originalLine", first.line())
                            .with("text", Anchor.of(first.anchor()).text())
                            .with(
                                    "comments",
                                    JsonArray.copyOf(
                                            comments.stream().map(DiffComment::json).toList())));
        }
        return ToolResult.json(
                JsonObject.of("threads", JsonArray.copyOf(told)).with("total", told.size()));
    }
}
