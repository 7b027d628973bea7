package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;

/** {@code workspace_git_conflicts}: where a merge left both versions in a file. */
final class ConflictsTool implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_git_conflicts",
                    GitTools.FAMILY,
                    "Lists files in conflict, and each conflict in them with both versions and its"
                            + " lines.",
                    List.of(),
                    ToolSpec.Effect.READS);

    private final Repository repository;
    private final Workspace workspace;

    ConflictsTool(Repository repository, Workspace workspace) {
        this.repository = repository;
        this.workspace = workspace;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) {
        return new Plan(
                List.of(
                        new Action.GitRead("conflicts"),
                        new Action.SearchFiles(WorkspacePath.ROOT)),
                this::run);
    }

    private ToolResult run() throws ToolException, InterruptedException {
        var status = repository.status();
        var details = new ArrayList<JsonObject>();
        for (var entry : status.conflicts()) {
            details.add(details(entry));
        }
        return ToolResult.json(
                JsonObject.of("files", status.conflictNames())
                        .with("details", JsonArray.copyOf(details))
                        .withOptional("in_progress", repository.inProgress().map(JsonString::of)));
    }

    private JsonObject details(GitStatus.Entry entry) throws ToolException {
        var facts = JsonObject.of("file", entry.file()).with("kind", kind(entry.code()));
        try {
            var text = workspace.readText(repository.path(entry.file())).text();
            return facts.with("conflicts", conflicts(text));
        } catch (WorkspaceException unreadable) {
            return facts.with("conflicts", JsonArray.EMPTY)
                    .with("note", String.valueOf(unreadable.getMessage()));
        }
    }

    private static String kind(String code) {
        return switch (code) {
            case "DD" -> "deleted by both";
            case "AU" -> "added by us";
            case "UD" -> "deleted by them";
            case "UA" -> "added by them";
            case "DU" -> "deleted by us";
            case "AA" -> "added by both";
            default -> "changed by both";
        };
    }

    /** One conflict after the other, between the marks that git writes. */
    private static JsonArray conflicts(String text) {
        var found = new ArrayList<JsonObject>();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("<<<<<<< ")) {
                int base = find(lines, i, "||||||| ");
                int middle = find(lines, i, "=======");
                int end = find(lines, middle, ">>>>>>> ");
                if (middle < lines.size() && end < lines.size()) {
                    int oursEnd = Math.min(base, middle);
                    var conflict =
                            JsonObject.EMPTY
                                    .with("start_line", i + 1L)
                                    .with("end_line", end + 1L)
                                    .with("ours", part(lines, i + 1, oursEnd))
                                    .with("theirs", part(lines, middle + 1, end));
                    found.add(
                            base < middle
                                    ? conflict.with("base", part(lines, base + 1, middle))
                                    : conflict);
                    i = end;
                }
            }
        }
        return JsonArray.copyOf(found);
    }

    private static int find(List<String> lines, int from, String mark) {
        int at = from;
        while (at < lines.size() && !lines.get(at).startsWith(mark)) {
            at++;
        }
        return at;
    }

    private static String part(List<String> lines, int from, int to) {
        return String.join("\n", lines.subList(from, to));
    }
}
