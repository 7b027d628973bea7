package io.lynkr.tool.test;

import io.lynkr.tool.test.CaseResult.Status;
import io.lynkr.tool.test.TestReport.Counts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What test runners print for people. It tells less than a report, so a report goes first. */
final class RunnerOutput {
    private static final int LINES_BELOW = 40;

    /**
     * How one of them prints.
     *
     * @param test a line about one test, with the groups {@code name} and {@code word}
     * @param counts sums: numbers in their groups are added up; what matches last counts
     */
    private record Runner(String name, Pattern test, Map<Status, Pattern> counts) {}

    private static final List<Runner> RUNNERS =
            List.of(
                    new Runner(
                            "go",
                            Pattern.compile("^ *--- (?<word>FAIL|PASS|SKIP): (?<name>\\S+) \\(.*"),
                            Map.of()),
                    new Runner(
                            "cargo",
                            Pattern.compile(
                                    "^test (?<name>\\S+) \\.\\.\\. (?<word>ok|FAILED|ignored).*"),
                            Map.of()),
                    new Runner(
                            "pytest",
                            Pattern.compile(
                                    "^(?<word>FAILED|ERROR) (?<name>\\S+[.]py(?:::\\S+)?)(?: -"
                                            + " .*)?$"),
                            counts(
                                    "^=*.*\\b(\\d{1,9}) passed\\b.* in [\\d.]+s.*",
                                    "^=*(?:(?=.*\\b(\\d{1,9}) failed\\b)|)(?:(?=.*\\b(\\d{1,9})"
                                            + " errors?\\b)|).*\\b(?:failed|errors?)\\b.* in"
                                            + " [\\d.]+s.*",
                                    "^=*.*\\b(\\d{1,9}) skipped\\b.* in [\\d.]+s.*")),
                    new Runner(
                            "unittest",
                            Pattern.compile("^(?<word>FAIL|ERROR): (?<name>\\w+ \\([\\w.]+\\))$"),
                            counts(
                                    "^Ran (\\d{1,9}) tests? in .*",
                                    "^FAILED \\((?:failures=(\\d{1,9}))?(?:,"
                                            + " )?(?:errors=(\\d{1,9}))?.*",
                                    "^(?:OK|FAILED) \\(.*skipped=(\\d{1,9}).*")),
                    new Runner(
                            "jest",
                            Pattern.compile("^  ● (?<name>.+(?<word>\\S))$"),
                            counts(
                                    "^Tests:.*\\b(\\d{1,9}) passed.*",
                                    "^Tests:.*\\b(\\d{1,9}) failed.*",
                                    "^Tests:.*\\b(\\d{1,9}) skipped.*")),
                    new Runner(
                            "vitest",
                            Pattern.compile("^ (?<word>FAIL)  (?<name>\\S+ > .+)$"),
                            counts(
                                    "^ +Tests .*\\b(\\d{1,9}) passed.*",
                                    "^ +Tests .*\\b(\\d{1,9}) failed.*",
                                    "^ +Tests .*\\b(\\d{1,9}) skipped.*")),
                    new Runner(
                            "maven",
                            Pattern.compile(
                                    "^\\[ERROR] {2,}(?<name>\\w+[.]\\w+)(?<word>:\\d+| ).*"),
                            counts(
                                    "^\\[\\w+] Tests run: (\\d{1,9}), Failures: \\d+, Errors: \\d+,"
                                            + " Skipped: \\d+$",
                                    "^\\[\\w+] Tests run: \\d+, Failures: (\\d{1,9}), Errors:"
                                            + " (\\d{1,9}), Skipped: \\d+$",
                                    "^\\[\\w+] Tests run: .*, Skipped: (\\d{1,9})$")),
                    new Runner(
                            "gradle",
                            Pattern.compile("^(?<name>\\S.* > .+) (?<word>FAILED|PASSED|SKIPPED)$"),
                            Map.of()),
                    new Runner(
                            "node",
                            Pattern.compile("^✖ (?<name>.+?)(?<word> \\([\\d.]+ms\\))$"),
                            counts(
                                    "^ℹ pass (\\d{1,9})$",
                                    "^ℹ fail (\\d{1,9})$",
                                    "^ℹ skipped (\\d{1,9})$")),
                    new Runner(
                            "mocha",
                            Pattern.compile("^  (?<word>\\d{1,9})\\) (?<name>\\S.*?):?$"),
                            counts(
                                    "^  (\\d{1,9}) passing.*",
                                    "^  (\\d{1,9}) failing.*",
                                    "^  (\\d{1,9}) pending.*")));

    /** These count all tests instead of those that passed. */
    private static final List<String> COUNT_ALL = List.of("unittest", "maven");

