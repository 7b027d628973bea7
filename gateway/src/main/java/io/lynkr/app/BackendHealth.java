package io.lynkr.app;

import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.observability.HealthCheck;
import io.lynkr.provider.Guards;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Reply;
import io.lynkr.resilience.Circuit;
import io.lynkr.resilience.Deadline;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks after the backend: by its circuit breakers, or by a question of one token. What was
 * answered holds for a while, so that eager probes cost nothing.
 */
final class BackendHealth implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long FRESH_NANOS = Duration.ofSeconds(15).toNanos();

    private final Provider provider;
    private final String model;
    private final Guards guards;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private Finding answer = new Finding(Health.HEALTHY);
    private long answeredAt = System.nanoTime() - FRESH_NANOS;

    /**
     * @param provider without the guards, which would answer for it, or be answered for
     * @param model whom to ask
     */
    BackendHealth(Provider provider, String model, Guards guards) {
        this.provider = provider;
        this.model = model;
        this.guards = guards;
    }

    @Override
    public String name() {
        return "backend";
    }

    @Override
    public Finding look(boolean deep) throws InterruptedException {
        return deep ? askedLately() : byCircuits();
    }

    /** A backend that fails is a pity, but another copy of this gateway has the same one. */
    private Finding byCircuits() {
        var circuits = guards.circuits().get(provider.name());
        var state = circuits == null ? Circuit.CLOSED : circuits.overall().state();
        return new Finding(state == Circuit.OPEN ? Health.DEGRADED : Health.HEALTHY)
                .with("provider", provider.name())
                .with("circuit", state);
    }

    private Finding askedLately() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (System.nanoTime() - answeredAt >= FRESH_NANOS) {
                answer = ask();
                answeredAt = System.nanoTime();
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private Finding ask() throws InterruptedException {
        long start = System.nanoTime();
        try {
            read(provider.send(question()));
            return asked(Health.HEALTHY, start);
        } catch (ProviderException failure) {
            return asked(Health.UNHEALTHY, start).with("error", failure.error().message());
        }
    }

    private Finding asked(Health health, long start) {
        return new Finding(health)
                .with("provider", provider.name())
                .with("model", model)
                .with("latency", (System.nanoTime() - start) / 1_000_000);
    }

    private ProviderCall question() {
        var body =
                JsonObject.parse(
                                """
                                {"max_tokens":1,"messages":[{"role":"user","content":"ping"}]}
                                """)
                        .with("model", model);
        return new ProviderCall(
                MessagesRequest.parse(body.toBytes()),
                Headers.NONE,
                Deadline.after(PATIENCE),
                "health");
    }

    /** One token in one piece needs no reading; a stream is given up. */
    private static void read(Reply reply) {
        if (reply instanceof Reply.Streamed(_, var events)) {
            events.close();
        }
    }
}
