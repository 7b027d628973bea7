package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says as text what the Messages API says in blocks: results of tools, search results, calls. */
final class ResultText {
    private ResultText() {}

    /** Parts one below the other; blank ones take no line. */
    static Optional<JsonString> lines(List<JsonString> parts) {
        var told = parts.stream().filter(part -> !part.isBlank()).toList();
        return told.isEmpty() ? Optional.empty() : Optional.of(join("\n", told));
    }

    /** At least one part, with a separator between them; large parts are copied undecoded. */
    static JsonString join(String separator, List<JsonString> parts) {
        return switch (JsonString.join(separator, parts)) {
            case JsonString joined -> joined;
            case JsonValue other -> throw new IllegalStateException("joined to " + other.kind());
        };
    }

    static JsonString join(String separator, JsonString... parts) {
        return join(separator, List.of(parts));
    }

    static Optional<JsonString> string(JsonObject object, String key) {
        return object.get(key).orElse(JsonNull.NULL) instanceof JsonString text
                ? Optional.of(text)
                : Optional.empty();
    }

    /** A search result: title, source and what it says. */
    static Optional<JsonString> ofSearchResult(JsonObject block) {
        var parts = new ArrayList<JsonString>();
        string(block, "title").ifPresent(parts::add);
        string(block, "source").ifPresent(parts::add);
        block.objects("content").forEach(part -> string(part, "text").ifPresent(parts::add));
        return lines(parts);
    }

    /** A document that is text: title, context and what it says; empty if it is none. */
    static Optional<JsonString> ofTextDocument(JsonObject block) {
        var source = block.object("source").orElse(JsonObject.EMPTY);
        var parts = new ArrayList<JsonString>();
        string(block, "title").ifPresent(parts::add);
        string(block, "context").ifPresent(parts::add);
        int before = parts.size();
        switch (source.type()) {
            case "text" -> string(source, "data").ifPresent(parts::add);
            case "content" -> {
                string(source, "content").ifPresent(parts::add);
                source.objects("content")
                        .forEach(part -> string(part, "text").ifPresent(parts::add));
            }
            default -> {}
        }
        return parts.size() == before ? Optional.empty() : lines(parts);
    }

    /** A call that the model cannot make any more, and so is told of. */
    static JsonString ofCall(JsonObject call) {
        var input = call.object("input").orElse(JsonObject.EMPTY);
        var shown =
                input.size() == 1
                                && input.get(input.keys().getFirst()).orElse(JsonNull.NULL)
                                        instanceof JsonString only
                        ? only.value()
                        : input.toString();
        return JsonString.of(Phrases.called(call.string("name").orElse("tool"), shown));
    }

    /** What a tool on Anthropic's or the gateway's side answered. */
    static Optional<JsonString> ofServerResult(JsonObject result) {
        var parts = new ArrayList<JsonString>();
        switch (result.get("content").orElse(JsonNull.NULL)) {
            case JsonString text -> parts.add(text);
            case JsonObject content -> addServerContent(content, parts);
            case JsonArray contents ->
                    contents.objects().forEach(content -> addServerContent(content, parts));
            default -> {}
        }
        return lines(parts);
    }

    private static void addServerContent(JsonObject content, List<JsonString> parts) {
        if (content.type().endsWith("_error")) {
            parts.add(
                    JsonString.of(
                            Phrases.ERROR + content.string("error_code").orElse("unavailable")));
            return;
        }
        int before = parts.size();
        for (var field : List.of("title", "url", "page_age", "text", "stdout", "stderr")) {
            string(content, field).ifPresent(parts::add);
        }
        content.get("return_code")
                .ifPresent(code -> parts.add(JsonString.of("return code " + code)));
        string(content, "content").ifPresent(parts::add);
        content.object("content").flatMap(ResultText::ofTextDocument).ifPresent(parts::add);
        content.objects("tool_references").forEach(tool -> parts.add(ofToolReference(tool)));
        if (parts.size() == before) {
            parts.add(JsonString.of(content.toString()));
        }
    }

    static JsonString ofToolReference(JsonObject reference) {
        return JsonString.of(
                Phrases.toolAvailable(reference.string("tool_name").orElse("unknown")));
    }
}
