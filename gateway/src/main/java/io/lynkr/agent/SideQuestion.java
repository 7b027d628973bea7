package io.lynkr.agent;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.message.MessageFolder;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.StreamEvent;
import io.lynkr.observability.RequestFacts;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Reply;
import io.lynkr.resilience.Deadline;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Asks the provider something beside the turns: no tools, no transcript, but it is paid for. */
public final class SideQuestion {
    private final Provider provider;
    private final ModelAliases aliases;
    private final Ledger ledger;

    public SideQuestion(Provider provider, ModelAliases aliases, Ledger ledger) {
        this.provider = provider;
        this.aliases = aliases;
        this.ledger = ledger;
    }

    /**
     * A question.
     *
     * @param model a name as clients use them
     * @param requestId for logs
     */
    public record Asked(
            String system,
            String prompt,
            String model,
            int maxTokens,
            Deadline deadline,
            String requestId) {}

    /**
     * Asks, and waits for the whole answer.
     *
     * @param text hears each piece of it as it comes; must not block
     * @throws ApiException if the answer breaks off
     */
    public String ask(Asked asked, Consumer<String> text)
            throws ProviderException, InterruptedException {
        var body =
                JsonObject.of("model", asked.model)
                        .with("max_tokens", asked.maxTokens)
                        .with("stream", true)
                        .with("system", asked.system)
                        .with(
                                "messages",
                                JsonArray.of(
                                        JsonObject.of("role", "user")
                                                .with("content", asked.prompt)));
        var request =
                aliases.applyTo(
                        MessagesRequest.parse(body.toString().getBytes(StandardCharsets.UTF_8)));
        var reply =
                provider.send(
                        new ProviderCall(request, Headers.NONE, asked.deadline, asked.requestId));
        return switch (reply) {
            case Reply.Whole(var served, var message) -> {
                var observed = new UsageObserver(new Listener(text), RequestFacts.current());
                observed.saw(JsonObject.parse(message));
                ledger.settle(served, observed.counted());
                yield textOf(JsonObject.parse(message));
            }
            case Reply.Streamed streamed -> {
                try (var events = streamed.events()) {
                    var listener = new Listener(text);
                    var observed = new UsageObserver(listener, RequestFacts.current());
                    try {
                        events.pushTo(observed);
                    } finally {
                        ledger.settle(streamed.served(), observed.counted());
                    }
                    yield textOf(listener.folder.message());
                }
            }
        };
    }

    private static String textOf(JsonObject message) {
        return message.objects("content").stream()
                .filter(block -> block.type().equals("text"))
                .map(block -> block.string("text").orElse(""))
                .collect(Collectors.joining());
    }

    /** Folds the events; its receiver is never behind. */
    private static final class Listener implements EventSink {
        private final MessageFolder folder = new MessageFolder();
        private final Consumer<String> text;

        Listener(Consumer<String> text) {
            this.text = text;
        }

        @Override
        public void event(StreamEvent event) {
            folder.add(event.copy());
            if (event.is(StreamEvent.CONTENT_BLOCK_DELTA)) {
                event.data().object("delta").flatMap(it -> it.string("text")).ifPresent(text);
            }
        }

        @Override
        public void flush() {}

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void whenWritable(Runnable action) {
            action.run();
        }
    }
}
