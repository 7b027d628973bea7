package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiError;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.dialect.OpenAiProfile.Feature;
import io.lynkr.provider.dialect.OpenAiProfile.Limits;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The state of one answer between OpenAI's chunks and the Messages API's events. What a chunk tells
 * is handled in the order thoughts, text, calls, end; what belongs into a later block waits until
 * the one before it is told. The end waits too: counts of tokens often follow it.
 */
final class ChatAnswer {
    private static final int BYTES_PER_TOKEN = 4;

    private final AnswerKey key;
    private final MessageWriter writer;
    private final ToolCalls calls;
    private final Optional<ThinkTags> tags;

    /** White space at the edge of a text: nothing, unless a text goes on. */
    private final List<JsonString> blank = new ArrayList<>();

    /** What came while a call was half told. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private boolean thought;
    private boolean refused;
    private boolean ended;
    private String model = "";
    private String finish = "";
    private JsonValue stopReason = JsonNull.NULL;
    private @Nullable ChatUsage usage;

    /**
     * @param whole whether the answer comes at once
     */
    ChatAnswer(AnswerKey key, boolean whole) {
        this.key = key;
        this.writer = new MessageWriter(this::begun);
        this.calls = new ToolCalls(key, writer, whole);
        this.tags =
                key.profile().has(Feature.THINK_TAGS)
                        ? Optional.of(
                                new ThinkTags(
                                        text -> think(JsonString.of(text)),
                                        text -> say(JsonString.of(text))))
                        : Optional.empty();
    }

    boolean isStarted() {
        return writer.isBegun();
    }

    /** Whether the backend said why it stopped, so that the answer lacks nothing. */
    boolean isFinished() {
        return !finish.isEmpty();
    }

    boolean isEnded() {
        return ended;
    }

    /** Hands over the events that are certain by now. */
    void drainTo(Consumer<StreamEvent> events) {
        writer.drainTo(events);
    }

    /**
     * Takes a chunk, or a whole answer.
     *
     * @throws ProviderException if it says that the answer failed
     */
    void add(JsonObject chunk) throws ProviderException {
        var error = OpenAiErrors.inAnswer(chunk);
        if (error.isPresent()) {
            throw failed(error.get());
        }
        if (model.isEmpty()) {
            model = chunk.string("model").orElse("");
        }
        for (var choice : chunk.objects("choices")) {
            if (choice.integer("index").orElse(0) == 0) {
                addChoice(choice);
                break;
            }
        }
        chunk.object("usage").ifPresent(this::count);
    }

    /**
     * Ends the answer.
     *
     * @throws ProviderException if it says nothing, or a call that nobody could make
     */
    void end() throws ProviderException {
        boolean cutShort = finish.equals("length") || finish.equals("max_tokens");
        tags.ifPresent(ThinkTags::end);
        finishCalls(cutShort);
        waiting.forEach(Runnable::run);
        writer.close();
        if (!isStarted() && !cutShort && !finish.equals("content_filter")) {
            throw AnthropicAnswer.garbled("the backend answered nothing: neither text nor a call");
        }
        writer.end(reason(cutShort), sequence(), details(), counted().toJson());
        ended = true;
    }

    private void finishCalls(boolean cutShort) throws ProviderException {
        try {
            calls.finish(cutShort);
        } catch (ToolCalls.NamelessCall nameless) {
            throw broken("the backend called a tool without saying which");
        }
    }

    /** An error of the backend's while it answered. */
    ProviderException failed(ApiError error) {
        return new ProviderException(
                isStarted() ? ProviderException.Cause.CUT : ProviderException.Cause.STATUS, error);
    }

    /** The answer makes no sense. */
    ProviderException broken(String why) {
        return isStarted() ? AnthropicAnswer.cut(why) : AnthropicAnswer.garbled(why);
    }

    private void addChoice(JsonObject choice) throws ProviderException {
        var error = choice.object("error");
        if (error.isPresent()) {
            throw failed(OpenAiErrors.read(choice));
        }
        var told =
                choice.object("delta").or(() -> choice.object("message")).orElse(JsonObject.EMPTY);
        addThoughts(told);
        addContent(told.get("content").orElse(JsonNull.NULL));
        told.string("refusal").filter(text -> !text.isEmpty()).ifPresent(this::refuse);
        addCalls(told);
        choice.object("usage").ifPresent(this::count);
        var why = choice.string("finish_reason").orElse("");
        if (why.equals("error")) {
            throw failed(ApiError.api(500, "the backend broke off with an error"));
        }
        if (!why.isEmpty()) {
            finish = why;
            stopReason = choice.get("stop_reason").orElse(JsonNull.NULL);
        }
    }

    private void count(JsonObject told) {
        if (ChatUsage.isTold(told)) {
            usage = ChatUsage.of(told, key.profile().has(Feature.USAGE_WITHOUT_CACHE));
        }
    }

    // Thoughts

    private void addThoughts(JsonObject told) {
        for (var field : List.of("reasoning_content", "reasoning")) {
            var text = ResultText.string(told, field);
            if (text.isPresent()) {
                think(text.get());
                addSignatures(told);
                return;
            }
        }
        for (var detail : told.objects("reasoning_details")) {
            ResultText.string(detail, "text")
                    .or(() -> ResultText.string(detail, "summary"))
                    .ifPresent(this::think);
        }
        for (var block : told.objects("thinking_blocks")) {
            ResultText.string(block, "thinking").ifPresent(this::think);
        }
        addSignatures(told);
    }

