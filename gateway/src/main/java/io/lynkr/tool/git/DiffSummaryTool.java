package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.workspace.GitCommand;
import io.lynkr.workspace.TestFiles;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** {@code workspace_diff_summary}: what has changed, and how risky each file's change is. */
final class DiffSummaryTool implements Tool {
    private static final int USUAL_CONTEXT = 3;
    private static final int MOST_FILES = 200;
    private static final int PREVIEW = 6_000;
    private static final int LONGEST_PREVIEW = 40_000;

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_diff_summary",
                    GitTools.FAMILY,
                    "Sums up what has changed and tells the risk of each file's change with its"
                            + " reasons: size, churn, tests, owners, uses, coverage of the changed"
                            + " lines. These are facts; workspace_diff_review asks a model.",
                    DiffScope.parameters(
                            USUAL_CONTEXT,
                            Parameter.number(
                                    "max_chars",
                                    0,
                                    LONGEST_PREVIEW,
                                    "Characters of the diff itself; 6000 by default."),
                            Parameter.text("model", "Not needed; no model is asked.")),
                    ToolSpec.Effect.READS);

    private final Repository repository;
    private final References references;
    private final CoveredLines coverage;

    DiffSummaryTool(Repository repository, References references, CoveredLines coverage) {
        this.repository = repository;
        this.references = references;
        this.coverage = coverage;
    }

    /** A file with its risk. */
    private record Judged(FileDiff file, Risk risk) {}

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var scope = DiffScope.of(repository, arguments, USUAL_CONTEXT);
        int preview = (int) arguments.number("max_chars", PREVIEW);
        return scope.plan(() -> run(scope, preview));
    }

    private ToolResult run(DiffScope scope, int preview)
            throws ToolException, InterruptedException {
        var changes = scope.changes();
        var judged = judge(changes.files());
        var untracked = repository.status().untracked().stream().limit(MOST_FILES).toList();
        var json =
                scope.json()
                        .with("summary", summary(changes.files(), judged, untracked))
                        .with(
                                "perFile",
                                JsonArray.copyOf(
                                        judged.stream()
                                                .limit(MOST_FILES)
                                                .map(it -> it.risk.addTo(it.file.json()))
                                                .toList()))
                        .with("risks", JsonArray.ofStrings(risks(judged)))
                        .with("tests", tests(changes.files()))
                        .with("followups", JsonArray.ofStrings(followups(judged, untracked)))
                        .with("untracked", JsonArray.ofStrings(untracked))
                        .with("diffPreview", preview(changes.files(), preview));
        return ToolResult.json(
                changes.withheld().isEmpty()
                        ? json
                        : json.with("withheld", JsonArray.ofStrings(changes.withheld())));
    }

    private List<Judged> judge(List<FileDiff> files) throws ToolException, InterruptedException {
        var names = files.stream().flatMap(FileDiff::names).collect(Collectors.toSet());
        var history = FileHistory.of(repository, names);
        var user = repository.run(GitCommand.reading("config", "user.name"));
        var me = user.succeeded() ? user.out().strip() : "";
        var coverages = coverage.now();
        var judged = new ArrayList<Judged>();
        for (var file : files) {
            var before = file.from().orElse(file.file());
            var covered = coverages.getOrDefault(file.file(), Map.of());
            var added =
                    file.added().stream()
                            .map(line -> covered.get((int) line.number()))
                            .filter(Objects::nonNull)
                            .toList();
            judged.add(
                    new Judged(
                            file,
                            Risk.of(
                                    new Risk.Facts(
                                            file,
                                            history.churn(before),
                                            history.authors(before).size(),
                                            history.owner(before).map(me::equals).orElse(true),
                                            files.stream()
                                                    .anyMatch(
                                                            it ->
                                                                    TestFiles.isTest(it.file())
                                                                            && TestFiles.isOf(
                                                                                    it.file(),
                                                                                    file.file())),
                                            references.to(file.file()),
                                            covered.isEmpty()
                                                    ? OptionalInt.empty()
                                                    : OptionalInt.of(added.size()),
                                            (int) added.stream().filter(it -> it).count()))));
        }
        judged.sort(
                Comparator.comparingInt((Judged it) -> -it.risk.points())
                        .thenComparing(it -> it.file.file()));
        return judged;
    }

    private static String summary(
            List<FileDiff> files, List<Judged> judged, List<String> untracked) {
        if (files.isEmpty()) {
            return untracked.isEmpty()
                    ? "Nothing has changed."
                    : untracked.size() + " files are new and not staged; nothing else has changed.";
        }
        long additions = files.stream().mapToLong(FileDiff::additions).sum();
        long deletions = files.stream().mapToLong(FileDiff::deletions).sum();
        long high = judged.stream().filter(it -> it.risk.level().equals("high")).count();
        return "%d files, +%d −%d lines; %d of high risk."
                .formatted(files.size(), additions, deletions, high);
    }

    private static List<String> risks(List<Judged> judged) {
        return judged.stream()
                .filter(it -> !it.risk.level().equals("low"))
                .map(
                        it ->
                                "%s (%s): %s"
                                        .formatted(
                                                it.file.file(),
                                                it.risk.level(),
                                                String.join("; ", it.risk.reasons())))
                .limit(MOST_FILES)
                .toList();
    }

    private static JsonArray tests(List<FileDiff> files) {
        return JsonArray.ofStrings(
                files.stream().map(FileDiff::file).filter(TestFiles::isTest).toList());
    }

    private static List<String> followups(List<Judged> judged, List<String> untracked) {
        var todo = new ArrayList<String>();
        judged.stream()
                .filter(it -> it.risk.reasons().stream().anyMatch(why -> why.contains("test")))
                .limit(MOST_FILES)
                .forEach(it -> todo.add("test the change of " + it.file.file()));
        if (!untracked.isEmpty()) {
            todo.add("stage the new files, or let git ignore them");
        }
        return todo;
    }

    private static String preview(List<FileDiff> files, int most) {
        var diff = files.stream().map(FileDiff::patch).collect(Collectors.joining());
        return diff.length() <= most
                ? diff
                : diff.substring(0, diff.lastIndexOf('\n', most) + 1)
                        + "[the rest is left out; workspace_diff shows it]\n";
    }
}
