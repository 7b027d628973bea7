package io.lynkr.tool.code;

import io.lynkr.index.Certainty;
import io.lynkr.index.CodeIndex;
import io.lynkr.index.Place;
import io.lynkr.index.RepoMap;
import io.lynkr.index.SymbolQuery;
import io.lynkr.index.Uses;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolSpec;
import io.lynkr.tool.ToolSpec.Effect;
import io.lynkr.tool.paths.CallPaths;
import io.lynkr.workspace.Workspace;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tools that ask the index. */
public final class CodeTools {
    private static final String FAMILY = "code";
    private static final Parameter LIMIT =
            Parameter.number("limit", 1, 200, "How many at most; 20 by default.");
    private static final Parameter OFFSET =
            Parameter.number("offset", 0, 1_000_000, "How many to pass over.");
    private static final Parameter LINE =
            Parameter.number("line", 1, 10_000_000, "The line in path, from 1.").or("row");
    private static final Parameter COLUMN =
            Parameter.number("column", 1, 1_000_000, "The column in it; the first name by default.")
                    .or("col");

    private final CodeIndex index;
    private final Workspace workspace;

    private CodeTools(CodeIndex index, Workspace workspace) {
        this.index = index;
        this.workspace = workspace;
    }

    /**
     * All of them.
     *
     * @param book where the summary is written on a rebuild
     */
    public static List<Tool> all(CodeIndex index, Workspace workspace, SummaryBook book) {
        var tools = new CodeTools(index, workspace);
        return List.of(
                tools.search(),
                tools.references(),
                tools.definition(),
                tools.outline(),
                tools.map(),
                new CodeTool(
                        spec(
                                "project_summary",
                                "Tells languages, frameworks, commands, style rules, entry points,"
                                        + " tests and the modules with their cycles, each fact with"
                                        + " the file it is from.",
                                List.of(
                                        Parameter.choice(
                                                "format",
                                                List.of("text", "svg"),
                                                "svg draws the modules; text by default."),
                                        Parameter.flag(
                                                        "rebuild",
                                                        "Accepted for older clients; the index is"
                                                                + " always current.")
                                                .or("refresh"))),
                        index,
                        (arguments, _) ->
                                arguments.text("format").orElse("").equals("svg")
                                        ? ModulePicture.svg(index.summary().modules())
                                        : SummaryText.of(index.summary())),
                new RebuildTool(index, book));
    }

    private static ToolSpec spec(String name, String description, List<Parameter> parameters) {
        return new ToolSpec(name, FAMILY, description, parameters, Effect.READS);
    }

    private CodeTool search() {
        return new CodeTool(
                spec(
                        "workspace_symbol_search",
                        "Finds definitions by name: whole names, beginnings, humps (GsBu finds"
                                + " GsonBuilder) and parts, best first, each with its line."
                                + " Owner.name and path:name narrow it down.",
                        List.of(
                                Parameter.text("query", "The name or a part of it.")
                                        .or("name", "symbol")
                                        .needed(),
                                Parameter.text(
                                        "kind",
                                        "class, interface, enum, struct, trait, module, type,"
                                                + " function, method, constructor, field, constant,"
                                                + " variable or macro."),
                                Parameter.text("language", "Such as java, python, typescript."),
                                Parameter.text("path", "A part of the files' paths.").or("file"),
                                LIMIT,
                                OFFSET)),
                index,
                (arguments, _) -> {
                    var found =
                            index.search(
                                    new SymbolQuery(
                                            arguments.needed("query"),
                                            lower(arguments, "kind"),
                                            lower(arguments, "language"),
                                            arguments.text("path").orElse("")));
                    return found.isEmpty()
                            ? "no definition of '%s'; workspace_search finds text"
                                    .formatted(arguments.needed("query"))
                            : paged(found, arguments, CodeTools::shown);
                });
    }

