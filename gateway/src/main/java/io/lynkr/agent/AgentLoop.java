package io.lynkr.agent;

import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.message.MessageEvents;
import io.lynkr.message.MessagesRequest;
import io.lynkr.observability.Outcome;
import io.lynkr.observability.RequestFacts;
import io.lynkr.provider.EventStream;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Reply;
import io.lynkr.provider.Served;
import io.lynkr.provider.TokenEstimator;
import io.lynkr.session.Transcripts;
import io.lynkr.tool.ToolListener;

/**
 * Runs turns: asks the provider and hands every event back through the sink. A turn in which tools
 * of ours are offered goes on in a {@link ToolLoop}.
 */
public final class AgentLoop {
    private final Provider provider;
    private final ModelAliases aliases;
    private final TokenEstimator estimator;
    private final GatewayTools tools;
    private final Ledger ledger;
    private final Transcripts transcripts;

    public AgentLoop(
            Provider provider,
            ModelAliases aliases,
            TokenEstimator estimator,
            GatewayTools tools,
            Ledger ledger,
            Transcripts transcripts) {
        this.provider = provider;
        this.aliases = aliases;
        this.estimator = estimator;
        this.tools = tools;
        this.ledger = ledger;
        this.transcripts = transcripts;
    }

    /**
     * Runs one turn to its end; the sink is closed when this returns. What becomes known on the way
     * is written into the request's facts before the sink is closed.
     *
     * @throws InterruptedException if the client left; the upstream call is cancelled then
     */
    public void run(Turn turn, ReplySink sink) throws InterruptedException {
        var facts = RequestFacts.current();
        if (transcripts.keep(turn.session())) {
            runRecorded(turn, new TurnRecorder(sink, turn, facts, transcripts), facts);
        } else {
            run(turn, sink, facts, ToolListener.NONE);
        }
    }

    /** The transcript is written here and nowhere else, however the turn ends. */
    private void runRecorded(Turn turn, TurnRecorder recorder, RequestFacts facts)
            throws InterruptedException {
        var outcome = Outcome.INTERNAL;
        try {
            run(turn, recorder, facts, recorder.tools());
        } catch (InterruptedException left) {
            outcome = Outcome.CLIENT_CANCELLED;
            throw left;
        } catch (ApiException refused) {
            outcome = Outcome.ofStatus(refused.error().status());
            throw refused;
        } finally {
            recorder.abandoned(outcome);
        }
    }

    private void run(Turn turn, ReplySink sink, RequestFacts facts, ToolListener listener)
            throws InterruptedException {
        try {
            answer(turn, sink, facts, listener);
        } catch (ProviderException failure) {
            facts.endsAs(Endings.of(failure));
            sink.fail(failure.error(), failure.headers(), failure.body());
        }
    }

    private void answer(Turn turn, ReplySink sink, RequestFacts facts, ToolListener listener)
            throws ProviderException, InterruptedException {
        var asked = ShownTurns.splitIn(aliases.applyTo(turn.request()));
        var offer =
                tools.toolbox()
                        .offer(
                                asked,
                                turn.headers(),
                                () -> provider.searchesWeb(callOf(asked, turn)));
        facts.asked(provider.name(), offer.request().model());
        if (offer.isEmpty() && !tools.fallback().mayHelp(asked)) {
            pass(offer.request(), turn, sink, facts);
        } else {
            new ToolLoop(provider, tools, estimator, ledger, turn, offer, sink, facts, listener)
                    .run(offer.request());
        }
    }

    /** Nothing runs here: the answer goes to the client as it comes. */
    private void pass(MessagesRequest request, Turn turn, ReplySink sink, RequestFacts facts)
            throws ProviderException, InterruptedException {
        if (request.maxTokens().isEmpty()) {
            throw MessagesRequest.noMaxTokens();
        }
        var reply = provider.send(callOf(request, turn));
        facts.asked(reply.served().provider(), reply.served().model());
        var observed = new UsageObserver(sink, facts);
        switch (reply) {
            case Reply.Streamed(var served, var events) -> {
                try (events) {
                    sink.begin(headers(served));
                    relay(events, served, observed);
                    observed.failure().ifPresent(facts::endsAs);
                    sink.end();
                }
            }
            case Reply.Whole(var served, var message) ->
                    handOver(turn.request(), served, message, observed, sink);
        }
        estimator.learn(request, observed.counted().usage());
    }

    private static ProviderCall callOf(MessagesRequest request, Turn turn) {
        return new ProviderCall(request, turn.headers(), turn.deadline(), turn.requestId());
    }

    /** Also what a broken stream has used is paid for. */
    private void relay(EventStream events, Served served, UsageObserver observed)
            throws ProviderException, InterruptedException {
        try {
            events.pushTo(observed);
        } finally {
            ledger.settle(served, observed.counted());
        }
    }

    private void handOver(
            MessagesRequest request,
            Served served,
            byte[] message,
            UsageObserver observed,
            ReplySink sink) {
        observed.saw(JsonObject.parse(message));
        ledger.settle(served, observed.counted());
        if (request.stream()) {
            sink.begin(headers(served));
            MessageEvents.unfold(JsonObject.parse(message)).forEach(observed::event);
            sink.flush();
            sink.end();
        } else {
            sink.whole(headers(served), message);
        }
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
