package io.lynkr.tool.test;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * How things go over the runs.
 *
 * @param runs the newest first
 */
record Trends(List<TestRun> runs) {
    private static final int RECENT = 10;
    private static final int MOST_POINTS = 30;

    /**
     * {@code {recent, before, points[]}}: pass rate and mean duration of the last ten runs and of
     * the ten before, and each run from the oldest on.
     */
    JsonObject json() {
        var recent = runs.subList(0, Math.min(RECENT, runs.size()));
        var before = runs.subList(recent.size(), Math.min(2 * RECENT, runs.size()));
        return JsonObject.of("recent", figures(recent))
                .with("before", before.isEmpty() ? JsonNull.NULL : figures(before))
                .with(
                        "points",
                        JsonArray.copyOf(
                                runs.stream().limit(MOST_POINTS).toList().reversed().stream()
                                        .map(Trends::point)
                                        .toList()));
    }

    private static JsonObject figures(List<TestRun> some) {
        long passed = some.stream().filter(TestRun::passed).count();
        long millis = some.stream().mapToLong(run -> run.took().toMillis()).sum();
        return JsonObject.EMPTY
                .with("runs", some.size())
                .with("pass_rate", rate(passed, some.size()))
                .with("mean_duration_ms", some.isEmpty() ? 0 : millis / some.size());
    }

    /** In percent, with one digit. */
    static JsonValue rate(long passed, long all) {
        return all == 0
                ? JsonNull.NULL
                : JsonNumber.of(
                        BigDecimal.valueOf(100 * passed)
                                .divide(BigDecimal.valueOf(all), 1, RoundingMode.HALF_UP));
    }

    private static JsonObject point(TestRun run) {
        return JsonObject.of("at", run.at().toString())
                .with("status", run.status())
                .with("duration_ms", run.took().toMillis())
                .withOptional("tests", run.report().get("total"))
                .withOptional("failed", run.report().get("failed"))
                .withOptional("line_coverage", lineCoverage(run));
    }

    static Optional<JsonValue> lineCoverage(TestRun run) {
        return run.coverage()
                .object("summary")
                .flatMap(it -> it.object("lines"))
                .flatMap(it -> it.get("pct"));
    }
}
