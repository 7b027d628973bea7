package io.lynkr.tool;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

import java.util.List;
import java.util.Locale;

/** What a call came to, as the model gets to read it. */
public sealed interface ToolResult {

    /**
     * Content blocks as in the Messages API: {@code text}, and {@code image} with a Base64 source.
     */
    List<JsonObject> content();

    /** It was done. */
    record Done(List<JsonObject> content) implements ToolResult {
        public Done {
            content = List.copyOf(content);
        }
    }

    /**
     * It was done, and went wrong in the way that such things do: a command that exits with an
     * error, for example.
     */
    record Unsuccessful(List<JsonObject> content) implements ToolResult {
        public Unsuccessful {
            content = List.copyOf(content);
        }
    }

    /** It could not be done. */
    record Failed(ToolException.Kind kind, String message) implements ToolResult {
        @Override
        public List<JsonObject> content() {
            return List.of(
                    error(kind.name().toLowerCase(Locale.ROOT), JsonObject.of("message", message)));
        }
    }

    /** It may not be done. */
    record Denied(String rule, String reason) implements ToolResult {
        @Override
        public List<JsonObject> content() {
            return List.of(
                    error("denied_by_policy", JsonObject.of("rule", rule).with("message", reason)));
        }
    }

    /** It was done; a text tells how. */
    static ToolResult text(String text) {
        return new Done(List.of(block(text)));
    }

    /** It was done; structured facts tell how. */
    static ToolResult json(JsonValue facts) {
        return text(facts.toString());
    }

    /** A text as a content block. */
    static JsonObject block(String text) {
        return JsonObject.of("type", "text").with("text", text);
    }

    private static JsonObject error(String kind, JsonObject details) {
        return block(JsonObject.of("error", kind).with("details", details).toString());
    }

    /** How it ended, in one word, as it stands in metrics and transcripts. */
    default String word() {
        return switch (this) {
            case Done _ -> "done";
            case Unsuccessful _ -> "unsuccessful";
            case Failed(var kind, _) -> kind.name().toLowerCase(Locale.ROOT);
            case Denied _ -> "denied";
        };
    }

    default boolean isError() {
        return switch (this) {
            case Done _ -> false;
            case Unsuccessful _, Failed _, Denied _ -> true;
        };
    }

    /** The {@code tool_result} block for a call. */
    default JsonObject toBlock(String callId) {
        var block =
                JsonObject.of("type", "tool_result")
                        .with("tool_use_id", callId)
                        .with("content", JsonArray.copyOf(content()));
        return isError() ? block.with("is_error", true) : block;
    }
}
