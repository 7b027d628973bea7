package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonObject;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.workspace.GitCommand;
import io.lynkr.workspace.TestFiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code workspace_pr_template_generate}: a description for a pull request, filled with facts. */
final class PrTemplateTool implements Tool {
    private static final int MOST_COMMITS = 100;
    private static final int MOST_FILES = 50;
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_pr_template_generate",
                    GitTools.FAMILY,
                    "Writes a description for a pull request in Markdown: what the commits of this"
                            + " branch say, the files they change, whether tests are among them,"
                            + " and a list of what to check.",
                    List.of(
                            Parameter.flag(
                                    "staged",
                                    "Whether to describe what is staged instead of the branch's"
                                            + " commits; false by default."),
                            Parameter.text(
                                    "base",
                                    "The branch to merge into; the remote's main branch, main or"
                                            + " master by default.")),
                    ToolSpec.Effect.READS);

    private final Repository repository;

    PrTemplateTool(Repository repository) {
        this.repository = repository;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) {
        boolean staged = arguments.flag("staged", false);
        return Plan.to(new Action.GitRead("log"), () -> staged ? staged() : branch(arguments));
    }

    private ToolResult staged() throws ToolException, InterruptedException {
        var files = Differ.of(repository, true, 0).files(Optional.empty());
        return result(true, "", List.of(), files);
    }

    private ToolResult branch(Arguments arguments) throws ToolException, InterruptedException {
        var given = arguments.text("base");
        var base = given.isPresent() ? given : usualBase();
        if (base.isEmpty()) {
            throw new ToolException(
                    Kind.NOT_FOUND, "it is not known what to merge into; give 'base'");
        }
        var into = repository.knownCommit(base.get());
        var head = repository.knownCommit("HEAD");
        var common = repository.run(GitCommand.reading("merge-base", into, head));
        if (!common.succeeded()) {
            throw new ToolException(
                    Kind.CONFLICT, "'" + base.get() + "' and this branch have nothing in common");
        }
        var commits =
                History.commits(
                        repository,
                        new History.Range("", List.of(head, "^" + into)),
                        MOST_COMMITS,
                        false);
        var files =
                new Differ(repository, List.of(common.out().strip(), head), 0, false)
                        .files(Optional.empty());
        return result(
                false,
                base.get(),
                commits.reversed().stream().map(ConventionalCommit::of).toList(),
                files);
    }

    private Optional<String> usualBase() throws InterruptedException {
        for (var name : List.of("origin/HEAD", "main", "master", "origin/main", "origin/master")) {
            if (repository.commit(name).isPresent()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static ToolResult result(
            boolean staged, String base, List<ConventionalCommit> commits, List<FileDiff> files) {
        return ToolResult.json(
                JsonObject.of("stagedOnly", JsonBool.of(staged))
                        .with("base", base)
                        .with(
                                "files",
                                JsonArray.ofStrings(files.stream().map(FileDiff::file).toList()))
                        .with("template", template(commits, files)));
    }

    private static String template(List<ConventionalCommit> commits, List<FileDiff> files) {
        var parts = new ArrayList<String>();
        parts.add("## Summary\n\n" + summary(commits, files));
        parts.add("## Changes\n\n" + changes(files));
        parts.add("## Tests\n\n" + tests(files));
        var breaking =
                commits.stream()
                        .flatMap(it -> it.breaking().stream())
                        .map(what -> "- " + what)
                        .collect(Collectors.joining("\n"));
        if (!breaking.isEmpty()) {
            parts.add("## Breaking changes\n\n" + breaking);
        }
        parts.add(
                """
                ## Checklist

                - [ ] Tests cover the change and pass
                - [ ] Documentation and change log say what users need to know
                - [ ] No secrets or personal data are in the diff
                """
                        .strip());
        return String.join("\n\n", parts) + "\n";
    }

    private static String summary(List<ConventionalCommit> commits, List<FileDiff> files) {
        if (!commits.isEmpty()) {
            return commits.stream()
                    .map(ConventionalCommit::entry)
                    .collect(Collectors.joining("\n"));
        }
        return files.isEmpty() ? "Nothing has changed." : "- ";
    }

    private static String changes(List<FileDiff> files) {
        long additions = files.stream().mapToLong(FileDiff::additions).sum();
        long deletions = files.stream().mapToLong(FileDiff::deletions).sum();
        var lines = new ArrayList<String>();
        lines.add("%d files, +%d −%d lines".formatted(files.size(), additions, deletions));
        lines.add("");
        files.stream()
                .limit(MOST_FILES)
                .forEach(
                        file ->
                                lines.add(
                                        "- `%s` (%s, +%d −%d)"
                                                .formatted(
                                                        file.file(),
                                                        verb(file.status()),
                                                        file.additions(),
                                                        file.deletions())));
        if (files.size() > MOST_FILES) {
            lines.add("- and %d more".formatted(files.size() - MOST_FILES));
        }
        return String.join("\n", lines);
    }

    private static String verb(char status) {
        return switch (status) {
            case 'A' -> "new";
            case 'D' -> "deleted";
            case 'R' -> "renamed";
            case 'C' -> "copied";
            default -> "changed";
        };
    }

    private static String tests(List<FileDiff> files) {
        var tests = files.stream().filter(file -> TestFiles.isTest(file.file())).toList();
        return tests.isEmpty()
                ? "No test files are changed."
                : tests.stream()
                        .map(file -> "- `" + file.file() + "`")
                        .collect(Collectors.joining("\n"));
    }
}
