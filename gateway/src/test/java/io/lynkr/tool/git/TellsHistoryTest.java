package io.lynkr.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TellsHistoryTest {

    @Test
    void writesReleaseNotesSinceTheLastTag() {
        try (var git = GitTrial.with()) {
            commit(git, "feat: old news");
            git.files().git("tag", "v1.0");
            commit(git, "feat(api): answer faster");
            commit(git, "fix!: refuse bad input\n\nBREAKING CHANGE: bad input is\nan error now");
            commit(git, "Tidy up");
            commit(git, "docs: explain");

            var notes = git.done("workspace_release_notes", "{}");

            assertThat(notes.string("range")).contains("v1.0..HEAD");
            assertThat(notes.string("notes").orElse("").replaceAll("\\([0-9a-f]{7,}\\)", "(…)"))
                    .isEqualTo(
                            """
                            ## Breaking changes

                            - bad input is an error now (…)

                            ## Features

                            - **api:** answer faster (…)

                            ## Fixes

                            - refuse bad input (…)

                            ## Documentation

                            - explain (…)

                            ## Other changes

                            - Tidy up (…)
                            """);
            assertThat(notes.objects("commits")).hasSize(4);
        }
    }

    @Test
    void writesAChangelogOfWhatUsersSee() {
        try (var git = GitTrial.with()) {
            git.files().git("tag", "v1.0");
            commit(git, "feat: shiny");
            commit(git, "chore: dust");
            commit(git, "Something else");
            git.files().git("tag", "v1.1");

            var log =
                    git.done(
                            "workspace_changelog_generate",
                            "{\"since\":\"v1.0\",\"until\":\"v1.1\"}");

            assertThat(log.string("changelog").orElse("").replaceAll("\\([0-9a-f]{7,}\\)", "(…)"))
                    .isEqualTo(
                            """
                            ## [v1.1] - 2026-01-02

                            ### Added

                            - shiny (…)

                            ### Changed

                            - Something else (…)
                            """);
        }
    }

    @Test
    void lastsInAShortHistory() {
        try (var git = GitTrial.with()) {
            var log = git.done("workspace_changelog_generate", "{}");

            assertThat(log.objects("commits")).hasSize(1);
            assertThat(log.string("changelog").orElse("")).contains("## [Unreleased]", "- Start");
        }
    }

    @Test
    void tellsWhichFilesEachCommitChanged() {
        try (var git = GitTrial.with()) {
            git.files().write("two\nlines.txt", "1\n2\n");
            git.files().git("add", "--all");
            git.files().git("commit", "--quiet", "--message", "Odd");

            var commits = git.done("workspace_diff_by_commit", "{\"limit\":5}").objects("commits");

            assertThat(commits).hasSize(2);
            var file = commits.getFirst().objects("files").getFirst();
            assertThat(file.string("file")).contains("two\nlines.txt");
            assertThat(file.integer("additions")).hasValue(2);
            assertThat(GitTrial.names(commits.getLast(), "files")).contains("README.md");
        }
    }

    @Test
    void takesDatesAndRefusesWhatIsNeither() {
        try (var git = GitTrial.with()) {
            assertThat(
                            git.done("workspace_diff_by_commit", "{\"since\":\"2000-01-01\"}")
                                    .objects("commits"))
                    .hasSize(1);
            assertThat(
                            git.done("workspace_diff_by_commit", "{\"until\":\"2000-01-01\"}")
                                    .objects("commits"))
                    .isEmpty();
            assertThat(
                            git.failed("workspace_diff_by_commit", "{\"since\":\"nothing\"}")
                                    .string("error"))
                    .contains("not_found");
            assertThat(
                            git.failed("workspace_diff_by_commit", "{\"since\":\"--output=x\"}")
                                    .string("error"))
                    .contains("invalid_arguments");
        }
    }

    @Test
    void describesABranchForAPullRequest() {
        try (var git = GitTrial.with()) {
            git.files().git("switch", "--quiet", "--create", "topic");
            git.files().write("src/GreeterTest.java", "test\n");
            git.files().git("add", "--all");
            git.files().git("commit", "--quiet", "--message", "feat: greet twice");

            var template =
                    git.done("workspace_pr_template_generate", "{}").string("template").orElse("");

            assertThat(template)
                    .contains("- greet twice (")
                    .contains("1 files, +1 −0 lines")
                    .contains("## Tests\n\n- `src/GreeterTest.java`");
        }
    }

    @Test
    void describesWhatIsStaged() {
        try (var git = GitTrial.with()) {
            git.files().write("a.txt", "x\n");
            git.done("workspace_git_stage", "{}");

            var result = git.done("workspace_pr_template_generate", "{\"staged\":true}");

            assertThat(result.isTrue("stagedOnly")).isTrue();
            assertThat(result.string("template").orElse(""))
                    .contains("- `a.txt` (new, +1 −0)")
                    .contains("No test files are changed.");
        }
    }

    private static void commit(GitTrial git, String message) {
        git.files().git("commit", "--quiet", "--allow-empty", "--message", message);
    }
}