    private static String lower(Arguments arguments, String name) {
        return arguments.text(name).orElse("").toLowerCase(Locale.ROOT);
    }

    private CodeTool references() {
        return new CodeTool(
                spec(
                        "workspace_symbol_references",
                        "Finds where a definition is used, by file, each line with what it stands"
                            + " in. Uses that imports, scopes and types confirm come first, then"
                            + " likely ones (marked ~); lines that only have the name are counted.",
                        List.of(
                                Parameter.text(
                                                "symbol",
                                                "name, Owner.name or path:name; or give path and"
                                                        + " line.")
                                        .or("name", "query"),
                                Parameter.text("path", "The file that a line is in.").or("file"),
                                LINE,
                                COLUMN,
                                Parameter.flag(
                                        "all",
                                        "Lists lines that only have the name, too; false by"
                                                + " default."),
                                LIMIT,
                                OFFSET)),
                index,
                (arguments, _) -> {
                    boolean all = arguments.flag("all", false);
                    var uses =
                            arguments.has("line")
                                    ? index.referencesAt(
                                            path(arguments),
                                            line(arguments),
                                            column(arguments),
                                            all)
                                    : index.references(qualified(arguments), all);
                    return usesText(uses, arguments);
                });
    }

    private CodeTool definition() {
        return new CodeTool(
                spec(
                        "workspace_goto_definition",
                        "Finds the definition of a name, or of what stands at a path and line.",
                        List.of(
                                Parameter.text(
                                                "symbol",
                                                "name, Owner.name or path:name; or give path and"
                                                        + " line.")
                                        .or("name", "query"),
                                Parameter.text("path", "The file that a line is in.").or("file"),
                                LINE,
                                COLUMN,
                                LIMIT,
                                OFFSET)),
                index,
                (arguments, _) -> {
                    var found =
                            arguments.has("line")
                                    ? index.definitionsAt(
                                                    path(arguments),
                                                    line(arguments),
                                                    column(arguments))
                                            .targets()
                                    : index.definitions(qualified(arguments));
                    return found.isEmpty()
                            ? "the workspace does not define it"
                            : paged(found, arguments, CodeTools::shown);
                });
    }

    private CodeTool outline() {
        return new CodeTool(
                spec(
                        "workspace_outline",
                        "Lists what a file defines, in its order.",
                        List.of(
                                Parameter.text("path", "The file.").or("file").needed(),
                                LIMIT,
                                OFFSET)),
                index,
                (arguments, _) -> {
                    var places = index.outline(path(arguments));
                    if (places.isEmpty()) {
                        throw new ToolException(
                                Kind.NOT_FOUND,
                                "'" + arguments.needed("path") + "' is not in the index");
                    }
                    return places.get().isEmpty()
                            ? "nothing is defined in it"
                            : paged(places.get(), arguments, 200, CodeTools::outlined);
                });
    }

    private CodeTool map() {
        return new CodeTool(
                spec(
                        "workspace_repo_map",
                        "Shows the files that the rest of the code uses most, with what they"
                                + " define, within a budget of tokens.",
                        List.of(
                                Parameter.text(
                                                "focus",
                                                "Names or words that the question is about.")
                                        .or("query"),
                                Parameter.number(
                                        "tokens", 100, 20_000, "The budget; 1024 by default."))),
                index,
                (arguments, _) -> {
                    var words =
                            Stream.of(
                                            arguments
                                                    .text("focus")
                                                    .orElse("")
                                                    .split("[^\\p{L}\\p{N}_$]+"))
                                    .filter(word -> !word.isEmpty())
                                    .map(word -> word.toLowerCase(Locale.ROOT))
                                    .collect(Collectors.toSet());
                    return MapText.of(
                            index.map(new RepoMap.Focus(words)),
                            (int) arguments.number("tokens", 1024));
                });
    }

