package io.lynkr.http;

import io.lynkr.observability.Metrics;
import io.lynkr.observability.Outcome;
import io.lynkr.observability.RequestFacts;
import io.lynkr.observability.TurnTracer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Follows every request from its head to its end, and then tells the metrics and the log, once, how
 * it ended. The log gets one line for a request: identities, timings and counts, never a body, a
 * query or a header that may hold a secret.
 */
final class RequestJournal {
    /** What did not get as far as a route. */
    static final String NO_ROUTE = "none";

    private static final int CLIENT_LEFT = 499;
    private static final int LONGEST_TEXT = 200;
    private static final Logger LOG = LoggerFactory.getLogger("io.lynkr.request");

    private final Metrics metrics;
    private final TurnTracer tracer;
    private final boolean logs;
    private final LongSupplier nanoTime;

    /**
     * @param logs whether to write lines at all
     * @param nanoTime the monotonic clock
     */
    RequestJournal(Metrics metrics, TurnTracer tracer, boolean logs, LongSupplier nanoTime) {
        this.metrics = metrics;
        this.tracer = tracer;
        this.logs = logs;
        this.nanoTime = nanoTime;
    }

    /** A request's head has come. */
    Entry begin(RequestHead head) {
        metrics.requestStarted();
        return new Entry(head, new RequestFacts(nanoTime));
    }

    /** One request. Used by its event loop and its own thread. */
    final class Entry {
        private final RequestHead head;
        private final RequestFacts facts;

        // All guarded by this.
        private String route = NO_ROUTE;
        private boolean probe;
        private int status;
        private boolean streams;
        private boolean atWork;
        private boolean left;
        private boolean over;
        private Optional<Outcome> ruling = Optional.empty();

        private Entry(RequestHead head, RequestFacts facts) {
            this.head = head;
            this.facts = facts;
        }

        RequestFacts facts() {
            return facts;
        }

        /** It has been let in, and will be answered there. */
        synchronized void routedTo(Routes.Route found) {
            route = found.path();
            probe = found.probe();
        }

        /** Its answer begins with this status. */
        synchronized void answers(int withStatus) {
            status = withStatus;
        }

        /** Its answer is a stream that the client reads. */
        synchronized void streams() {
            streams = true;
            metrics.streamStarted();
        }

        /** It ends like this, whatever its own thread may say. */
        synchronized void rule(Outcome outcome) {
            ruling = Optional.of(outcome);
        }

        /** A thread begins to work for it. */
        synchronized void workBegins() {
            atWork = true;
        }

        /** Its thread has done what it could; all facts are known. */
        synchronized void workEnds() {
            atWork = false;
            if (left) {
                finish();
            }
        }

        /** Its client is gone; what its thread still finds out is waited for. */
        synchronized void clientLeft() {
            if (over || left) {
                return;
            }
            left = true;
            status = CLIENT_LEFT;
            ruling = Optional.of(Outcome.CLIENT_CANCELLED);
            if (!atWork) {
                finish();
            }
        }

        /** The last of its answer is about to be sent. */
        synchronized void answered() {
            finish();
        }

        private void finish() {
            if (over) {
                return;
            }
            over = true;
            var took = facts.took();
            var outcome = ruling.or(facts::outcome).orElseGet(() -> Outcome.ofStatus(status));
            metrics.requestFinished(head.method(), route, status, outcome, took);
            if (streams) {
                metrics.streamFinished();
            }
            if (facts.isTurn()) {
                metrics.turnFinished(
                        outcome,
                        facts.provider(),
                        facts.model(),
                        facts.isStream(),
                        took,
                        facts.timeToFirstToken());
                tracer.finished(facts, outcome, status, took, head.headers().first("traceparent"));
            }
            if (logs) {
                write(outcome, took);
            }
        }

        private void write(Outcome outcome, Duration took) {
            var level = level(outcome);
            if (!LOG.isEnabledForLevel(level)) {
                return;
            }
            var line =
                    LOG.atLevel(level)
                            .addKeyValue("requestId", head.requestId())
                            .addKeyValue("method", shortened(head.method()))
                            .addKeyValue("path", shortened(head.path()))
                            .addKeyValue("status", status)
                            .addKeyValue("outcome", outcome.word())
                            .addKeyValue("durationMs", millis(took))
                            .addKeyValue("client", head.client());
            line = with(line, "userAgent", head.headers().first("user-agent"));
            line = with(line, "user", named(facts.user()));
            if (facts.isTurn()) {
                line = withTurn(line);
            }
            line.log("request");
        }

        private LoggingEventBuilder withTurn(LoggingEventBuilder line) {
            var more = with(line, "session", named(facts.session()));
            more = with(more, "agent", named(facts.agent()));
            more = with(more, "provider", named(facts.provider()));
            more = with(more, "model", named(facts.model()));
            more = with(more, "firstTokenMs", facts.timeToFirstToken().map(RequestJournal::millis));
            more = with(more, "costUsd", facts.cost());
            var tokens = facts.tokens();
            return more.addKeyValue("stream", facts.isStream())
                    .addKeyValue("retries", facts.retries())
                    .addKeyValue("toolCalls", facts.toolCalls())
                    .addKeyValue("inputTokens", tokens.input())
                    .addKeyValue("cacheCreationTokens", tokens.cacheCreation())
                    .addKeyValue("cacheReadTokens", tokens.cacheRead())
                    .addKeyValue("outputTokens", tokens.output());
        }

        private Level level(Outcome outcome) {
            return switch (outcome.fault()) {
                case GATEWAY -> Level.ERROR;
                case UPSTREAM -> Level.WARN;
                case NOBODY, CLIENT, LIMITS -> probe ? Level.DEBUG : Level.INFO;
            };
        }
    }

    private static LoggingEventBuilder with(
            LoggingEventBuilder line, String key, Optional<?> value) {
        return value.isPresent() ? line.addKeyValue(key, shown(value.get())) : line;
    }

    private static Object shown(Object value) {
        return value instanceof String text ? shortened(text) : value;
    }

    private static Optional<String> named(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 10_000.0) / 100.0;
    }
}
