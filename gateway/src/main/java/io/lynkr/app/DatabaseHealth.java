package io.lynkr.app;

import io.lynkr.observability.HealthCheck;
import io.lynkr.store.Database;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks after the database. One that is away costs transcripts and tools, not answers, and every
 * other gateway has the same one: so it never makes a gateway unready.
 *
 * <p>A usual look waits for nothing: it shows what the last one found out, and has the database
 * asked again on another thread. So a probe is one behind, and never late.
 */
final class DatabaseHealth implements HealthCheck {
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final Database database;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Answer answer;

    private record Answer(Finding finding, long at) {}

    DatabaseHealth(Database database) {
        this.database = database;
        this.answer = new Answer(found(Health.HEALTHY), System.nanoTime() - FRESH_NANOS);
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Finding look(boolean deep) {
        if (deep) {
            answer = ask();
        } else if (System.nanoTime() - answer.at >= FRESH_NANOS
                && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().start(this::refresh);
        }
        return answer.finding;
    }

    private void refresh() {
        try {
            answer = ask();
        } finally {
            asking.set(false);
        }
    }

    private Answer ask() {
        long start = System.nanoTime();
        try {
            database.check();
            return answered(found(Health.HEALTHY), start);
        } catch (IOException away) {
            var error = String.valueOf(away.getMessage());
            return answered(found(Health.DEGRADED).with("error", error), start);
        }
    }

    private Finding found(Health health) {
        return new Finding(health).with("kind", database.kind());
    }

    private static Answer answered(Finding finding, long start) {
        long now = System.nanoTime();
        return new Answer(finding.with("latency", (now - start) / 1_000_000), now);
    }
}
