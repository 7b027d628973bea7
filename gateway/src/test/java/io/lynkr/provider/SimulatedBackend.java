package io.lynkr.provider;

import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.testing.VirtualTime;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A backend in virtual time that has good and bad hours, and keeps book of how it is treated. */
final class SimulatedBackend implements Provider {
    static final Duration FIRST_BYTE = Duration.ofSeconds(20);
    private static final int SMALL = 8;
    private static final double RATE = 1.2;
    private static final double MOST_SAVED = 6;

    /** How the backend is. */
    enum Weather {
        FINE,
        ERRORS,
        REFUSING,
        FLAPPING,
        THROTTLED_BRIEFLY,
        THROTTLED,
        SLOW,
        HANGING,
        CUTTING,
        SMALL
    }

    private final VirtualTime time;
    private final Random random;
    private final Supplier<Weather> weather;
    private final Predicate<String> isTrying;
    private final Map<String, Integer> callsOf = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Map<String, Integer> probes = new HashMap<>();
    private final List<String> misdeeds = new ArrayList<>();
    private final Map<String, Double> allowance = new HashMap<>();
    private final Map<String, Double> filledAt = new HashMap<>();
    private int underWay;
    private int refusals;

    /**
     * @param isTrying whether the circuit breaker of a model is half-open at the moment
     */
    SimulatedBackend(
            VirtualTime time,
            Random random,
            Supplier<Weather> weather,
            Predicate<String> isTrying) {
        this.time = time;
        this.random = random;
        this.weather = weather;
        this.isTrying = isTrying;
    }

    /** How often it was asked on behalf of one request. */
    int callsOf(String requestId) {
        return callsOf.getOrDefault(requestId, 0);
    }

    /** What nobody should do to a backend, in words. */
    List<String> misdeeds() {
        return misdeeds;
    }

    int underWay() {
        return underWay;
    }

    /** How often it said that it was too small. */
    int refusals() {
        return refusals;
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public Reply send(ProviderCall call) throws ProviderException, InterruptedException {
        callsOf.merge(call.requestId(), 1, Integer::sum);
        if (begun.contains(call.requestId())) {
            misdeeds.add(call.requestId() + " was asked again after its first event");
        }
        if (call.deadline().isOver()) {
            misdeeds.add(call.requestId() + " was asked after its deadline");
        }
        var model = call.request().model();
        boolean probe = isTrying.test(model);
        if (probe && probes.merge(model, 1, Integer::sum) > 1) {
            misdeeds.add("two probes of " + model + " at " + time.elapsed());
        }
        underWay++;
        boolean goesOn = false;
        try {
            var reply = answer(call);
            goesOn = reply instanceof Reply.Streamed;
            return reply;
        } finally {
            if (probe) {
                probes.merge(model, -1, Integer::sum);
            }
            underWay -= goesOn ? 0 : 1;
        }
    }

    private Reply answer(ProviderCall call) throws ProviderException, InterruptedException {
        switch (weather.get()) {
            case ERRORS -> {
                pass(call, between(10, 50));
                throw status(500, Headers.NONE);
            }
            case REFUSING ->
                    throw new ProviderException(
                            Cause.UNREACHABLE, ApiError.api(502, "the connection was refused"));
            case FLAPPING -> {
                if (time.elapsed().toSeconds() % 7 < 2) {
                    throw status(503, Headers.NONE);
                }
            }
            case THROTTLED_BRIEFLY -> throttle(call, "3");
            case THROTTLED -> throttle(call, "30");
            case SLOW -> pass(call, between(8_000, 18_000));
            case HANGING -> {
                pass(call, FIRST_BYTE);
                throw new ProviderException(Cause.TIMEOUT, ApiError.timeout("no first byte"));
            }
            case SMALL -> {
                if (underWay > SMALL) {
                    refusals++;
                    throw status(529, Headers.NONE);
                }
            }
            case FINE, CUTTING -> {}
        }
        pass(call, between(100, 400));
        var served = new Served(name(), call.request().model(), Headers.NONE, List.of());
        if (random.nextInt(5) == 0) {
            pass(call, between(1_000, 3_000));
            return new Reply.Whole(served, "{}".getBytes(StandardCharsets.UTF_8));
        }
        begun.add(call.requestId());
        return new Reply.Streamed(served, new Stream(call));
    }

    /** So many calls a second for each model, of which a few may be saved up. */
    private void throttle(ProviderCall call, String retryAfter) throws ProviderException {
        var model = call.request().model();
        double now = time.elapsed().toMillis() / 1_000.0;
        double since = now - filledAt.getOrDefault(model, now);
        double left = Math.min(MOST_SAVED, allowance.getOrDefault(model, 0.0) + since * RATE);
        filledAt.put(model, now);
        allowance.put(model, left < 1 ? left : left - 1);
        if (left < 1) {
            throw status(429, Headers.of("retry-after", retryAfter));
        }
    }

    private Duration between(int fewest, int most) {
        return Duration.ofMillis(random.nextInt(fewest, most));
    }

    /** Time passes, but not beyond the call's deadline: the real client does not wait longer. */
    private void pass(ProviderCall call, Duration duration)
            throws ProviderException, InterruptedException {
        var left = call.deadline().remaining();
        if (left.compareTo(duration) < 0) {
            time.sleep(left);
            throw new ProviderException(Cause.TIMEOUT, ApiError.timeout("the deadline is over"));
        }
        time.sleep(duration);
    }

    private static ProviderException status(int status, Headers headers) {
        return new ProviderException(
                Cause.STATUS,
                new ApiError(status, ApiError.typeFor(status), "the backend says so"),
                headers,
                Optional.empty());
    }

    private final class Stream implements EventStream {
        private final ProviderCall call;
        private boolean closed;

        Stream(ProviderCall call) {
            this.call = call;
        }

        @Override
        public void pushTo(EventSink sink) throws ProviderException, InterruptedException {
            for (int i = 0; i < 2; i++) {
                sink.event(StreamEvent.of(JsonObject.of("type", "content_block_delta")));
                pass(call, between(500, 2_000));
                if (breaksOff()) {
                    throw new ProviderException(Cause.CUT, ApiError.api(502, "cut"));
                }
            }
            sink.event(StreamEvent.of(JsonObject.of("type", "message_stop")));
        }

        private boolean breaksOff() {
            return switch (weather.get()) {
                case ERRORS, REFUSING -> true;
                case CUTTING -> random.nextInt(3) > 0;
                default -> false;
            };
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                underWay--;
            }
        }
    }

    @Override
    public OptionalLong countTokens(ProviderCall call) {
        return OptionalLong.empty();
    }

    @Override
    public List<ModelInfo> models() {
        return List.of();
    }

    @Override
    public void close() {}
}
