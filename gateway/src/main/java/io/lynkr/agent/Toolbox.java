package io.lynkr.agent;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolCatalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Decides which of our tools a request offers to the model: those that it names, and those of the
 * families that a setting adds. A tool that a client declares under any other name is the client's.
 */
public final class Toolbox {
    private static final String CLAUDE_CODE = "claude-cli";

    /** For requests in the original's form, which do not say. */
    private static final long USUAL_MAX_TOKENS = 4_096;

    private final ToolCatalog catalog;
    private final Set<String> families;
    private final boolean byName;
    private final boolean searches;

    /**
     * @param families whose tools are added to every request, but to those of Claude Code, which
     *     gets them through {@code /mcp}
     * @param byName whether a request may name our tools itself
     * @param searches whether the API's own web search is run here for backends that have none
     */
    public Toolbox(ToolCatalog catalog, Set<String> families, boolean byName, boolean searches) {
        this.searches = searches;
        this.catalog = catalog;
        this.families = Set.copyOf(families);
        this.byName = byName;
    }

    /**
     * A request with our tools in it.
     *
     * @param ours names of those tools that run here
     * @param search the API's own web search, if it runs here
     * @param request as the model gets it: with our own descriptions of our tools
     */
    record Offer(Set<String> ours, Optional<ServedSearch> search, MessagesRequest request) {
        boolean isEmpty() {
            return ours.isEmpty();
        }
    }

    /**
     * @param searchesWeb whether the backend runs the API's own web search; asked only if the
     *     request declares it
     */
    Offer offer(MessagesRequest request, Headers headers, BooleanSupplier searchesWeb) {
        Optional<ServedSearch> search = Optional.empty();
        var ours = new HashSet<String>();
        var tools = new ArrayList<JsonValue>();
        var names = new HashSet<String>();
        for (var declared : request.tools()) {
            var name = nameOf(declared);
            names.add(name);
            if (runsHere(declared, searchesWeb)) {
                search = Optional.of(ServedSearch.of(declared));
                ours.add(name);
                tools.add(searchNamed(name, declared));
                continue;
            }
            var tool = catalog.named(name).filter(_ -> byName && !isTyped(declared));
            tool.ifPresent(_ -> ours.add(name));
            tools.add(tool.map(known -> definition(known, declared)).orElse(declared));
        }
        for (var tool : added(headers)) {
            var name = tool.spec().name();
            if (names.add(name)) {
                ours.add(name);
                tools.add(tool.spec().toDefinition());
            }
        }
        return ours.isEmpty()
                ? new Offer(Set.of(), Optional.empty(), request)
                : new Offer(Set.copyOf(ours), search, withTools(request, tools));
    }

    private boolean runsHere(JsonObject declared, BooleanSupplier searchesWeb) {
        return searches
                && ServedSearch.isDeclaredBy(declared)
                && catalog.named(ServedSearch.TOOL).isPresent()
                && !searchesWeb.getAsBoolean();
    }

    private JsonObject searchNamed(String name, JsonObject declared) {
        var tool = catalog.named(ServedSearch.TOOL).orElseThrow();
        return definition(tool, declared).with("name", name);
    }

    /** A request with a further tool of ours, unless it has it already. */
    MessagesRequest with(MessagesRequest request, String name) {
        if (offers(request, name)) {
            return request;
        }
        var tools = new ArrayList<JsonValue>(request.tools());
        catalog.named(name).ifPresent(tool -> tools.add(tool.spec().toDefinition()));
        return request.withJson(request.json().with("tools", JsonArray.copyOf(tools)));
    }

    /** Whether a request declares a tool of this name, whosever it is. */
    static boolean offers(MessagesRequest request, String name) {
        return request.tools().stream().anyMatch(tool -> nameOf(tool).equals(name));
    }

    /** The seed's requests name tools as OpenAI does, too. */
    private static String nameOf(JsonObject declared) {
        return declared.string("name")
                .or(() -> declared.object("function").flatMap(f -> f.string("name")))
                .orElse("");
    }

    /** Typed tools, such as {@code web_search_20250305}, are the API's own. */
    private static boolean isTyped(JsonObject declared) {
        return !declared.type().isEmpty()
                && !declared.type().equals("custom")
                && !declared.type().equals("function");
    }

    private static JsonObject definition(Tool tool, JsonObject declared) {
        return tool.spec()
                .toDefinition()
                .withOptional("cache_control", declared.get("cache_control"));
    }

    private List<Tool> added(Headers headers) {
        boolean hasThemAlready =
                headers.first("user-agent")
                        .filter(agent -> agent.startsWith(CLAUDE_CODE))
                        .isPresent();
        return families.isEmpty() || hasThemAlready
                ? List.of()
                : catalog.tools().stream()
                        .filter(tool -> families.contains(tool.spec().family()))
                        .toList();
    }

    private static MessagesRequest withTools(MessagesRequest request, List<JsonValue> tools) {
        var json = request.json().with("tools", JsonArray.copyOf(tools));
        var choice = json.object("tool_choice");
        if (choice.isPresent()) {
            json = json.with("tool_choice", inOurWords(choice.get()));
        }
        if (!json.has("max_tokens")) {
            json = json.with("max_tokens", USUAL_MAX_TOKENS);
        }
        // Limits that the original's clients gave in the body; the API does not know them.
        return request.withJson(json.without("max_steps").without("max_duration_ms"));
    }

    /** {@code {type: function, function: {name}}} means the tool of that name. */
    private static JsonObject inOurWords(JsonObject choice) {
        if (!choice.type().equals("function")) {
            return choice;
        }
        return JsonObject.of("type", "tool").with("name", nameOf(choice));
    }
}
