package io.lynkr.mcp;

import io.lynkr.json.JsonObject;
import io.lynkr.mcp.McpHost.Kind;
import io.lynkr.mcp.McpHost.Listed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Resources and prompts of all servers as one server's. Prompts get the names that tools get;
 * resources keep their addresses, and where two servers have the same one, the first server's
 * counts.
 */
public record HostedContent(McpHost host) {

    /**
     * Who is asked what.
     *
     * @param params in the words of that server
     */
    public record Route(String server, JsonObject params) {}

    private record Prompt(String offered, Listed listed) {}

    /** Everything of one kind, as it is offered. */
    public List<JsonObject> listed(Kind kind) {
        return switch (kind) {
            case PROMPTS ->
                    prompts().stream()
                            .map(
                                    prompt ->
                                            prompt.listed()
                                                    .definition()
                                                    .with("name", prompt.offered()))
                            .toList();
            case RESOURCES -> distinct(kind, "uri");
            case RESOURCE_TEMPLATES -> distinct(kind, "uriTemplate");
        };
    }

    private List<JsonObject> distinct(Kind kind, String member) {
        var seen = new HashSet<String>();
        return host.listed(kind).stream()
                .map(Listed::definition)
                .filter(definition -> seen.add(definition.string(member).orElse("")))
                .toList();
    }

    private List<Prompt> prompts() {
        var taken = new HashSet<String>();
        var prompts = new ArrayList<Prompt>();
        for (var listed : host.listed(Kind.PROMPTS)) {
            var own = listed.definition().string("name").orElse("");
            var offered = HostedNames.offered(listed.server(), own, taken);
            taken.add(offered);
            prompts.add(new Prompt(offered, listed));
        }
        return prompts;
    }

    /** Whose prompt or resource a request means; empty if nobody's. */
    public Optional<Route> route(String method, JsonObject params) {
        return switch (method) {
            case "prompts/get" ->
                    prompt(params.string("name").orElse(""))
                            .map(listed -> new Route(listed.server(), named(params, listed)));
            case "resources/read" -> resource(params.string("uri").orElse(""), params);
            case "completion/complete" ->
                    completion(params.object("ref").orElse(JsonObject.EMPTY), params);
            default -> Optional.empty();
        };
    }

    private Optional<Listed> prompt(String offered) {
        return prompts().stream()
                .filter(prompt -> prompt.offered().equals(offered))
                .map(Prompt::listed)
                .findFirst();
    }

    private static JsonObject named(JsonObject params, Listed listed) {
        return params.with("name", listed.definition().string("name").orElse(""));
    }

    private Optional<Route> resource(String uri, JsonObject params) {
        return host.listed(Kind.RESOURCES).stream()
                .filter(listed -> listed.definition().string("uri").orElse("").equals(uri))
                .findFirst()
                .or(() -> template(uri))
                .map(listed -> new Route(listed.server(), params));
    }

    /** By what stands before the first variable: enough to tell servers apart. */
    private Optional<Listed> template(String uri) {
        return host.listed(Kind.RESOURCE_TEMPLATES).stream()
                .filter(
                        listed -> {
                            var template = listed.definition().string("uriTemplate").orElse("");
                            int brace = template.indexOf('{');
                            return template.equals(uri)
                                    || (brace > 0 && uri.startsWith(template.substring(0, brace)));
                        })
                .findFirst();
    }

    private Optional<Route> completion(JsonObject ref, JsonObject params) {
        if (ref.type().equals("ref/prompt")) {
            return prompt(ref.string("name").orElse(""))
                    .map(
                            listed ->
                                    new Route(
                                            listed.server(),
                                            params.with("ref", named(ref, listed))));
        }
        return resource(ref.string("uri").orElse(""), params);
    }
}
