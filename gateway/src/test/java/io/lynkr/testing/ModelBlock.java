package io.lynkr.testing;

import java.util.List;

/** One piece of a message to or from a model, apart from how a wire writes it. */
public sealed interface ModelBlock {

    record Text(String text) implements ModelBlock {}

    record Thinking(String text, String signature) implements ModelBlock {}

    record Image(String mediaType, int base64Length) implements ModelBlock {}

    /** A call of a tool; a blank id is filled in by the wire that writes it. */
    record ToolUse(String id, String name, Json input) implements ModelBlock {}

    record ToolResult(String callId, String text, boolean error, int images)
            implements ModelBlock {}

    /** A search that the model's own service made, with what it found. */
    record WebSearch(String query, List<Hit> hits) implements ModelBlock {
        public record Hit(String title, String url) {}
    }

    /** A kind that the fake does not act on. */
    record Other(String type) implements ModelBlock {}

    static ToolUse toolUse(String name, Json input) {
        return new ToolUse("", name, input);
    }
}
