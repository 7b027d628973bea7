package io.lynkr.tool.task;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.tool.ToolSpec.Effect;
import io.lynkr.tool.task.TaskStore.Order;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The tools for tasks. */
public final class TaskTools {
    private static final String FAMILY = "task";
    private static final int USUAL_LIMIT = 100;
    private static final int MOST = 500;
    private static final int LONGEST_TEXT = 2_000;
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_METADATA = 20_000;
    private static final int MOST_URGENT = 1_000_000;
    private static final String FIRST_STATUS = "todo";

    private static final Parameter ID =
            Parameter.number("id", 1, Long.MAX_VALUE, "The task's id.")
                    .or("task_id", "taskId")
                    .needed();

    private static final Parameter TITLE =
            Parameter.text("title", "What is to be done.").or("name", "summary");

    private static final Parameter STATUS =
            Parameter.text(
                            "status",
                            "Any word; todo, in_progress, blocked and done are usual ones.")
                    .or("state");

    private static final Parameter FILE =
            Parameter.text("file", "The file it is about, relative to the workspace.")
                    .or("path", "linked_file", "linkedFile");

    private static final List<Parameter> DETAILS =
            List.of(
                    STATUS,
                    Parameter.number(
                            "priority",
                            -MOST_URGENT,
                            MOST_URGENT,
                            "The greater, the more urgent; 0 for a new task."),
                    Parameter.texts("tags", "Words to find it by, as a list or with commas."),
                    FILE,
                    Parameter.object("metadata", "Whatever else should be kept with it."));

    private final TaskStore store;
    private final Clock clock;

