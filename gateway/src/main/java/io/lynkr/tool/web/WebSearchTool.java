package io.lynkr.tool.web;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.policy.Action;
import io.lynkr.resilience.Sleeper;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Searches the web through the operator's search service. */
public final class WebSearchTool implements Tool {
    private static final int USUAL_LIMIT = 5;

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "web_search",
                    "web",
                    "Searches the web and returns titles, addresses and snippets of pages. Use it"
                            + " for what is newer than you know; read a page with web_fetch.",
                    List.of(
                            Parameter.text("query", "What to search for.")
                                    .or("q", "prompt", "search", "input")
                                    .needed(),
                            Parameter.number("limit", 1, 20, "How many hits at most; 5 by default.")
                                    .or("top_k", "max_results"),
                            Parameter.number(
                                    "page", 1, 50, "Which page of hits; 1, the first, by default."),
                            Parameter.texts(
                                    "allowed_domains", "Only hits of these domains and below."),
                            Parameter.texts(
                                    "blocked_domains", "No hits of these domains and below.")),
                    ToolSpec.Effect.READS);

    private final SearchClient client;

    WebSearchTool(SearchClient client) {
        this.client = client;
    }

    /** Asks the service that the settings name. */
    public static WebSearchTool of(WebSettings settings) {
        return new WebSearchTool(new SearchClient(settings, Sleeper.REAL));
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var query = arguments.needed("query").strip();
        if (query.isEmpty()) {
            throw new ToolException(
                    ToolException.Kind.INVALID_ARGUMENTS, "web_search: 'query' is empty");
        }
        var question =
                new SearchService.Question(
                        query,
                        (int) arguments.number("limit", USUAL_LIMIT),
                        (int) arguments.number("page", 1));
        var allowed = arguments.texts("allowed_domains");
        var blocked = arguments.texts("blocked_domains");
        return Plan.to(
                new Action.SearchWeb(query),
                () -> {
                    var hits =
                            client.search(question, context.deadline()).stream()
                                    .filter(hit -> allowed.isEmpty() || isOf(hit, allowed))
                                    .filter(hit -> !isOf(hit, blocked))
                                    .toList();
                    return ToolResult.json(answer(question, hits));
                });
    }

    private static JsonObject answer(SearchService.Question question, List<SearchHit> hits) {
        return JsonObject.of("query", question.query())
                .with("page", question.page())
                .with("number_of_results", hits.size())
                .with("results", JsonArray.copyOf(hits.stream().map(WebSearchTool::json).toList()));
    }

    private static JsonObject json(SearchHit hit) {
        var json =
                JsonObject.of("title", hit.title())
                        .with("url", hit.url())
                        .with("snippet", hit.snippet());
        return hit.age().isEmpty() ? json : json.with("page_age", hit.age());
    }

    private static boolean isOf(SearchHit hit, List<String> domains) {
        var host = hostOf(hit.url());
        return domains.stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT).split("/", 2)[0])
                .anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    private static String hostOf(String url) {
        try {
            var host = URI.create(url).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noAddress) {
            return "";
        }
    }
}
