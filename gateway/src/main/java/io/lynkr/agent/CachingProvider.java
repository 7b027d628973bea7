package io.lynkr.agent;

import io.lynkr.cache.CacheKey;
import io.lynkr.cache.CachedAnswer;
import io.lynkr.cache.ResponseCache;
import io.lynkr.cache.ResponseCache.Claim;
import io.lynkr.cache.ResponseCache.Lookup;
import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;
import io.lynkr.observability.Metrics;
import io.lynkr.observability.Outcome;
import io.lynkr.observability.RequestFacts;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.EventStream;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Reply;
import io.lynkr.provider.Served;

import java.util.List;
import java.util.OptionalLong;

/**
 * Gives answers from the response cache, and keeps those that may be given again. Where the cache
 * does not apply, the call passes by and nothing of it is read.
 */
public record CachingProvider(Provider inner, ResponseCache cache, Metrics metrics)
        implements Provider {
    private static final String HEADER = "x-lynkr-cache";

    @Override
    public Reply send(ProviderCall call) throws ProviderException, InterruptedException {
        var facts = RequestFacts.current();
        var key = CacheKey.of(facts.user(), name(), call.request(), call.headers());
        if (key.isEmpty()) {
            metrics.cacheLookup("bypass");
            return inner.send(call);
        }
        return switch (cache.find(key.get(), call.deadline().remaining())) {
            case Lookup.Hit(var answer, boolean waited) -> {
                metrics.cacheLookup(waited ? "coalesced" : "hit");
                facts.endsAs(Outcome.CACHED);
                yield again(answer);
            }
            case Lookup.Miss(var claim) -> {
                metrics.cacheLookup("miss");
                yield ask(call, claim);
            }
        };
    }

    private static Reply again(CachedAnswer answer) {
        var served =
                new Served(
                        answer.provider(),
                        answer.model(),
                        Headers.of(HEADER, "hit"),
                        List.of(),
                        true);
        var told = new RetoldAnswer(answer);
        return switch (answer.form()) {
            case MESSAGE -> new Reply.Whole(served, told.message());
            case EVENTS -> new Reply.Streamed(served, told);
        };
    }

    private Reply ask(ProviderCall call, Claim claim)
            throws ProviderException, InterruptedException {
        boolean goesOn = false;
        try {
            var reply = inner.send(call);
            var kept =
                    new AnswerKeeper(
                            claim, reply.served(), cache.maxAnswerBytes(), cache.showsCreation());
            goesOn = true;
            return switch (reply) {
                case Reply.Whole(var served, var body) ->
                        new Reply.Whole(marked(served), kept.whole(body));
                case Reply.Streamed(var served, var events) ->
                        new Reply.Streamed(marked(served), new KeptStream(events, kept, claim));
            };
        } catch (ProviderException failure) {
            claim.unusable();
            throw failure;
        } finally {
            if (!goesOn) {
                claim.abandoned();
            }
        }
    }

    private static Served marked(Served served) {
        return served.with(Headers.of(HEADER, "miss"));
    }

    /** A stream that is kept while it passes. */
    private record KeptStream(EventStream inner, AnswerKeeper keeper, Claim claim)
            implements EventStream {
        @Override
        public void pushTo(EventSink sink) throws ProviderException, InterruptedException {
            try {
                inner.pushTo(keeper.before(sink));
                keeper.end();
            } catch (ProviderException failure) {
                claim.unusable();
                throw failure;
            }
        }

        @Override
        public void close() {
            claim.abandoned();
            inner.close();
        }
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public OptionalLong countTokens(ProviderCall call)
            throws ProviderException, InterruptedException {
        return inner.countTokens(call);
    }

    @Override
    public boolean searchesWeb(ProviderCall call) {
        return inner.searchesWeb(call);
    }

    @Override
    public List<ModelInfo> models() throws ProviderException, InterruptedException {
        return inner.models();
    }

    @Override
    public void close() {
        inner.close();
    }
}