    private void addSignatures(JsonObject told) {
        for (var field : List.of("reasoning_details", "thinking_blocks")) {
            told.objects(field)
                    .forEach(
                            detail -> ResultText.string(detail, "signature").ifPresent(this::sign));
        }
    }

    private void think(JsonString text) {
        if (isEmpty(text)) {
            return;
        }
        inTurn(
                () -> {
                    thought = true;
                    blank.clear();
                    writer.thinking(text);
                });
    }

    private void sign(JsonString signature) {
        if (isEmpty(signature)) {
            return;
        }
        inTurn(() -> signNow(signature));
    }

    /** A signature without a thought stands for one that is not shown; a late one for none. */
    private void signNow(JsonString signature) {
        if (!writer.isInThinking()) {
            if (thought) {
                return;
            }
            thought = true;
            writer.thinking(JsonString.of(""));
        }
        writer.signature(signature);
    }

    // Text

    private void addContent(JsonValue content) {
        switch (content) {
            case JsonString text -> addText(text);
            case JsonArray parts -> parts.objects().forEach(this::addPart);
            default -> {}
        }
    }

    private void addText(JsonString text) {
        if (isEmpty(text)) {
            return;
        }
        if (tags.isPresent()) {
            tags.get().add(text.value());
        } else {
            say(text);
        }
    }

    private void addPart(JsonObject part) {
        switch (part.type()) {
            case "reasoning", "thinking" -> addReasoning(part);
            case "refusal" -> part.string("refusal").ifPresent(this::refuse);
            default -> {
                ResultText.string(part, "text").ifPresent(this::addText);
                part.objects("citations").forEach(this::cite);
            }
        }
    }

    /** Databricks: a summary in pieces, of which one carries the signature. */
    private void addReasoning(JsonObject part) {
        var pieces = new ArrayList<>(part.objects("summary"));
        pieces.addAll(part.objects("thinking"));
        pieces.add(part);
        for (var piece : pieces) {
            ResultText.string(piece, "text")
                    .or(() -> ResultText.string(piece, "thinking"))
                    .ifPresent(this::think);
            ResultText.string(piece, "signature").ifPresent(this::sign);
        }
    }

    /** Only citations of Anthropic's shape mean something to the client. */
    private void cite(JsonObject citation) {
        if (citation.type().endsWith("_location")) {
            inTurn(
                    () -> {
                        if (writer.isInText()) {
                            writer.citation(citation);
                        }
                    });
        }
    }

    private void refuse(String text) {
        refused = true;
        say(JsonString.of(text));
    }

    private void say(JsonString text) {
        inTurn(() -> sayNow(text));
    }

    private void sayNow(JsonString text) {
        if (text.isBlank() && !writer.isInText()) {
            blank.add(text);
            return;
        }
        blank.forEach(writer::text);
        blank.clear();
        writer.text(text);
    }

    private static boolean isEmpty(JsonString text) {
        return text.sizeHint() <= 2;
    }

    // Calls

    private void addCalls(JsonObject told) {
        var fragments = new ArrayList<>(told.objects("tool_calls"));
        told.object("function_call").ifPresent(fragments::add);
        if (fragments.isEmpty()) {
            return;
        }
        tags.ifPresent(ThinkTags::end);
        calls.add(fragments);
    }

    /** Writes now, or after the call that is half told. */
    private void inTurn(Runnable piece) {
        if (waiting.isEmpty() && calls.settle()) {
            piece.run();
        } else {
            waiting.add(piece);
        }
    }

    // Begin and end

    private JsonObject begun() {
        var named = model.isBlank() ? AnthropicToOpenAi.model(key.request()) : model;
        return MessageWriter.blank(
                "msg_" + key.unique().get(), named, ChatUsage.guessed(guessedPrompt(), 0).toJson());
    }

    private long guessedPrompt() {
        return key.estimate().estimate(key.request());
    }

    private ChatUsage counted() {
        return usage != null
                ? usage
                : ChatUsage.guessed(guessedPrompt(), writer.bytes() / BYTES_PER_TOKEN + 1);
    }

    private String reason(boolean cutShort) {
        if (cutShort) {
            return isWindowFull() ? "model_context_window_exceeded" : "max_tokens";
        }
        if (refused || finish.equals("content_filter") || finish.equals("refusal")) {
            return "refusal";
        }
        if (!calls.isEmpty()) {
            return "tool_use";
        }
        return sequence().isNull() ? "end_turn" : "stop_sequence";
    }

    private boolean isWindowFull() {
        long window = key.profile().limits().contextWindow();
        return usage != null
                && window != Limits.NONE
                && usage.usage().prompt() + usage.usage().output() >= window;
    }

    /** vLLM and Anthropic's models tell which stop sequence they met, in the same field. */
    private JsonValue sequence() {
        return stopReason instanceof JsonString stop
                        && calls.isEmpty()
                        && key.request()
                                .json()
                                .array("stop_sequences")
                                .map(JsonArray::strings)
                                .orElse(List.of())
                                .contains(stop.value())
                ? stop
                : JsonNull.NULL;
    }

    private JsonValue details() {
        if (!reason(false).equals("refusal")) {
            return JsonNull.NULL;
        }
        var why =
                refused
                        ? "The model refused to answer."
                        : "The backend's content filter stopped the answer.";
        return refusal(why);
    }

    /** The {@code stop_details} of an answer that was refused. */
    static JsonObject refusal(String why) {
        return JsonObject.of("type", "refusal")
                .with("category", JsonNull.NULL)
                .with("explanation", why);
    }
}
