package io.lynkr.tool.test;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.tool.test.CaseResult.Status;

import java.util.List;

/**
 * The results of a run.
 *
 * @param source what they were read from: {@code junit}, {@code tap}, or a runner's name
 * @param cases those that are known by name; a runner may print only those that failed
 */
record TestReport(String source, Counts counts, List<CaseResult> cases) {
    private static final int MOST_SHOWN = 50;

    /** How many tests there were of each kind. */
    record Counts(int passed, int failed, int skipped) {
        int total() {
            return passed + failed + skipped;
        }
    }

    TestReport {
        cases = List.copyOf(cases);
    }

    /** Counted from the cases themselves. */
    static TestReport of(String source, List<CaseResult> cases) {
        return new TestReport(
                source,
                new Counts(
                        count(cases, Status.PASSED),
                        count(cases, Status.FAILED),
                        count(cases, Status.SKIPPED)),
                cases);
    }

    private static int count(List<CaseResult> cases, Status status) {
        return (int) cases.stream().filter(it -> it.status() == status).count();
    }

    /** {@code {source, total, passed, failed, skipped, failures[]}}. */
    JsonObject json() {
        var failures = cases.stream().filter(CaseResult::failed).toList();
        var json =
                JsonObject.of("source", source)
                        .with("total", counts.total())
                        .with("passed", counts.passed())
                        .with("failed", counts.failed())
                        .with("skipped", counts.skipped())
                        .with(
                                "failures",
                                JsonArray.copyOf(
                                        failures.stream()
                                                .limit(MOST_SHOWN)
                                                .map(CaseResult::json)
                                                .toList()));
        return failures.size() > MOST_SHOWN
                ? json.with("more_failures", failures.size() - MOST_SHOWN)
                : json;
    }
}
