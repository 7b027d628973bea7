package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.workspace.TestFiles;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How carefully a changed file should be looked at, and why. Each reason adds points; they are a
 * rule of thumb, and the reasons say what it comes from.
 */
record Risk(int points, List<String> reasons) {
    private static final int HIGH = 6;
    private static final int MEDIUM = 3;

    private static final Pattern DELICATE =
            Pattern.compile(
                    "(?i).*(auth|login|passw|secret|token|crypt|permission|policy|payment|migration|security).*");

    private static final Pattern BUILD =
            Pattern.compile(
                    "(?i)(\\.github/|\\.gitlab-ci|\\.ci/).*|(.*/)?(dockerfile|pom\\.xml|package(-lock)?\\.json|build\\.gradle.*|makefile|requirements.*\\.txt|go\\.(mod|sum)|cargo\\.(toml|lock)|.*\\.tf)");

    private static final Pattern PROSE =
            Pattern.compile("(?i).*\\.(md|txt|rst|adoc)|(.*/)?docs/.*");

    Risk {
        reasons = List.copyOf(reasons);
    }

    /**
     * What is known of a file.
     *
     * @param churn commits of the last half year that changed it
     * @param authors of those commits
     * @param isOwner whether who works now made most of them; true if nobody did
     * @param testTouched whether a test of it changes along with it
     * @param uses places elsewhere that use what it declares
     * @param changedLines of the new ones those that can run; empty if no coverage is known
     * @param coveredLines of those, how many the tests ran
     */
    record Facts(
            FileDiff file,
            int churn,
            int authors,
            boolean isOwner,
            boolean testTouched,
            OptionalInt uses,
            OptionalInt changedLines,
            int coveredLines) {}

    static Risk of(Facts facts) {
        var name = facts.file.file();
        var reasons = new ArrayList<String>();
        boolean isCode = !PROSE.matcher(name).matches() && !TestFiles.isTest(name);
        int points = size(facts, reasons) + churn(facts, reasons);
        if (isCode) {
            points += tests(facts, reasons) + uses(facts, reasons);
        }
        if (isCode && DELICATE.matcher(name).matches()) {
            points += 2;
            reasons.add("its name tells of something delicate");
        }
        if (BUILD.matcher(name).matches()) {
            points += 2;
            reasons.add("it decides how the product is built or what it depends on");
        }
        if (facts.file.status() == 'D' && isCode) {
            points += 1;
            reasons.add("it is deleted");
        }
        if (PROSE.matcher(name).matches()) {
            points = Math.min(points, 1);
        }
        return new Risk(points, reasons);
    }

    private static int size(Facts facts, List<String> reasons) {
        long lines = facts.file.additions() + facts.file.deletions();
        if (facts.file.binary()) {
            reasons.add("it is binary, so nobody sees what has changed");
            return 2;
        }
        if (lines >= 300) {
            reasons.add(lines + " changed lines");
            return 3;
        }
        if (lines >= 100) {
            reasons.add(lines + " changed lines");
            return 2;
        }
        if (lines >= 30) {
            reasons.add(lines + " changed lines");
            return 1;
        }
        return 0;
    }

    private static int churn(Facts facts, List<String> reasons) {
        int points = 0;
        if (facts.churn >= 10) {
            points += facts.churn >= 30 ? 2 : 1;
            reasons.add("changed in " + facts.churn + " commits within half a year");
        }
        if (facts.authors >= 4) {
            points += 1;
            reasons.add(facts.authors + " people have changed it within half a year");
        }
        if (!facts.isOwner) {
            points += 1;
            reasons.add("mostly changed by others than the one who changes it now");
        }
        return points;
    }

    private static int tests(Facts facts, List<String> reasons) {
        if (facts.changedLines.isPresent()) {
            int missed = facts.changedLines.getAsInt() - facts.coveredLines;
            if (missed > 0) {
                reasons.add(
                        "%d of %d changed lines are not covered by tests"
                                .formatted(missed, facts.changedLines.getAsInt()));
                return 2 * missed > facts.changedLines.getAsInt() ? 3 : 2;
            }
            return 0;
        }
        if (!facts.testTouched && facts.file.additions() > 0 && !facts.file.binary()) {
            reasons.add("no test of it changes along, and coverage is not known");
            return 2;
        }
        return 0;
    }

    private static int uses(Facts facts, List<String> reasons) {
        int uses = facts.uses.orElse(0);
        if (uses >= 10) {
            reasons.add("used in " + uses + " other places");
            return uses >= 50 ? 2 : 1;
        }
        return 0;
    }

    String level() {
        return points >= HIGH ? "high" : points >= MEDIUM ? "medium" : "low";
    }

    /** {@code {risk, points, reasons[]}}, added to what is there. */
    JsonObject addTo(JsonObject json) {
        return json.with("risk", level())
                .with("points", points)
                .with("reasons", JsonArray.ofStrings(reasons));
    }
}
