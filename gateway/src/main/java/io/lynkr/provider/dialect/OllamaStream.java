package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiError;
import io.lynkr.message.MessageFolder;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.StreamTranslator;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns Ollama's lines of JSON into events of the Messages API: each line is said as a chunk of a
 * chat completion and takes the way of all of them.
 */
final class OllamaStream implements StreamTranslator {
    private static final int MAX_LINE = 64 << 20;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final AnswerKey key;
    private final ChatAnswer answer;
    private int calls;

    OllamaStream(AnswerKey key) {
        this(key, new ChatAnswer(key, false));
    }

    private OllamaStream(AnswerKey key, ChatAnswer answer) {
        this.key = key;
        this.answer = answer;
    }

    /**
     * Turns a whole answer into a message.
     *
     * @throws ProviderException if it is none
     */
    static JsonObject whole(byte[] body, AnswerKey key) throws ProviderException {
        var machine = new OllamaStream(key, new ChatAnswer(key, true));
        machine.add(body);
        if (!machine.answer.isEnded()) {
            throw AnthropicAnswer.garbled("the backend answered JSON that is no finished chat");
        }
        var folder = new MessageFolder();
        machine.answer.drainTo(folder::add);
        try {
            return folder.message();
        } catch (JsonException broken) {
            throw AnthropicAnswer.garbled(
                    "the backend called a tool with arguments that are no JSON object");
        }
    }

    @Override
    public void feed(byte[] bytes, int from, int to, Consumer<StreamEvent> events)
            throws ProviderException {
        try {
            int start = from;
            for (int at = from; at < to; at++) {
                if (bytes[at] == '\n') {
                    line.write(bytes, start, at - start);
                    start = at + 1;
                    endLine();
                }
            }
            line.write(bytes, start, to - start);
            if (line.size() > MAX_LINE) {
                throw answer.broken("the backend sent a line of more than " + MAX_LINE + " bytes");
            }
        } finally {
            answer.drainTo(events);
        }
    }

    @Override
    public void end(Consumer<StreamEvent> events) throws ProviderException {
        try {
            endLine();
        } finally {
            answer.drainTo(events);
        }
        if (!answer.isEnded()) {
            throw AnthropicAnswer.cut("the backend's stream ended before the answer was done");
        }
    }

    @Override
    public boolean isComplete() {
        return answer.isEnded();
    }

    private void endLine() throws ProviderException {
        var text = line.toByteArray();
        line.reset();
        boolean blank = text.length == 0 || (text.length == 1 && text[0] == '\r');
        if (!blank && !answer.isEnded()) {
            add(text);
        }
    }

    private void add(byte[] text) throws ProviderException {
        var said = read(text);
        var failure = said.string("error");
        if (failure.isPresent()) {
            throw answer.failed(ApiError.api(500, failure.get()));
        }
        answer.add(chunk(said));
        if (said.isTrue("done")) {
            answer.end();
        }
    }

    private JsonObject read(byte[] text) throws ProviderException {
        try {
            return JsonObject.parse(text);
        } catch (JsonException broken) {
            throw answer.broken("the backend's stream has a line that is no JSON object");
        }
    }

    private JsonObject chunk(JsonObject said) {
        var message = said.object("message").orElse(JsonObject.EMPTY);
        var delta =
                JsonObject.EMPTY
                        .withOptional("reasoning_content", message.get("thinking"))
                        .withOptional("content", message.get("content"));
        if (message.has("tool_calls")) {
            delta = delta.with("tool_calls", calls(message));
        }
        var choice = JsonObject.EMPTY.with("index", 0).with("delta", delta);
        if (said.isTrue("done")) {
            choice = choice.with("finish_reason", reason(said));
        }
        return JsonObject.of("choices", JsonArray.of(choice))
                .withOptional("model", said.get("model"))
                .withOptional("usage", usage(said));
    }

    private String reason(JsonObject said) {
        var reason = said.string("done_reason").orElse("stop");
        return calls > 0 && reason.equals("stop") ? "tool_calls" : reason;
    }

    /** Calls come whole, often without an identity, and each is a new one. */
    private JsonArray calls(JsonObject message) {
        var said = new ArrayList<JsonObject>();
        for (var call : message.objects("tool_calls")) {
            var function = call.object("function").orElse(JsonObject.EMPTY);
            said.add(
                    JsonObject.EMPTY
                            .with("index", calls++)
                            .withOptional("id", call.get("id"))
                            .with("type", "function")
                            .with(
                                    "function",
                                    JsonObject.EMPTY
                                            .withOptional("name", function.get("name"))
                                            .withOptional("arguments", function.get("arguments"))));
        }
        return JsonArray.copyOf(said);
    }

    /** The counts of the last line; of a prompt that was cached there may be none. */
    private Optional<JsonObject> usage(JsonObject said) {
        var prompt = said.integer("prompt_eval_count");
        var output = said.integer("eval_count");
        if (prompt.isEmpty() && output.isEmpty()) {
            return Optional.empty();
        }
        long guessed = prompt.orElseGet(() -> key.estimate().estimate(key.request()));
        return Optional.of(
                JsonObject.EMPTY
                        .with("prompt_tokens", guessed)
                        .with("completion_tokens", output.orElse(0)));
    }
}