    private TaskTools(TaskStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** All of them. */
    public static List<Tool> all(TaskStore store, Clock clock) {
        return new TaskTools(store, clock).tools();
    }

    private List<Tool> tools() {
        return List.of(
                tool(
                        "workspace_tasks_list",
                        "Lists the tasks of the workspace.",
                        Effect.READS,
                        List.of(
                                Parameter.text("status", "Only tasks with this status."),
                                Parameter.text("file", "Only tasks about this file.").or("path"),
                                Parameter.text("search", "Only tasks with this in their title."),
                                Parameter.number(
                                        "limit",
                                        1,
                                        MOST,
                                        "How many at most; " + USUAL_LIMIT + " by default."),
                                Parameter.choice(
                                        "order",
                                        List.of("updated", "created", "priority", "status"),
                                        "By what they are ordered; the latest change first by"
                                                + " default.")),
                        this::list),
                tool("workspace_task_get", "Shows one task.", Effect.READS, List.of(ID), this::get),
                tool(
                        "workspace_task_create",
                        "Makes a task, which is kept over sessions.",
                        Effect.CHANGES,
                        with(TITLE.needed()),
                        this::create),
                tool(
                        "workspace_task_update",
                        "Changes what is given of a task, and leaves the rest.",
                        Effect.CHANGES,
                        with(ID, TITLE),
                        this::update),
                tool(
                        "workspace_task_set_status",
                        "Sets the status of a task.",
                        Effect.CHANGES,
                        List.of(ID, STATUS.needed()),
                        this::update),
                tool(
                        "workspace_task_delete",
                        "Deletes a task for good.",
                        Effect.DESTROYS,
                        List.of(ID),
                        this::delete));
    }

    private static Tool tool(
            String name,
            String description,
            Effect effect,
            List<Parameter> parameters,
            TaskTool.Work work) {
        return new TaskTool(new ToolSpec(name, FAMILY, description, parameters, effect), work);
    }

    private static List<Parameter> with(Parameter... first) {
        var all = new ArrayList<>(Arrays.asList(first));
        all.addAll(DETAILS);
        return all;
    }

    private ToolResult list(Arguments arguments, CallContext context) throws IOException {
        var order = arguments.text("order").orElse("updated").toUpperCase(Locale.ROOT);
        var found =
                store.list(
                        new TaskStore.Query(
                                arguments.text("status"),
                                arguments.text("file"),
                                arguments.text("search"),
                                Order.valueOf(order),
                                (int) arguments.number("limit", USUAL_LIMIT)));
        var tasks = found.tasks().stream().map(Task::toJson).toList();
        return ToolResult.json(
                JsonObject.of("tasks", JsonArray.copyOf(tasks)).with("total", found.total()));
    }

    private ToolResult get(Arguments arguments, CallContext context)
            throws IOException, ToolException {
        return shown(arguments, store.find(id(arguments)));
    }

    private static long id(Arguments arguments) {
        return arguments.number("id", 0);
    }

    private static ToolResult shown(Arguments arguments, Optional<Task> task) throws ToolException {
        return ToolResult.json(task.orElseThrow(() -> missing(arguments)).toJson());
    }

    private static ToolException missing(Arguments arguments) {
        return new ToolException(
                Kind.NOT_FOUND, "task_not_found: there is no task " + id(arguments));
    }

    private ToolResult create(Arguments arguments, CallContext context)
            throws IOException, ToolException {
        check(arguments);
        var now = clock.instant();
        var session = context.session().id();
        var empty =
                new Task(
                        0,
                        "",
                        FIRST_STATUS,
                        0,
                        List.of(),
                        Optional.empty(),
                        now,
                        now,
                        session,
                        session,
                        JsonObject.EMPTY);
        var task = store.add(changed(empty, arguments, session, now));
        return ToolResult.json(task.toJson());
    }

    private ToolResult update(Arguments arguments, CallContext context)
            throws IOException, ToolException {
        check(arguments);
        var now = clock.instant();
        return shown(
                arguments,
                store.update(
                        id(arguments),
                        task -> changed(task, arguments, context.session().id(), now)));
    }

    private static void check(Arguments arguments) throws ToolException {
        for (var name : List.of("title", "status", "file")) {
            var text = arguments.text(name);
            if (text.isPresent() && (text.get().isBlank() || text.get().length() > LONGEST_TEXT)) {
                throw new ToolException(
                        Kind.INVALID_ARGUMENTS,
                        "'%s' must have from 1 to %,d characters".formatted(name, LONGEST_TEXT));
            }
        }
        var tags = tags(arguments);
        if (tags.size() > MOST_TAGS || tags.stream().anyMatch(tag -> tag.length() > LONGEST_TEXT)) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS, "'tags' are at most " + MOST_TAGS + " words");
        }
        if (arguments.object("metadata").map(JsonObject::toString).orElse("").length()
                > LONGEST_METADATA) {
            throw new ToolException(
                    Kind.TOO_LARGE,
                    "'metadata' has more than %,d characters".formatted(LONGEST_METADATA));
        }
    }

    private static List<String> tags(Arguments arguments) {
        var given = arguments.texts("tags");
        return given.stream()
                .flatMap(
                        tag ->
                                given.size() == 1
                                        ? Arrays.stream(tag.split(",", -1))
                                        : Stream.of(tag))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
    }

    private static Task changed(
            Task task, Arguments arguments, Optional<String> session, Instant now) {
        return new Task(
                task.id(),
                arguments.text("title").map(String::strip).orElse(task.title()),
                arguments.text("status").map(String::strip).orElse(task.status()),
                (int) arguments.number("priority", task.priority()),
                arguments.has("tags") ? tags(arguments) : task.tags(),
                arguments.text("file").or(task::linkedFile),
                task.createdAt(),
                now,
                task.createdBy(),
                session.or(task::updatedBy),
                arguments.object("metadata").orElse(task.metadata()));
    }

    private ToolResult delete(Arguments arguments, CallContext context)
            throws IOException, ToolException {
        if (!store.delete(id(arguments))) {
            throw missing(arguments);
        }
        return ToolResult.json(JsonObject.EMPTY.with("id", id(arguments)).with("deleted", true));
    }
}
