package io.lynkr.tool.git;

import io.lynkr.json.JsonObject;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.workspace.GitCommand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads commits. */
final class History {
    private static final Pattern DATE =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:?\\d{2})?)?");
    private static final int FIELDS = 6;

    private History() {}

    /** One of them. */
    record Commit(
            String hash,
            String shortHash,
            String author,
            String date,
            String subject,
            String body) {

        JsonObject json(String hashName) {
            return JsonObject.of(hashName, hash)
                    .with("shortHash", shortHash)
                    .with("author", author)
                    .with("date", date)
                    .with("subject", subject);
        }
    }

    /**
     * Which commits are meant.
     *
     * @param name for people, such as {@code v1.0..HEAD}
     * @param options for {@code git log}
     */
    record Range(String name, List<String> options) {
        Range {
            options = List.copyOf(options);
        }
    }

    /**
     * What a call says about a range. Both ends may be commits, branches, tags or dates.
     *
     * @param since first end, not included; from the beginning if it is absent
     */
    static Range range(Repository repository, Optional<String> since, Optional<String> until)
            throws ToolException, InterruptedException {
        var options = new ArrayList<String>();
        var from = commit(repository, since);
        var to = commit(repository, until);
        if (since.isPresent() && from.isEmpty()) {
            options.add("--since=" + date(since.get()));
        }
        if (until.isPresent() && to.isEmpty()) {
            options.add("--until=" + date(until.get()));
        }
        options.add("--end-of-options");
        options.add(to.orElse("HEAD"));
        from.ifPresent(commit -> options.add("^" + commit));
        var name = since.map(it -> it + "..").orElse("") + until.orElse("HEAD");
        return new Range(name, options);
    }

    private static Optional<String> commit(Repository repository, Optional<String> given)
            throws ToolException, InterruptedException {
        return given.isEmpty() || DATE.matcher(given.get()).matches()
                ? Optional.empty()
                : repository.commit(Repository.revision(given.get()));
    }

    private static String date(String given) throws ToolException {
        if (!DATE.matcher(given).matches()) {
            throw new ToolException(
                    Kind.NOT_FOUND,
                    "'" + given + "' is no commit, branch or tag here, and no date (YYYY-MM-DD)");
        }
        return given;
    }

    /** The last tag before the current commit. */
    static Optional<String> lastTag(Repository repository) throws InterruptedException {
        var run = repository.run(GitCommand.reading("describe", "--tags", "--abbrev=0"));
        return run.succeeded() ? Optional.of(run.out().strip()) : Optional.empty();
    }

    /** The commits of a range, the latest first; none in an empty repository. */
    static List<Commit> commits(Repository repository, Range range, long limit, boolean merges)
            throws ToolException, InterruptedException {
        if (repository.commit("HEAD").isEmpty() && range.options.contains("HEAD")) {
            return List.of();
        }
        var words =
                new ArrayList<>(
                        List.of(
                                "log",
                                "-z",
                                "--no-show-signature",
                                "--max-count=" + limit,
                                "--format=tformat:%H%x00%h%x00%an%x00%aI%x00%s%x00%b"));
        if (!merges) {
            words.add("--no-merges");
        }
        words.addAll(range.options);
        words.add("--");
        var fields = repository.must(GitCommand.reading(words.toArray(String[]::new))).fields();
        var commits = new ArrayList<Commit>();
        for (int i = 0; i + FIELDS <= fields.size(); i += FIELDS) {
            commits.add(
                    new Commit(
                            fields.get(i),
                            fields.get(i + 1),
                            fields.get(i + 2),
                            fields.get(i + 3),
                            fields.get(i + 4),
                            fields.get(i + 5).strip()));
        }
        return commits;
    }
}