    private String path(Arguments arguments) throws ToolException {
        if (!arguments.has("path")) {
            throw new ToolException(Kind.INVALID_ARGUMENTS, "'line' needs a 'path'");
        }
        return CallPaths.path(workspace, arguments.needed("path")).toString();
    }

    private static int line(Arguments arguments) {
        return (int) arguments.number("line", 1);
    }

    private static Optional<Integer> column(Arguments arguments) {
        return arguments.has("column")
                ? Optional.of((int) arguments.number("column", 1))
                : Optional.empty();
    }

    private static String qualified(Arguments arguments) throws ToolException {
        var name = arguments.text("symbol");
        if (name.isEmpty() || name.get().isBlank()) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS, "give a 'symbol', or a 'path' and a 'line'");
        }
        return arguments.has("path") ? arguments.needed("path") + ":" + name.get() : name.get();
    }

    private static String shown(Place place) {
        var mark =
                switch (place.origin()) {
                    case SOURCE -> "";
                    case TEST, GENERATED, VENDORED -> " [" + place.origin().word() + "]";
                };
        return "%s:%d %s %s%s%n  %s"
                .formatted(
                        place.path(),
                        place.line(),
                        place.kind().word(),
                        place.name(),
                        mark,
                        place.text());
    }

    private static String outlined(Place place) {
        int depth = place.name().length() - place.name().replace(".", "").length();
        return "  ".repeat(depth) + place.line() + ": " + place.text();
    }

    private static String paged(
            List<Place> places,
            Arguments arguments,
            java.util.function.Function<Place, String> shown) {
        return paged(places, arguments, 20, shown);
    }

    private static String paged(
            List<Place> places,
            Arguments arguments,
            int usual,
            java.util.function.Function<Place, String> shown) {
        long offset = arguments.number("offset", 0);
        long limit = arguments.number("limit", usual);
        var text =
                places.stream()
                        .skip(offset)
                        .limit(limit)
                        .map(shown)
                        .collect(Collectors.joining("\n"));
        return text + more(places.size(), offset, limit);
    }

    private static String more(int all, long offset, long limit) {
        long left = all - offset - limit;
        return left <= 0
                ? ""
                : "\n[%,d more; go on with offset %d]".formatted(left, offset + limit);
    }

    private String usesText(Uses uses, Arguments arguments) throws IOException {
        if (uses.targets().isEmpty()) {
            return "the workspace does not define it; workspace_search finds text";
        }
        long offset = arguments.number("offset", 0);
        long limit = arguments.number("limit", 30);
        var text = new StringBuilder();
        for (var target : uses.targets().stream().limit(3).toList()) {
            text.append(
                    "defined %s:%d %s%n".formatted(target.path(), target.line(), target.name()));
        }
        if (uses.targets().size() > 3) {
            text.append(
                    "and in %d more places; Owner.name narrows it down%n"
                            .formatted(uses.targets().size() - 3));
        }
        var page = index.withText(uses.hits().stream().skip(offset).limit(limit).toList());
        var path = "";
        for (var hit : page) {
            if (!hit.path().equals(path)) {
                path = hit.path();
                text.append(path).append('\n');
            }
            text.append("  %s%d: %s".formatted(mark(hit.certainty()), hit.line(), hit.text()))
                    .append(hit.within().isEmpty() ? "" : "  (in " + hit.within() + ")")
                    .append('\n');
        }
        long sure = uses.hits().stream().filter(it -> it.certainty() == Certainty.RESOLVED).count();
        text.append("%,d resolved, %,d likely".formatted(sure, uses.hits().size() - sure));
        if (uses.nameOnly() > 0) {
            text.append("; %,d lines more have the name (all=true)".formatted(uses.nameOnly()));
        }
        return text + more(uses.hits().size(), offset, limit);
    }

    private static String mark(Certainty certainty) {
        return switch (certainty) {
            case RESOLVED -> "";
            case LIKELY -> "~";
            case NAME_ONLY -> "?";
        };
    }
}
