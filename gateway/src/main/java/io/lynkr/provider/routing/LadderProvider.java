package io.lynkr.provider.routing;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.ModelInfo;
import io.lynkr.observability.Metrics;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Reply;
import io.lynkr.provider.Served;
import io.lynkr.provider.TokenEstimator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Several backends as one: a request climbs down its ladder until a rung answers. Only what has not
 * begun falls; {@link Provider#send} throws only then.
 */
public final class LadderProvider implements Provider {
    private static final String ROUTE = "x-lynkr-route";

    private final String main;
    private final Ladders ladders;
    private final Map<String, Backend> backends;
    private final TokenEstimator estimator;
    private final Metrics metrics;
    private final SignedThinking thinking;

    /**
     * One backend.
     *
     * @param patient tries again as often as it may; for the last rung
     * @param hasty tries once more at most, since somebody else can be asked
     * @param aliases its own names of models
     */
    public record Backend(Provider patient, Provider hasty, ModelAliases aliases) {}

    /**
     * @param main whom to ask if no rule fits; one of the backends
     * @param backends by name; all that a rung names
     */
    public LadderProvider(
            String main,
            Ladders ladders,
            Map<String, Backend> backends,
            TokenEstimator estimator,
            Metrics metrics) {
        this.main = main;
        this.ladders = ladders;
        this.backends = Map.copyOf(backends);
        this.estimator = estimator;
        this.metrics = metrics;
        this.thinking = new SignedThinking(main);
    }

    /** The main provider's. */
    @Override
    public String name() {
        return main;
    }

    @Override
    public Reply send(ProviderCall call) throws ProviderException, InterruptedException {
        var ladder = ladderOf(call);
        var way = new ArrayList<String>();
        Optional<ProviderException> first = Optional.empty();
        for (int i = 0; i < ladder.rungs().size(); i++) {
            boolean last = i == ladder.rungs().size() - 1;
            var rung = ladder.rungs().get(i);
            try {
                return ask(call, ladder, rung, last, way);
            } catch (ProviderException failure) {
                way.add(rung.provider() + "(" + failure.word() + ")");
                first = first.or(() -> Optional.of(failure));
                if (!Falls.after(failure) || call.deadline().isOver()) {
                    break;
                }
                if (!last) {
                    metrics.routeFell(rung.provider(), failure.word());
                }
            }
        }
        // The first rung is what was asked for; how the others failed stands in the header.
        throw told(first.orElseThrow(), ladder, way);
    }

    private Ladder ladderOf(ProviderCall call) {
        return ladders.of(call.request(), call.headers(), estimator)
                .orElseGet(() -> new Ladder("*", List.of(new Rung(main, Optional.empty()))));
    }

    private Reply ask(
            ProviderCall call, Ladder ladder, Rung rung, boolean last, List<String> failed)
            throws ProviderException, InterruptedException {
        var backend = backend(rung);
        var named = named(call.request(), rung, backend);
        var request = thinking.without(named, rung.provider());
        boolean edited = !request.equals(named);
        var reply = (last ? backend.patient() : backend.hasty()).send(call.withRequest(request));
        var way = new ArrayList<>(failed);
        way.add(rung.provider());
        return switch (reply) {
            case Reply.Whole(var served, var body) -> {
                remember(rung, body);
                yield new Reply.Whole(told(served, ladder, way, edited), body);
            }
            case Reply.Streamed(var served, var events) ->
                    new Reply.Streamed(
                            told(served, ladder, way, edited),
                            new SignatureWatch(events, rung.provider(), thinking));
        };
    }

    private Backend backend(Rung rung) {
        var backend = backends.get(rung.provider());
        if (backend == null) {
            throw new IllegalStateException("no backend is named " + rung.provider());
        }
        return backend;
    }

    private static MessagesRequest named(MessagesRequest request, Rung rung, Backend backend) {
        return rung.model()
                .map(model -> model.equals(request.model()) ? request : request.withModel(model))
                .orElseGet(() -> backend.aliases().applyTo(request));
    }

    private void remember(Rung rung, byte[] message) {
        try {
            JsonObject.parse(message)
                    .objects("content")
                    .forEach(block -> thinking.saw(rung.provider(), block));
        } catch (JsonException unreadable) {
            // Whoever reads the answer will say so.
            return;
        }
    }

    private static Served told(Served served, Ladder ladder, List<String> way, boolean edited) {
        var edits = new ArrayList<>(served.edits());
        if (edited) {
            edits.add(SignedThinking.EDIT);
        }
        return new Served(
                served.provider(),
                served.model(),
                served.headers().and(header(ladder, way)),
                edits,
                served.again());
    }

    private static ProviderException told(
            ProviderException failure, Ladder ladder, List<String> way) {
        return failure.with(header(ladder, way));
    }

    /** {@code sonnet: databricks(http_529) > ollama}. */
    private static Headers header(Ladder ladder, List<String> way) {
        return Headers.of(ROUTE, ladder.when() + ": " + String.join(" > ", way));
    }

    @Override
    public OptionalLong countTokens(ProviderCall call)
            throws ProviderException, InterruptedException {
        var rung = ladderOf(call).rungs().getFirst();
        var backend = backend(rung);
        return backend.patient()
                .countTokens(call.withRequest(named(call.request(), rung, backend)));
    }

    /** Only if every rung does: which of them answers is not known beforehand. */
    @Override
    public boolean searchesWeb(ProviderCall call) {
        return ladderOf(call).rungs().stream()
                .allMatch(
                        rung -> {
                            var backend = backend(rung);
                            var named = named(call.request(), rung, backend);
                            return backend.patient().searchesWeb(call.withRequest(named));
                        });
    }

    @Override
    public List<ModelInfo> models() throws ProviderException, InterruptedException {
        return backend(new Rung(main, Optional.empty())).patient().models();
    }

    @Override
    public void close() {
        backends.values().forEach(backend -> backend.patient().close());
    }
}