    private static final Pattern COLOURS = Pattern.compile("\\u001b\\[[\\d;]*[A-Za-z]");

    private RunnerOutput() {}

    private static Map<Status, Pattern> counts(String passed, String failed, String skipped) {
        return Map.of(
                Status.PASSED, Pattern.compile(passed),
                Status.FAILED, Pattern.compile(failed),
                Status.SKIPPED, Pattern.compile(skipped));
    }

    /** A text without the marks that colour it on a terminal. */
    static String plain(String output) {
        return COLOURS.matcher(output).replaceAll("");
    }

    /** Reads it by the first of the runners that it makes sense for; empty if it does for none. */
    static Optional<TestReport> read(String output, SourceFinder sources) {
        var lines = output.lines().map(String::stripTrailing).toList();
        return RUNNERS.stream()
                .flatMap(runner -> read(runner, lines, sources).stream())
                .findFirst();
    }

    private static Optional<TestReport> read(
            Runner runner, List<String> lines, SourceFinder sources) {
        var cases = new LinkedHashMap<String, CaseResult>();
        var counted = new LinkedHashMap<Status, Integer>();
        for (int at = 0; at < lines.size(); at++) {
            var test = runner.test.matcher(lines.get(at));
            if (test.matches()) {
                var found = result(runner, test, lines, at, sources);
                cases.merge(found.name(), found, RunnerOutput::moreTelling);
            }
            for (var count : runner.counts.entrySet()) {
                var sum = count.getValue().matcher(lines.get(at));
                if (sum.matches()) {
                    counted.put(count.getKey(), sum(sum));
                }
            }
        }
        if (runner.counts.isEmpty()) {
            return cases.isEmpty()
                    ? Optional.empty()
                    : Optional.of(TestReport.of(runner.name, List.copyOf(cases.values())));
        }
        return counted.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TestReport(
                                runner.name, sums(runner, counted), List.copyOf(cases.values())));
    }

    private static int sum(Matcher numbers) {
        int sum = 0;
        for (int group = 1; group <= numbers.groupCount(); group++) {
            sum += numbers.group(group) == null ? 0 : Integer.parseInt(numbers.group(group));
        }
        return sum;
    }

    private static CaseResult moreTelling(CaseResult one, CaseResult other) {
        return one.line() > 0 ? one : other;
    }

    private static Counts sums(Runner runner, Map<Status, Integer> counted) {
        int failed = counted.getOrDefault(Status.FAILED, 0);
        int skipped = counted.getOrDefault(Status.SKIPPED, 0);
        int passed = counted.getOrDefault(Status.PASSED, 0);
        return new Counts(
                COUNT_ALL.contains(runner.name) ? passed - failed - skipped : passed,
                failed,
                skipped);
    }

    private static CaseResult result(
            Runner runner, Matcher test, List<String> lines, int at, SourceFinder sources) {
        var name = test.group("name");
        var status =
                switch (test.group("word")) {
                    case "ok", "PASS", "PASSED" -> Status.PASSED;
                    case "SKIP", "SKIPPED", "ignored" -> Status.SKIPPED;
                    default -> Status.FAILED;
                };
        if (status != Status.FAILED) {
            return CaseResult.of(name, status);
        }
        var below = below(runner, lines, at);
        var message = (lines.get(at).strip() + "\n" + below).strip();
        var result = new CaseResult(name, status, "", 0, message);
        var place = sources.place(message, "").or(() -> elsewhere(name, lines, sources));
        return place.map(result::at).orElse(result);
    }

    private static String below(Runner runner, List<String> lines, int at) {
        int to = at + 1;
        while (to < lines.size()
                && to - at <= LINES_BELOW
                && !runner.test.matcher(lines.get(to)).matches()) {
            to++;
        }
        return String.join("\n", lines.subList(at + 1, to));
    }

    /** Some print the traces first, and the names of what failed at the end. */
    private static Optional<SourceFinder.Place> elsewhere(
            String name, List<String> lines, SourceFinder sources) {
        var file = sources.find(name.replaceFirst("::.*", "").replaceFirst(" > .*", ""));
        var simple = name.substring(Math.max(name.lastIndexOf(':'), name.lastIndexOf('.')) + 1);
        var traces = new ArrayList<String>();
        boolean near = false;
        for (var line : lines) {
            near |= line.contains(simple);
            if (near) {
                traces.add(line);
            }
        }
        var hint = file.orElse("");
        return sources.place(String.join("\n", traces), hint)
                .filter(place -> hint.isEmpty() || place.file().equals(hint))
                .or(() -> file.map(it -> new SourceFinder.Place(it, 0)));
    }
}
