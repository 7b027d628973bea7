package io.lynkr.provider.demo;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.StreamEvent;
import io.lynkr.message.Usage;
import io.lynkr.provider.demo.Directive.Part;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Writes one answer: turns its parts into events with pauses between them, and at the same time
 * into the whole message. Keeps the limits that the request sets: {@code max_tokens}, {@code
 * stop_sequences}.
 */
final class Composer {
    /** Says plainly that no model signed this. */
    static final String SIGNATURE = "lynkr-demo-model-no-real-signature";

    private final MessagesRequest request;
    private final Duration perToken;
    private final String identity;
    private final Usage prompt;
    private final List<Performance.Beat> beats = new ArrayList<>();
    private final List<JsonObject> content = new ArrayList<>();
    private final StringBuilder openText = new StringBuilder();
    private Duration pause = Duration.ZERO;
    private OptionalInt cutAt = OptionalInt.empty();
    private boolean textIsOpen;
    private boolean usedTools;
    private long searches;
    private long tokens;

    private Composer(MessagesRequest request, Duration perToken) {
        this.request = request;
        this.perToken = perToken;
        this.identity =
                UUID.nameUUIDFromBytes(request.bytes())
                        .toString()
                        .replace("-", "")
                        .substring(0, 20);
        this.prompt = new Usage(Tokens.estimate(request.bytes().length), 0, 0, 1);
    }

    static Performance compose(List<Part> parts, MessagesRequest request, Duration perToken) {
        return new Composer(request, perToken).compose(parts);
    }

    private Performance compose(List<Part> parts) {
        var stopped = StopSequences.of(request).applyTo(parts);
        start();
        for (var part : stopped.parts()) {
            perform(part);
        }
        closeText();
        var stop = stopReason(stopped.sequence());
        end(stop);
        return new Performance(
                beats,
                cutAt,
                message(stop).with("content", JsonArray.copyOf(content)).with("usage", usage()));
    }

    private void perform(Part part) {
        switch (part) {
            case Directive.Say(var text) -> say(text);
            case Directive.Think(var text) -> think(text);
            case Directive.Use(var tool, var input) -> use(tool, input);
            case Directive.ServerSearch(var query) -> search(query);
            case Directive.Silence(var time) -> pause = pause.plus(time);
            case Directive.Cut() -> cut();
            case Directive.Fail _ ->
                    throw new IllegalArgumentException("a failure is no part of an answer");
        }
    }

    private void say(String text) {
        if (text.isEmpty() || isFull()) {
            return;
        }
        if (!textIsOpen) {
            textIsOpen = true;
            open(JsonObject.of("type", "text").with("text", ""));
        }
        openText.append(speak(text, "text_delta", "text"));
    }

    private void closeText() {
        if (textIsOpen) {
            textIsOpen = false;
            close(JsonObject.of("type", "text").with("text", openText.toString()));
            openText.setLength(0);
        }
    }

    private void think(String text) {
        closeText();
        if (isFull()) {
            return;
        }
        boolean hidden =
                request.json()
                        .object("thinking")
                        .flatMap(t -> t.string("display"))
                        .orElse("")
                        .equals("omitted");
        var block = JsonObject.of("type", "thinking");
        open(block.with("thinking", "").with("signature", ""));
        var thought = hidden ? "" : speak(text, "thinking_delta", "thinking");
        delta(JsonObject.of("type", "signature_delta").with("signature", SIGNATURE));
        close(block.with("thinking", thought).with("signature", SIGNATURE));
    }

    private void use(String tool, JsonObject input) {
        usedTools |= call("tool_use", "toolu_demo_", tool, input).isPresent();
    }

    private void search(String query) {
        call("server_tool_use", "srvtoolu_demo_", "web_search", JsonObject.of("query", query))
                .ifPresent(
                        id -> {
                            searches++;
                            complete(
                                    JsonObject.of("type", "web_search_tool_result")
                                            .with("tool_use_id", id)
                                            .with("content", JsonArray.of(madeUpResult(query))));
                        });
    }

