package io.lynkr.tool.files;

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
import io.lynkr.tool.paths.CallPaths;
import io.lynkr.workspace.ChildEnvironment;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;

/** Searches the content of files. */
public final class WorkspaceSearch implements Tool {
    private static final int USUAL_LIMIT = 50;
    private static final int LONGEST_QUERY = 2_000;

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_search",
                    "files",
                    "Searches the content of the workspace's files, line by line, without those"
                            + " that git ignores, binary ones, those over 1 MB and those that the"
                            + " policy protects. Matches come by path and line; with offset, the"
                            + " next page.",
                    List.of(
                            Parameter.text(
                                            "query",
                                            "What to search for, as it is, upper and lower case"
                                                    + " included.")
                                    .or("term", "pattern")
                                    .needed(),
                            Parameter.flag(
                                            "regex",
                                            "Takes the query as a regular expression, without"
                                                    + " look-around and back-references; false by"
                                                    + " default.")
                                    .or("is_regex"),
                            Parameter.flag(
                                    "ignore_case", "Takes any case for any; false by default."),
                            Parameter.text("path", "The folder or file to search; all by default.")
                                    .or("folder", "directory"),
                            Parameter.texts(
                                            "glob",
                                            "Which files: src/**/*.java is for whole paths, *.java"
                                                    + " for names anywhere.")
                                    .or("include", "patterns"),
                            Parameter.texts("ignore", "Files and folders to leave out, likewise."),
                            Parameter.number(
                                    "limit",
                                    1,
                                    200,
                                    "How many matches at most; " + USUAL_LIMIT + " by default."),
                            Parameter.number(
                                    "offset", 0, 1_000_000, "How many matches to pass over.")),
                    ToolSpec.Effect.READS);

    private final Workspace workspace;
    private final SearchEngine engine;

    private WorkspaceSearch(Workspace workspace, SearchEngine engine) {
        this.workspace = workspace;
        this.engine = engine;
    }

    /** With ripgrep if the environment's {@code PATH} leads to it, else by itself. */
    public static WorkspaceSearch in(
            Workspace workspace, ProcessRunner runner, ChildEnvironment environment) {
        return new WorkspaceSearch(
                workspace,
                Ripgrep.installed(workspace, runner, environment)
                        .orElseGet(() -> new OwnSearch(workspace)));
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var text = arguments.needed("query");
        if (text.isEmpty() || text.length() > LONGEST_QUERY) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS,
                    "'query' must have from 1 to %,d characters".formatted(LONGEST_QUERY));
        }
        if (text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS, "'query' is searched in single lines, so it is one");
        }
        var folder =
                CallPaths.resolved(
                        workspace, CallPaths.path(workspace, arguments.text("path").orElse(".")));
        var query =
                new SearchEngine.Query(
                        text,
                        arguments.flag("regex", false),
                        arguments.flag("ignore_case", false),
                        folder,
                        new Patterns(arguments.texts("glob"), arguments.texts("ignore")));
        return Plan.to(new Action.SearchFiles(folder), () -> search(query, arguments, context));
    }

    private ToolResult search(SearchEngine.Query query, Arguments arguments, CallContext context)
            throws ToolException, InterruptedException {
        checkExists(query.folder());
        long limit = arguments.number("limit", USUAL_LIMIT);
        long offset = arguments.number("offset", 0);
        var found = engine.find(query, context.deadline());
        var lines = new HitLines(workspace);
        var matches = new ArrayList<JsonObject>();
        for (var hit : found.hits().stream().skip(offset).limit(limit).toList()) {
            lines.json(hit).ifPresent(matches::add);
        }
        var told =
                JsonObject.of("engine", engine.name())
                        .with("query", query.text())
                        .with("regex", query.regex())
                        .with("limit", limit)
                        .with("offset", offset)
                        .with("total", found.hits().size())
                        .with("matches", JsonArray.copyOf(matches));
        return ToolResult.json(found.cut() ? told.with("truncated", true) : told);
    }

    private void checkExists(WorkspacePath folder) throws ToolException {
        try {
            if (workspace.find(folder).isEmpty()) {
                throw new ToolException(Kind.NOT_FOUND, "there is no '" + folder + "'");
            }
        } catch (WorkspaceException e) {
            throw CallPaths.failure(e);
        }
    }
}
