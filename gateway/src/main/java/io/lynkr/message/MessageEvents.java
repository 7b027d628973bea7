package io.lynkr.message;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

import java.util.ArrayList;
import java.util.List;

/** The events that a whole message would have been streamed as. */
public final class MessageEvents {
    private MessageEvents() {}

    /** A message as events: one delta for each block that has any. */
    public static List<StreamEvent> unfold(JsonObject message) {
        var events = new ArrayList<StreamEvent>();
        events.add(start(message));
        int index = 0;
        for (var block : message.objects("content")) {
            unfoldBlock(block, index++, events);
        }
        events.addAll(ending(message));
        return events;
    }

    /** The events of one whole content block. */
    public static List<StreamEvent> block(JsonObject block, int index) {
        var events = new ArrayList<StreamEvent>();
        unfoldBlock(block, index, events);
        return events;
    }

    /** The last two events: why the message ended, what it cost, and that it is over. */
    public static List<StreamEvent> ending(JsonObject message) {
        return List.of(delta(message), event(JsonObject.of("type", StreamEvent.MESSAGE_STOP)));
    }

    private static StreamEvent start(JsonObject message) {
        var begun =
                message.with("content", JsonArray.EMPTY)
                        .with("stop_reason", JsonNull.NULL)
                        .with("stop_sequence", JsonNull.NULL);
        return event(JsonObject.of("type", StreamEvent.MESSAGE_START).with("message", begun));
    }

    private static StreamEvent delta(JsonObject message) {
        var delta =
                JsonObject.EMPTY
                        .with("stop_reason", message.get("stop_reason").orElse(JsonNull.NULL))
                        .with("stop_sequence", message.get("stop_sequence").orElse(JsonNull.NULL))
                        .withOptional("stop_details", message.get("stop_details"))
                        .withOptional("container", message.get("container"));
        return event(
                JsonObject.of("type", StreamEvent.MESSAGE_DELTA)
                        .with("delta", delta)
                        .withOptional("usage", message.get("usage")));
    }

    private static void unfoldBlock(JsonObject block, int index, List<StreamEvent> events) {
        switch (block.type()) {
            case "text" -> {
                begin(events, index, block.without("citations").with("text", ""));
                piece(events, index, "text_delta", "text", block);
                for (var citation : block.objects("citations")) {
                    change(
                            events,
                            index,
                            JsonObject.of("type", "citations_delta").with("citation", citation));
                }
            }
            case "thinking" -> {
                begin(events, index, block.with("thinking", "").with("signature", ""));
                piece(events, index, "thinking_delta", "thinking", block);
                piece(events, index, "signature_delta", "signature", block);
            }
            case "tool_use", "server_tool_use" -> {
                begin(events, index, block.with("input", JsonObject.EMPTY));
                var input = block.get("input").map(JsonValue::toString).orElse("{}");
                change(
                        events,
                        index,
                        JsonObject.of("type", "input_json_delta").with("partial_json", input));
            }
            default -> begin(events, index, block);
        }
        events.add(indexed(StreamEvent.CONTENT_BLOCK_STOP, index));
    }

    private static void piece(
            List<StreamEvent> events, int index, String delta, String field, JsonObject block) {
        var text = block.get(field);
        if (text.isPresent() && !block.string(field).orElse("").isEmpty()) {
            change(events, index, JsonObject.of("type", delta).with(field, text.get()));
        }
    }

    private static void begin(List<StreamEvent> events, int index, JsonObject shell) {
        events.add(
                event(
                        JsonObject.of("type", StreamEvent.CONTENT_BLOCK_START)
                                .with("index", index)
                                .with("content_block", shell)));
    }

    private static void change(List<StreamEvent> events, int index, JsonObject delta) {
        events.add(
                event(
                        JsonObject.of("type", StreamEvent.CONTENT_BLOCK_DELTA)
                                .with("index", index)
                                .with("delta", delta)));
    }

    private static StreamEvent indexed(String type, int index) {
        return event(JsonObject.of("type", type).with("index", JsonNumber.of(index)));
    }

    private static StreamEvent event(JsonObject data) {
        return StreamEvent.of(data);
    }
}
