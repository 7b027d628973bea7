package io.lynkr.tool.mcp;

import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.tool.ToolResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Content of the protocol in the words of the Messages API. */
final class Blocks {
    private static final Set<String> IMAGES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private Blocks() {}

    /** The blocks of a result; its structured content if it has nothing else. */
    static List<JsonObject> of(JsonObject result) {
        var blocks = new ArrayList<JsonObject>();
        result.objects("content").forEach(block -> blocks.add(block(block)));
        if (blocks.isEmpty()) {
            var facts = result.get("structuredContent").map(JsonValue::toString);
            blocks.add(ToolResult.block(facts.orElse("(no content)")));
        }
        return blocks;
    }

    private static JsonObject block(JsonObject block) {
        return switch (block.type()) {
            case "text" -> ToolResult.block(block.string("text").orElse(""));
            case "image" -> image(block);
            case "audio" -> ToolResult.block("[audio, " + mimeType(block) + ", left out]");
            case "resource" -> resource(block.object("resource").orElse(JsonObject.EMPTY));
            case "resource_link" ->
                    ToolResult.block(
                            "[resource %s: %s]"
                                    .formatted(
                                            block.string("uri").orElse(""),
                                            block.string("name").orElse("")));
            default -> ToolResult.block(block.toString());
        };
    }

    private static String mimeType(JsonObject block) {
        return block.string("mimeType").orElse("unknown type");
    }

    private static JsonObject image(JsonObject block) {
        if (!IMAGES.contains(mimeType(block))) {
            return ToolResult.block("[image, " + mimeType(block) + ", left out]");
        }
        return JsonObject.of("type", "image")
                .with(
                        "source",
                        JsonObject.of("type", "base64")
                                .with("media_type", mimeType(block))
                                .with("data", block.string("data").orElse("")));
    }

    private static JsonObject resource(JsonObject resource) {
        return ToolResult.block(
                resource.string("text")
                        .orElseGet(
                                () ->
                                        "[resource %s, %s, left out]"
                                                .formatted(
                                                        resource.string("uri").orElse(""),
                                                        mimeType(resource))));
    }
}
