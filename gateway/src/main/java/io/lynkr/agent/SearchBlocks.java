package io.lynkr.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.util.Base64;

/**
 * What a web search found, in the two forms in which it travels: as the model reads it, and as
 * clients of the API's own search get it. Each can be made of the other, so that a model sees in
 * later turns what it saw first. The snippet is what the API calls {@code encrypted_content}.
 */
final class SearchBlocks {
    private static final String ERROR = "web_search_tool_result_error";

    private SearchBlocks() {}

    /** The {@code content} of a {@code web_search_tool_result}. */
    static JsonValue shown(JsonObject toolResult) {
        if (toolResult.isTrue("is_error")) {
            return JsonObject.of("type", ERROR).with("error_code", code(text(toolResult)));
        }
        return JsonArray.copyOf(
                parsed(text(toolResult)).objects("results").stream()
                        .map(SearchBlocks::shownHit)
                        .toList());
    }

    private static JsonObject shownHit(JsonObject hit) {
        var snippet = hit.string("snippet").orElse("").getBytes(UTF_8);
        return JsonObject.of("type", "web_search_result")
                .with("title", hit.string("title").orElse(""))
                .with("url", hit.string("url").orElse(""))
                .with("encrypted_content", Base64.getEncoder().encodeToString(snippet))
                .with("page_age", hit.get("page_age").orElse(JsonNull.NULL));
    }

    /** The API's word for what went wrong. */
    private static String code(String failure) {
        return switch (parsed(failure).string("error").orElse("")) {
            case "invalid_arguments" -> "invalid_tool_input";
            case "max_uses_exceeded" -> "max_uses_exceeded";
            default -> "unavailable";
        };
    }

    /** The result of a search that may not be made any more. */
    static JsonObject usedUp(String callId) {
        return error(callId, "max_uses_exceeded");
    }

    private static JsonObject error(String callId, String code) {
        return result(callId, JsonObject.of("error", code)).with("is_error", true);
    }

    /** The {@code tool_result} that a shown one stands for. */
    static JsonObject toolResult(String callId, JsonObject shown) {
        var failure = shown.object("content");
        if (failure.isPresent()) {
            return error(callId, failure.get().string("error_code").orElse("unavailable"));
        }
        var hits = shown.objects("content").stream().map(SearchBlocks::hit).toList();
        return result(callId, JsonObject.of("results", JsonArray.copyOf(hits)));
    }

    private static JsonObject hit(JsonObject shown) {
        var hit =
                JsonObject.of("title", shown.string("title").orElse(""))
                        .with("url", shown.string("url").orElse(""))
                        .with("snippet", decoded(shown.string("encrypted_content").orElse("")));
        return hit.withOptional(
                "page_age", shown.string("page_age").map(age -> (JsonValue) JsonString.of(age)));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException notOurs) {
            return "";
        }
    }

    private static JsonObject result(String callId, JsonObject facts) {
        var text = JsonObject.of("type", "text").with("text", facts.toString());
        return JsonObject.of("type", "tool_result")
                .with("tool_use_id", callId)
                .with("content", JsonArray.of(text));
    }

    private static String text(JsonObject toolResult) {
        return toolResult.objects("content").stream()
                .findFirst()
                .flatMap(block -> block.string("text"))
                .orElse("");
    }

    private static JsonObject parsed(String text) {
        try {
            return JsonObject.parse(text);
        } catch (JsonException cut) {
            return JsonObject.EMPTY;
        }
    }
}
