package io.lynkr.tool.git;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a commit says about itself, by the rules of conventionalcommits.org if it keeps to them.
 *
 * @param type such as {@code feat}, in lower case; empty if the commit does not say
 * @param what happened, without type and scope
 * @param breaking what breaks for users, if anything does
 */
record ConventionalCommit(
        History.Commit commit,
        String type,
        Optional<String> scope,
        String what,
        Optional<String> breaking) {
    private static final Pattern SUBJECT =
            Pattern.compile("(\\p{Alpha}[\\p{Alpha}-]*)(?:\\(([^()]*)\\))?(!)?: +(.+)");
    private static final Pattern BREAKING =
            Pattern.compile("(?m)^BREAKING[ -]CHANGE: +(.+(?:\\n(?![\\w-]+: ).+)*)");
    private static final Pattern REVERT = Pattern.compile("Revert \"(.*)\"");

    static ConventionalCommit of(History.Commit commit) {
        var footer = BREAKING.matcher(commit.body());
        Optional<String> breaking =
                footer.find()
                        ? Optional.of(footer.group(1).replace("\n", " ").strip())
                        : Optional.empty();
        var subject = SUBJECT.matcher(commit.subject());
        if (!subject.matches()) {
            var revert = REVERT.matcher(commit.subject());
            var type = revert.matches() ? "revert" : "";
            return new ConventionalCommit(
                    commit, type, Optional.empty(), commit.subject(), breaking);
        }
        var what = subject.group(4);
        boolean marked = subject.group(3) != null;
        return new ConventionalCommit(
                commit,
                subject.group(1).toLowerCase(Locale.ROOT),
                Optional.ofNullable(subject.group(2)).filter(scope -> !scope.isBlank()),
                what,
                breaking.or(() -> marked ? Optional.of(what) : Optional.empty()));
    }

    /** As an entry of a list in Markdown. */
    String entry() {
        return "- %s%s (%s)"
                .formatted(
                        scope.map(it -> "**" + it + ":** ").orElse(""), what, commit.shortHash());
    }
}
