package io.lynkr.http;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.Headers;
import io.lynkr.observability.HealthCheck;
import io.lynkr.observability.HealthCheck.Finding;
import io.lynkr.observability.HealthCheck.Health;
import io.lynkr.resilience.Lifecycle;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code GET /health}, {@code /health/live} and {@code /health/ready}. */
final class HealthHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HealthHandler.class);

    private final List<HealthCheck> checks;
    private final Lifecycle lifecycle;
    private final Clock clock;
    private final String version;
    private final long startNanos = System.nanoTime();

    HealthHandler(List<HealthCheck> checks, Lifecycle lifecycle, Clock clock, String version) {
        this.checks = checks;
        this.lifecycle = lifecycle;
        this.clock = clock;
        this.version = version;
    }

    /** Whether dependencies shall really be asked. */
    static boolean isDeep(RequestHead head) {
        return head.parameter("deep").filter(HealthHandler::isYes).isPresent();
    }

    private static boolean isYes(String value) {
        return !value.equals("false") && !value.equals("0");
    }

    /** Answers as long as the process can; looks at nothing. */
    void summary(Exchange exchange) {
        respond(
                exchange,
                200,
                stamped("ok").with("version", version).with("uptime", uptimeSeconds()));
    }

    /** The same for those who restart what does not answer. */
    void live(Exchange exchange) {
        respond(exchange, 200, stamped("alive").with("uptime", uptimeSeconds()));
    }

    /** Whether traffic should be sent here. */
    void ready(Exchange exchange) throws InterruptedException {
        if (!lifecycle.isReady()) {
            var reason = lifecycle.isEnding() ? "shutting_down" : "starting";
            respond(exchange, 503, stamped("not_ready").with("reason", reason));
            return;
        }
        boolean deep = isDeep(exchange.head());
        var worst = Health.HEALTHY;
        var breakdown = JsonObject.EMPTY;
        for (var check : checks) {
            var finding = look(check, deep);
            worst = worst.compareTo(finding.health()) < 0 ? finding.health() : worst;
            breakdown = breakdown.with(check.name(), json(finding));
        }
        var answer = stamped(word(worst));
        if (worst == Health.UNHEALTHY) {
            answer = answer.with("reason", "unhealthy");
        }
        respond(exchange, worst == Health.UNHEALTHY ? 503 : 200, answer.with("checks", breakdown));
    }

    private static String word(Health health) {
        return switch (health) {
            case HEALTHY -> "healthy";
            case DEGRADED -> "degraded";
            case UNHEALTHY -> "not_ready";
        };
    }

    private static Finding look(HealthCheck check, boolean deep) throws InterruptedException {
        try {
            return check.look(deep);
        } catch (RuntimeException broken) {
            // Whatever a check stumbles over is a finding, too; the other checks still count.
            LOG.atWarn().addKeyValue("check", check.name()).setCause(broken).log("a check failed");
            return new Finding(Health.UNHEALTHY).with("error", "the check itself failed");
        }
    }

    private static JsonObject json(Finding finding) {
        var json = JsonObject.EMPTY.with("healthy", finding.health() == Health.HEALTHY);
        for (var fact : finding.facts().entrySet()) {
            json = json.with(fact.getKey(), value(fact.getValue()));
        }
        return json;
    }

    private static JsonValue value(Object fact) {
        return switch (fact) {
            case Boolean bool -> bool ? JsonBool.TRUE : JsonBool.FALSE;
            case Double share ->
                    JsonNumber.of(BigDecimal.valueOf(share).setScale(1, RoundingMode.HALF_UP));
            case Number number -> JsonNumber.of(number.longValue());
            case List<?> list -> JsonArray.copyOf(list.stream().map(HealthHandler::value).toList());
            default -> JsonString.of(fact.toString());
        };
    }

    private JsonObject stamped(String status) {
        return JsonObject.of("status", status)
                .with("timestamp", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    private long uptimeSeconds() {
        return (System.nanoTime() - startNanos) / 1_000_000_000;
    }

    private static void respond(Exchange exchange, int status, JsonObject json) {
        exchange.respondJson(status, Headers.of("cache-control", "no-store"), json.toBytes());
    }
}
