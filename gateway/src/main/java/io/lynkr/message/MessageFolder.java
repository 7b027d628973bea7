package io.lynkr.message;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Folds the events of an answer into the whole message that a client gets who did not ask for a
 * stream. The way back is {@link MessageEvents}. Used by one thread at a time.
 */
public final class MessageFolder {
    private static final Set<String> CUT_SHORT =
            Set.of("max_tokens", "model_context_window_exceeded");

    private final SortedMap<Long, Block> blocks = new TreeMap<>();
    private JsonObject message = JsonObject.EMPTY;
    private @Nullable ApiError error;

    /** Folds a whole stream. */
    public static JsonObject fold(Iterable<StreamEvent> events) {
        var folder = new MessageFolder();
        events.forEach(folder::add);
        return folder.message();
    }

    /**
     * Takes the next event; pings, comments and events of unknown kinds add nothing.
     *
     * @throws JsonException if the event's data is no JSON object
     */
    public void add(StreamEvent event) {
        if (!event.isContent()) {
            return;
        }
        var data = event.data();
        switch (data.type()) {
            case StreamEvent.MESSAGE_START ->
                    message = data.object("message").orElse(JsonObject.EMPTY);
            case StreamEvent.CONTENT_BLOCK_START ->
                    blocks.put(
                            index(data),
                            new Block(data.object("content_block").orElse(JsonObject.EMPTY)));
            case StreamEvent.CONTENT_BLOCK_DELTA -> change(data);
            case StreamEvent.MESSAGE_DELTA -> conclude(data);
            case StreamEvent.ERROR -> error = read(data.object("error").orElse(data));
            default -> {}
        }
    }

    /**
     * The message, as far as it has been told.
     *
     * @throws ApiException if the stream ended with an {@code error} event
     * @throws JsonException if the input of a tool is no JSON object; an answer that was cut short
     *     (by {@code max_tokens}) is returned without such a call, since nobody can run it
     */
    public JsonObject message() {
        if (error != null) {
            throw new ApiException(error);
        }
        boolean cutShort = message.string("stop_reason").filter(CUT_SHORT::contains).isPresent();
        var content = new ArrayList<JsonValue>();
        for (var block : blocks.values()) {
            block.whole(cutShort).ifPresent(content::add);
        }
        return message.with("content", JsonArray.copyOf(content));
    }

    private void change(JsonObject data) {
        var block = blocks.get(index(data));
        if (block != null) {
            data.object("delta").ifPresent(block::change);
        }
    }

    /** The closing event replaces what the first one said, as far as it says something. */
    private void conclude(JsonObject data) {
        data.object("delta").orElse(JsonObject.EMPTY).forEach(this::set);
        var usage = message.object("usage").orElse(JsonObject.EMPTY);
        for (var count : data.object("usage").orElse(JsonObject.EMPTY).members().entrySet()) {
            if (!count.getValue().isNull() || !usage.has(count.getKey())) {
                usage = usage.with(count.getKey(), count.getValue());
            }
        }
        set("usage", usage);
        data.without("type").without("delta").without("usage").forEach(this::set);
    }

    private void set(String key, JsonValue value) {
        message = message.with(key, value);
    }

    private static long index(JsonObject data) {
        return data.integer("index").orElse(0);
    }

    private static ApiError read(JsonObject told) {
        var type = told.type().isEmpty() ? "api_error" : told.type();
        var text = told.string("message").orElse("the answer broke off");
        return new ApiError(type.equals("overloaded_error") ? 529 : 500, type, text);
    }

    /** One content block: the shell it began with, and the pieces that came since. */
    private static final class Block {
        private final JsonObject shell;
        private final List<JsonString> pieces = new ArrayList<>();
        private final List<JsonValue> citations = new ArrayList<>();
        private JsonValue signature = JsonNull.NULL;

        Block(JsonObject shell) {
            this.shell = shell;
        }

        void change(JsonObject delta) {
            switch (delta.type()) {
                case "text_delta" -> piece(delta, "text");
                case "thinking_delta" -> piece(delta, "thinking");
                case "input_json_delta" -> piece(delta, "partial_json");
                case "signature_delta" -> signature = delta.get("signature").orElse(signature);
                case "citations_delta" -> delta.get("citation").ifPresent(citations::add);
                default -> {}
            }
        }

        private void piece(JsonObject delta, String field) {
            if (delta.get(field).orElse(JsonNull.NULL) instanceof JsonString text) {
                pieces.add(text);
            }
        }

        Optional<JsonObject> whole(boolean cutShort) {
            return switch (shell.type()) {
                case "text" -> Optional.of(cited(joined("text")));
                case "thinking" -> Optional.of(signed(joined("thinking")));
                default -> pieces.isEmpty() ? Optional.of(shell) : withInput(cutShort);
            };
        }

        private JsonObject joined(String field) {
            var all = new ArrayList<JsonString>();
            if (shell.get(field).orElse(JsonNull.NULL) instanceof JsonString begun) {
                all.add(begun);
            }
            all.addAll(pieces);
            return all.isEmpty() ? shell : shell.with(field, JsonString.join("", all));
        }

        private JsonObject cited(JsonObject text) {
            if (citations.isEmpty()) {
                return text;
            }
            var all = new ArrayList<>(shell.array("citations").orElse(JsonArray.EMPTY).values());
            all.addAll(citations);
            return text.with("citations", JsonArray.copyOf(all));
        }

        private JsonObject signed(JsonObject thinking) {
            return signature.isNull() ? thinking : thinking.with("signature", signature);
        }

        /**
         * A piece may end within an escape of the input's text, so the pieces are decoded first.
         */
        private Optional<JsonObject> withInput(boolean cutShort) {
            var text = new StringBuilder();
            pieces.forEach(piece -> text.append(piece.value()));
            if (text.toString().isBlank()) {
                return Optional.of(shell);
            }
            try {
                return Optional.of(shell.with("input", JsonObject.parse(text.toString())));
            } catch (JsonException broken) {
                if (cutShort) {
                    return Optional.empty();
                }
                throw broken;
            }
        }
    }
}
