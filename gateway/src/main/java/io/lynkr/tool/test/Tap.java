package io.lynkr.tool.test;

import io.lynkr.tool.test.CaseResult.Status;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Test Anything Protocol, versions 12 to 14: {@code ok 1 - name # SKIP why}, with diagnostics
 * below and subtests by four blanks each. A subtest's name has those of its parents in front, and
 * parents do not count themselves.
 */
final class Tap {
    private static final Pattern POINT =
            Pattern.compile(
                    "^( *)(not )?ok\\b *(\\d*)(?: *-)? *(.*?)(?: +# *(SKIP|TODO)\\b.*)?$",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern PLAN = Pattern.compile("(?m)^1\\.\\.\\d+");
    private static final Pattern SUBTEST = Pattern.compile("^( *)# Subtest:? *(.*)$");
    private static final Pattern LOCATION =
            Pattern.compile("(?m)^ *(?:location|at|file): *['\"]?(.*?)['\"]?$");
    private static final Pattern LINE = Pattern.compile("(?m)^ *line: *(\\d{1,7})");
    private static final int INDENT = 4;

    private final SourceFinder sources;
    private final List<CaseResult> cases = new ArrayList<>();

    /** Names of the subtests that are being told, the innermost last. */
    private final Deque<String> parents = new ArrayDeque<>();

    private Tap(SourceFinder sources) {
        this.sources = sources;
    }

    /** Reads what a run printed; empty if it is no TAP. */
    static Optional<TestReport> read(String output, SourceFinder sources) {
        if (!PLAN.matcher(output).find() && !output.startsWith("TAP version")) {
            return Optional.empty();
        }
        var tap = new Tap(sources);
        tap.read(output.lines().toList());
        return tap.cases.isEmpty()
                ? Optional.empty()
                : Optional.of(TestReport.of("tap", tap.cases));
    }

    private void read(List<String> lines) {
        for (int at = 0; at < lines.size(); at++) {
            var subtest = SUBTEST.matcher(lines.get(at));
            if (subtest.matches()) {
                leaveTo(subtest.group(1).length() / INDENT);
                parents.addLast(subtest.group(2));
                continue;
            }
            var point = POINT.matcher(lines.get(at));
            if (point.matches()) {
                int depth = point.group(1).length() / INDENT;
                boolean isParent = parents.size() == depth + 1 && hasCasesOf(parents);
                leaveTo(depth);
                if (!isParent) {
                    add(
                            point.group(2) != null,
                            point.group(4),
                            point.group(5) != null,
                            below(lines, at + 1));
                }
            }
        }
    }

    private void leaveTo(int depth) {
        while (parents.size() > depth) {
            parents.removeLast();
        }
    }

    private boolean hasCasesOf(Deque<String> names) {
        var prefix = String.join(" > ", names) + " > ";
        return !cases.isEmpty() && cases.getLast().name().startsWith(prefix);
    }

    private static String below(List<String> lines, int from) {
        int to = from;
        while (to < lines.size()
                && !POINT.matcher(lines.get(to)).matches()
                && !SUBTEST.matcher(lines.get(to)).matches()) {
            to++;
        }
        return String.join("\n", lines.subList(from, to));
    }

    private void add(boolean failed, String name, boolean excused, String below) {
        var path = new ArrayList<>(parents);
        path.add(name.isEmpty() ? "test " + (cases.size() + 1) : name);
        var status = excused ? Status.SKIPPED : failed ? Status.FAILED : Status.PASSED;
        var message = status == Status.FAILED ? below.strip() : "";
        var result = new CaseResult(String.join(" > ", path), status, "", 0, message);
        cases.add(failed && !excused ? place(below).map(result::at).orElse(result) : result);
    }

    private Optional<SourceFinder.Place> place(String below) {
        var location = LOCATION.matcher(below);
        if (location.find()) {
            var told = location.group(1);
            var line = LINE.matcher(below);
            var file = sources.find(told);
            if (file.isPresent() && line.find()) {
                return Optional.of(
                        new SourceFinder.Place(file.get(), Integer.parseInt(line.group(1))));
            }
            var place = sources.place(told, "");
            if (place.isPresent()) {
                return place;
            }
        }
        return sources.place(below, "");
    }
}