    private static JsonObject madeUpResult(String query) {
        return JsonObject.of("type", "web_search_result")
                .with("title", "Made up by the demo model: " + query)
                .with("url", "https://example.com/demo")
                .with("encrypted_content", "demo")
                .with("page_age", JsonNull.NULL);
    }

    /** Writes a call; returns its id, or nothing if there was no room to finish it. */
    private Optional<String> call(String type, String idPrefix, String tool, JsonObject input) {
        closeText();
        if (isFull()) {
            return Optional.empty();
        }
        var id = idPrefix + identity + "_" + content.size();
        var block = JsonObject.of("type", type).with("id", id).with("name", tool);
        open(block.with("input", JsonObject.EMPTY));
        var text = input.toString();
        boolean complete =
                speak(text, "input_json_delta", "partial_json").length() == text.length();
        close(block.with("input", complete ? input : JsonObject.EMPTY));
        return complete ? Optional.of(id) : Optional.empty();
    }

    private void cut() {
        if (cutAt.isEmpty()) {
            cutAt = OptionalInt.of(beats.size());
        }
    }

    private boolean isFull() {
        return request.maxTokens().isPresent() && tokens >= request.maxTokens().getAsLong();
    }

    /** Emits a text token by token as far as {@code max_tokens} goes; returns what was said. */
    private String speak(String text, String type, String field) {
        var said = new StringBuilder();
        for (var token : Tokens.split(text)) {
            if (isFull()) {
                break;
            }
            tokens++;
            pause = pause.plus(perToken);
            delta(JsonObject.of("type", type).with(field, token));
            said.append(token);
        }
        return said.toString();
    }

    private void start() {
        var message =
                message(
                                JsonObject.of("stop_reason", JsonNull.NULL)
                                        .with("stop_sequence", JsonNull.NULL))
                        .with("usage", prompt.toJson());
        emit(JsonObject.of("type", StreamEvent.MESSAGE_START).with("message", message));
    }

    private void open(JsonObject shell) {
        emit(
                JsonObject.of("type", StreamEvent.CONTENT_BLOCK_START)
                        .with("index", content.size())
                        .with("content_block", shell));
    }

    private void delta(JsonObject delta) {
        emit(
                JsonObject.of("type", StreamEvent.CONTENT_BLOCK_DELTA)
                        .with("index", content.size())
                        .with("delta", delta));
    }

    private void close(JsonObject whole) {
        emit(JsonObject.of("type", StreamEvent.CONTENT_BLOCK_STOP).with("index", content.size()));
        content.add(whole);
    }

    private void complete(JsonObject block) {
        open(block);
        close(block);
    }

    private void end(JsonObject stop) {
        emit(
                JsonObject.of("type", StreamEvent.MESSAGE_DELTA)
                        .with("delta", stop)
                        .with("usage", usage()));
        emit(JsonObject.of("type", StreamEvent.MESSAGE_STOP));
    }

    private void emit(JsonObject event) {
        beats.add(new Performance.Beat(pause, event));
        pause = Duration.ZERO;
    }

    private JsonObject stopReason(Optional<String> stopSequence) {
        if (isFull()) {
            return stop("max_tokens", JsonNull.NULL);
        }
        if (stopSequence.isPresent()) {
            return stop("stop_sequence", JsonString.of(stopSequence.get()));
        }
        return stop(usedTools ? "tool_use" : "end_turn", JsonNull.NULL);
    }

    private static JsonObject stop(String reason, JsonValue sequence) {
        return JsonObject.of("stop_reason", reason).with("stop_sequence", sequence);
    }

    private JsonObject message(JsonObject stop) {
        var message =
                JsonObject.of("id", "msg_demo_" + identity)
                        .with("type", "message")
                        .with("role", "assistant")
                        .with("model", request.model())
                        .with("content", JsonArray.EMPTY);
        for (var field : stop.members().entrySet()) {
            message = message.with(field.getKey(), field.getValue());
        }
        return message;
    }

    private JsonObject usage() {
        var usage = new Usage(prompt.input(), 0, 0, Math.max(1, tokens)).toJson();
        return searches == 0
                ? usage
                : usage.with(
                        "server_tool_use", JsonObject.EMPTY.with("web_search_requests", searches));
    }
}
