package io.lynkr.mcp.host;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import java.util.ArrayList;

/**
 * How much of a server's result is passed on.
 *
 * @param bytes of the whole result
 */
record ResultLimit(long bytes) {

    /** The result itself if it is small enough; else as much of its texts as there is room for. */
    JsonObject cut(JsonObject result) {
        if (result.sizeHint() <= bytes) {
            return result;
        }
        if (!result.has("content")) {
            return JsonObject.of("contents", JsonArray.of(note(result)));
        }
        long room = bytes;
        var kept = new ArrayList<JsonObject>();
        for (var block : result.objects("content")) {
            var text = block.string("text").orElse("");
            if (block.sizeHint() <= room) {
                kept.add(block);
                room -= block.sizeHint();
            } else if (block.type().equals("text") && room > 0) {
                kept.add(block.with("text", start(text, room)));
                room = 0;
            }
        }
        kept.add(note(result));
        return result.with("content", JsonArray.copyOf(kept)).without("structuredContent");
    }

    private static String start(String text, long room) {
        int end = (int) Math.min(text.length(), room);
        boolean splits = end < text.length() && Character.isLowSurrogate(text.charAt(end));
        return text.substring(0, splits ? end - 1 : end);
    }

    private JsonObject note(JsonObject result) {
        return JsonObject.of("type", "text")
                .with(
                        "text",
                        "[the gateway left out a part: the result has %,d bytes, and MCP_RESULT_LIMIT is %,d]"
                                .formatted(result.sizeHint(), bytes));
    }
}
