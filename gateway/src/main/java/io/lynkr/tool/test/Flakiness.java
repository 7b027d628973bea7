package io.lynkr.tool.test;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tests that do not give the same answer to the same question: with the very same content they
 * passed and failed, or they changed their mind too often to be believed.
 *
 * @param tests by name, each with the reason
 */
record Flakiness(Map<String, String> tests) {
    /** Broken, mended, broken again and mended again, within the runs that are looked at. */
    private static final int MANY_CHANGES = 4;

    private static final String PASSED = CaseResult.Status.PASSED.word();
    private static final String FAILED = CaseResult.Status.FAILED.word();

    /**
     * Looks at runs of one kind after the other.
     *
     * @param runs the newest first
     */
    static Flakiness in(List<TestRun> runs) {
        var histories = new LinkedHashMap<String, History>();
        for (var run : runs.reversed()) {
            run.cases()
                    .forEach(
                            (name, result) ->
                                    result.asString()
                                            .filter(it -> it.equals(PASSED) || it.equals(FAILED))
                                            .ifPresent(
                                                    it ->
                                                            histories
                                                                    .computeIfAbsent(
                                                                            name,
                                                                            _ -> new History())
                                                                    .add(it, run.content())));
        }
        var flaky = new TreeMap<String, String>();
        histories.forEach((name, history) -> history.reason().ifPresent(it -> flaky.put(name, it)));
        return new Flakiness(flaky);
    }

    JsonArray json() {
        return JsonArray.copyOf(
                tests.entrySet().stream()
                        .map(it -> JsonObject.of("name", it.getKey()).with("reason", it.getValue()))
                        .toList());
    }

    /** What is known of one test, from the oldest run on. */
    private static final class History {
        private final HashSet<String> passedWith = new HashSet<>();
        private final HashSet<String> failedWith = new HashSet<>();
        private String last = "";
        private int changes;
        private int runs;

        void add(String result, Optional<String> content) {
            runs++;
            if (!last.isEmpty() && !last.equals(result)) {
                changes++;
            }
            last = result;
            content.ifPresent((result.equals(PASSED) ? passedWith : failedWith)::add);
        }

        Optional<String> reason() {
            if (passedWith.stream().anyMatch(failedWith::contains)) {
                return Optional.of("passed and failed with the same content");
            }
            return changes >= MANY_CHANGES
                    ? Optional.of("changed its result %d times in %d runs".formatted(changes, runs))
                    : Optional.empty();
        }
    }
}
