package io.lynkr.testing;

import java.util.List;
import java.util.Optional;

/**
 * Answers what Claude Code asks beside the turns of its user: a title in a schema, a search of the
 * web, a summary of the conversation.
 */
final class SideRequests {
    private static final String SEARCH_ORDER = "Perform a web search for the query:";

    private SideRequests() {}

    static Optional<ModelAnswer> answer(ModelRequest request) {
        if (request.format().isObject() && request.tools().isEmpty()) {
            return Optional.of(ModelAnswer.say(instanceOf(request.format()).toString()));
        }
        var prompts = request.prompts();
        if (!prompts.isEmpty() && asksForSummary(prompts.getLast())) {
            return Optional.of(ModelAnswer.say(summary(request)));
        }
        return searchQuery(request).map(query -> webSearch(request, query));
    }

    private static Optional<String> searchQuery(ModelRequest request) {
        boolean offered =
                request.tools().size() == 1
                        && request.tools().getFirst().name().equals("web_search");
        var prompt = request.turn().prompt();
        return offered && prompt.contains(SEARCH_ORDER)
                ? Optional.of(
                        prompt.substring(prompt.indexOf(SEARCH_ORDER) + SEARCH_ORDER.length())
                                .strip())
                : Optional.empty();
    }

    private static ModelAnswer webSearch(ModelRequest request, String query) {
        boolean served = !request.tools().getFirst().type().isEmpty();
        var results = request.turn().results();
        if (served) {
            var hit =
                    new ModelBlock.WebSearch.Hit(
                            "A page about " + query, "https://pages.example/" + query.length());
            return ModelAnswer.ask(
                    new ModelBlock.WebSearch(query, List.of(hit)),
                    new ModelBlock.Text("Found one page about " + query));
        }
        return results.isEmpty()
                ? ModelAnswer.ask(ModelBlock.toolUse("web_search", Json.object("query", query)))
                : ModelAnswer.say("The search said: " + results.getLast().text());
    }

    private static boolean asksForSummary(String prompt) {
        return prompt.contains("create a detailed summary of the");
    }

    private static String summary(ModelRequest request) {
        var said = request.prompts().stream().map(Directive::strip).toList();
        var kept = said.subList(0, Math.max(0, said.size() - 1));
        return "<analysis>Scripted.</analysis>\n<summary>\nThe user said: "
                + String.join(" | ", kept)
                + "\n</summary>";
    }

    /** The smallest value that this schema takes. */
    private static Json instanceOf(Json schema) {
        if (schema.get("enum").isArray()) {
            return schema.get("enum").at(0);
        }
        return switch (schema.text("type")) {
            case "object" -> {
                var object = Json.object();
                for (var name : schema.get("required").items()) {
                    var field = schema.get("properties").get(name.text());
                    object = object.with(name.text(), instanceOf(field));
                }
                yield object;
            }
            case "array" -> Json.array();
            case "boolean" -> Json.of(false);
            case "integer", "number" -> Json.of(schema.number("minimum"));
            case "string" -> Json.of("Scripted answer");
            default -> Json.Nothing.NULL;
        };
    }
}
