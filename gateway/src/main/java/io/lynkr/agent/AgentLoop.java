package io.lynkr.agent;

import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;
import io.lynkr.message.MessageEvents;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Reply;
import io.lynkr.provider.Served;
import io.lynkr.provider.TokenEstimator;

/**
 * Runs turns: asks the provider and hands every event back through the sink. A turn in which tools
 * of ours are offered goes on in a {@link ToolLoop}.
 */
public final class AgentLoop {
    private final Provider provider;
    private final ModelAliases aliases;
    private final TokenEstimator estimator;
    private final GatewayTools tools;

    public AgentLoop(
            Provider provider, ModelAliases aliases, TokenEstimator estimator, GatewayTools tools) {
        this.provider = provider;
        this.aliases = aliases;
        this.estimator = estimator;
        this.tools = tools;
    }

    /**
     * Runs one turn to its end; the sink is closed when this returns.
     *
     * @throws InterruptedException if the client left; the upstream call is cancelled then
     */
    public void run(Turn turn, ReplySink sink) throws InterruptedException {
        try {
            answer(turn, sink);
        } catch (ProviderException failure) {
            sink.fail(failure.error(), failure.headers(), failure.body());
        }
    }

    private void answer(Turn turn, ReplySink sink) throws ProviderException, InterruptedException {
        var offer =
                tools.toolbox()
                        .offer(ShownTurns.splitIn(aliases.applyTo(turn.request())), turn.headers());
        if (offer.isEmpty()) {
            pass(offer.request(), turn, sink);
        } else {
            new ToolLoop(provider, tools, estimator, turn, offer.ours(), sink).run(offer.request());
        }
    }

    /** Nothing runs here: the answer goes to the client as it comes. */
    private void pass(MessagesRequest request, Turn turn, ReplySink sink)
            throws ProviderException, InterruptedException {
        if (request.maxTokens().isEmpty()) {
            throw MessagesRequest.noMaxTokens();
        }
        var call = new ProviderCall(request, turn.headers(), turn.deadline(), turn.requestId());
        var observed = new UsageObserver(sink);
        switch (provider.send(call)) {
            case Reply.Streamed(var served, var events) -> {
                try (events) {
                    sink.begin(headers(served));
                    events.pushTo(observed);
                    sink.end();
                }
            }
            case Reply.Whole(var served, var message) -> {
                observed.saw(JsonObject.parse(message));
                if (turn.request().stream()) {
                    sink.begin(headers(served));
                    MessageEvents.unfold(JsonObject.parse(message)).forEach(observed::event);
                    sink.flush();
                    sink.end();
                } else {
                    sink.whole(headers(served), message);
                }
            }
        }
        estimator.learn(request, observed.usage());
    }

    /** Tells the client who answered. */
    static Headers headers(Served served) {
        var headers = served.headers().with("x-lynkr-provider", served.provider());
        headers = headers.with("x-lynkr-model", served.model());
        return served.edits().isEmpty()
                ? headers
                : headers.with("x-lynkr-edits", String.join(", ", served.edits()));
    }
}
