package io.lynkr.observability;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What becomes known of one request on its way, for its log line and its metrics: each room writes
 * down what it alone knows. Safe for many threads, since events pass on the event loop.
 */
public final class RequestFacts {
    private final LongSupplier nanoTime;
    private final long startNanos;

    // All guarded by this.
    private String user = "";
    private String session = "";
    private String agent = "";
    private boolean turn;
    private boolean stream;
    private String provider = "";
    private String model = "";
    private Optional<Duration> firstToken = Optional.empty();
    private Tokens tokens = Tokens.NONE;
    private Optional<BigDecimal> cost = Optional.empty();
    private boolean costIncomplete;
    private int steps;
    private int retries;
    private int toolCalls;
    private Optional<Outcome> outcome = Optional.empty();

    /**
     * Tokens as the Messages API counts them; the whole prompt is the sum of the first three.
     *
     * @param input prompt tokens neither read from nor written to the prompt cache
     */
    public record Tokens(long input, long cacheCreation, long cacheRead, long output) {
        public static final Tokens NONE = new Tokens(0, 0, 0, 0);

        /** All tokens of the prompt. */
        public long prompt() {
            return input + cacheCreation + cacheRead;
        }

        public Tokens plus(Tokens more) {
            return new Tokens(
                    input + more.input,
                    cacheCreation + more.cacheCreation,
                    cacheRead + more.cacheRead,
                    output + more.output);
        }
    }

    /**
     * Begins now.
     *
     * @param nanoTime the monotonic clock, in nanoseconds
     */
    public RequestFacts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /** The facts of the request that the thread works for; outside one, a sheet nobody reads. */
    public static RequestFacts current() {
        return RequestContext.current()
                .map(RequestContext::facts)
                .orElseGet(() -> new RequestFacts(System::nanoTime));
    }

    /** How long the request has taken so far. */
    public Duration took() {
        return Duration.ofNanos(nanoTime.getAsLong() - startNanos);
    }

    /** Whose access token came with the request. */
    public synchronized void calledBy(String name) {
        user = name;
    }

    /** It is a turn of this conversation; an unnamed session or the main agent is empty. */
    public synchronized void isTurnOf(String sessionId, String agentId, boolean streamed) {
        turn = true;
        stream = streamed;
        session = sessionId;
        agent = agentId;
    }

    /** Who answers, or was asked last. */
    public synchronized void asked(String providerName, String modelName) {
        provider = providerName;
        model = modelName;
    }

    /** Something of the answer is there; only the first time counts. */
    public synchronized void firstTokenCame() {
        if (firstToken.isEmpty()) {
            firstToken = Optional.of(took());
        }
    }

    /** One answer of a model is complete. */
    public synchronized void stepDone(Tokens used) {
        steps++;
        tokens = tokens.plus(used);
    }

    /** What a step cost, in US dollars. */
    public synchronized void costs(BigDecimal dollars) {
        cost = Optional.of(cost.map(dollars::add).orElse(dollars));
    }

    /** A step has no known price, so that the sum is not the whole. */
    public synchronized void priceMissing() {
        costIncomplete = true;
    }

    public synchronized void retried() {
        retries++;
    }

    /** A tool ran in the gateway. */
    public synchronized void toolCalled() {
        toolCalls++;
    }

    /** How the request ends; what is said last counts. */
    public synchronized void endsAs(Outcome how) {
        outcome = Optional.of(how);
    }

    public synchronized String user() {
        return user;
    }

    public synchronized String session() {
        return session;
    }

    public synchronized String agent() {
        return agent;
    }

    public synchronized boolean isTurn() {
        return turn;
    }

    public synchronized boolean isStream() {
        return stream;
    }

    public synchronized String provider() {
        return provider;
    }

    public synchronized String model() {
        return model;
    }

    /** From the request's beginning to the first piece of the answer. */
    public synchronized Optional<Duration> timeToFirstToken() {
        return firstToken;
    }

    public synchronized Tokens tokens() {
        return tokens;
    }

    /** The whole cost in US dollars; empty if any part of it is unknown, or nothing was asked. */
    public synchronized Optional<BigDecimal> cost() {
        return costIncomplete ? Optional.empty() : cost;
    }

    public synchronized int steps() {
        return steps;
    }

    public synchronized int retries() {
        return retries;
    }

    public synchronized int toolCalls() {
        return toolCalls;
    }

    public synchronized Optional<Outcome> outcome() {
        return outcome;
    }
}
