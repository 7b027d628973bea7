package io.lynkr.tool.git;

import static io.lynkr.tool.git.GitTrial.names;
import static io.lynkr.tool.git.GitTrial.texts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.testing.TempWorkspace;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

class StagesAndCommitsTest {
    private static final List<String> ODD_NAMES =
            List.of(
                    "with blank.txt",
                    "\"quoted\".txt",
                    "two\nlines.txt",
                    "tab\there.txt",
                    "Größe.txt",
                    "日本.txt",
                    "-rf",
                    "--all",
                    ":(top)magic",
                    "star*.txt",
                    " leading",
                    "back\\slash",
                    "deep/er/\"fil e\"");

    @Test
    void tellsWhichFilesAreStagedChangedAndUntracked() {
        try (var git = GitTrial.with()) {
            git.files().write("README.md", "changed\n");
            git.files().write("staged.txt", "new\n");
            git.files().git("add", "staged.txt");
            git.files().write("untracked.txt", "new\n");

            var status = git.done("workspace_git_status", "{}");

            assertThat(names(status, "staged")).containsExactly("staged.txt");
            assertThat(names(status, "unstaged")).containsExactly("README.md");
            assertThat(texts(status, "untracked")).containsExactly("untracked.txt");
            assertThat(status.string("branch")).contains("main");
            assertThat(status.string("raw"))
                    .hasValue(" M README.md\nA  staged.txt\n?? untracked.txt\n");
        }
    }

    @Test
    void carriesNamesOfAnyKindThroughStageCommitAndDiff() {
        try (var git = GitTrial.with()) {
            ODD_NAMES.forEach(name -> git.files().write(name, "one\n"));

            assertThat(texts(git.done("workspace_git_status", "{}"), "untracked"))
                    .containsExactlyInAnyOrderElementsOf(ODD_NAMES);

            for (var name : ODD_NAMES) {
                git.done(
                        git.call(
                                "workspace_git_stage",
                                JsonObject.of("paths", JsonArray.ofStrings(List.of(name)))));
            }
            var staged = git.done("workspace_git_status", "{}");
            assertThat(names(staged, "staged")).containsExactlyInAnyOrderElementsOf(ODD_NAMES);

            var diff = git.done("workspace_diff", "{\"staged\":true}");
            assertThat(names(diff, "files")).containsExactlyInAnyOrderElementsOf(ODD_NAMES);
            assertThat(diff.object("totals").orElseThrow().integer("additions"))
                    .hasValue(ODD_NAMES.size());

            git.done("workspace_git_unstage", "{}");
            assertThat(texts(git.done("workspace_git_status", "{}"), "untracked"))
                    .containsExactlyInAnyOrderElementsOf(ODD_NAMES);

            git.done("workspace_git_stage", "{}");
            git.done("workspace_git_commit", "{\"message\":\"Odd\"}");
            assertThat(git.files().git("ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0"))
                    .contains(ODD_NAMES.toArray(String[]::new));
        }
    }

    @Test
    void showsOnlyTheDiffOfThePathAskedFor() {
        try (var git = GitTrial.with()) {
            git.files().write("star*.txt", "a\n");
            git.files().write("starship.txt", "b\n");
            git.files().git("add", "--all");

            var diff = git.done("workspace_diff", "{\"staged\":true,\"path\":\"star*.txt\"}");

            assertThat(names(diff, "files")).containsExactly("star*.txt");
            assertThat(diff.string("diff").orElse("")).contains("+a").doesNotContain("+b");
        }
    }

    @Test
    void leavesOutWholeFilesRatherThanCutOne() {
        try (var git = GitTrial.with()) {
            git.files().write("a.txt", "short\n");
            git.files().write("b.txt", "long\n".repeat(20_000));
            git.files().write("c.txt", "short too\n");
            git.files().git("add", "--all");

            var diff = git.done("workspace_diff", "{\"staged\":true}");

            assertThat(texts(diff, "omitted")).containsExactly("b.txt");
            assertThat(diff.string("diff").orElse(""))
                    .contains("+short\n", "+short too\n")
                    .doesNotContain("long");
            assertThat(diff.object("totals").orElseThrow().integer("additions")).hasValue(20_002);
        }
    }

    @Test
    void followsARename() {
        try (var git = GitTrial.with()) {
            git.files().git("mv", "README.md", "read me.md");

            var status = git.done("workspace_git_status", "{}");
            var diff = git.done("workspace_diff", "{\"staged\":true}");

            assertThat(status.objects("staged").getFirst().string("from")).contains("README.md");
            assertThat(diff.objects("files").getFirst().string("status")).contains("R");
            assertThat(names(diff, "files")).containsExactly("read me.md");
        }
    }

    @Test
    void leavesOutFilesThatToolsMayNotRead() {
        try (var git = GitTrial.with()) {
            git.files().write(".env", "KEY=1\n");
            git.files().write("plain.txt", "x\n");

            var staged = git.done("workspace_git_stage", "{\"all\":true}");

            assertThat(texts(staged, "added")).containsExactly("plain.txt");
            assertThat(texts(staged, "left_out")).containsExactly(".env");
            assertThat(git.denial("workspace_git_stage", "{\"path\":\".env\"}"))
                    .startsWith("file_access_denied");
        }
    }

    @Test
    void withholdsTheDiffOfFilesThatToolsMayNotRead() {
        try (var git = GitTrial.with()) {
            git.files().write(".env", "KEY=hidden\n");
            git.files().write("a.txt", "shown\n");
            git.files().git("add", "--force", ".env", "a.txt");

            var diff = git.done("workspace_diff", "{\"staged\":true}");

            assertThat(texts(diff, "withheld")).containsExactly(".env");
            assertThat(diff.toString()).contains("shown").doesNotContain("hidden");
        }
    }

    @Test
    void refusesPathsThatLeadOutOrMatchNothing() {
        try (var git = GitTrial.with()) {
            assertThat(git.failed("workspace_git_stage", "{\"path\":\"../x\"}").string("error"))
                    .contains("invalid_arguments");
            assertThat(
                            git.failed("workspace_git_stage", "{\"path\":\"/etc/passwd\"}")
                                    .string("error"))
                    .contains("invalid_arguments");
            assertThat(git.failed("workspace_git_stage", "{\"path\":\"nowhere\"}").string("error"))
                    .contains("not_found");
        }
    }

    @Test
    void stagesADeletionAndWorksInAnEmptyRepository() {
        try (var git = GitTrial.in(TempWorkspace.empty())) {
            git.files().write("a.txt", "x\n");
            assertThat(git.done("workspace_git_status", "{}").integer("ahead")).hasValue(0);
            git.done("workspace_git_stage", "{}");
            git.done("workspace_git_unstage", "{\"path\":\"a.txt\"}");
            git.done("workspace_git_stage", "{\"file\":\"a.txt\"}");
            assertThat(git.done("workspace_diff", "{\"staged\":true}").string("diff").orElse(""))
                    .contains("+x");
            assertThat(git.done("workspace_release_notes", "{}").string("notes"))
                    .contains("No changes.\n");
            git.done("workspace_git_commit", "{\"msg\":\"First\"}");

            git.files().git("rm", "--quiet", "--cached", "a.txt");

            assertThat(git.done("workspace_git_status", "{}").objects("staged").getFirst())
                    .isEqualTo(JsonObject.of("status", "D").with("file", "a.txt"));
        }
    }

    @Test
    void keepsAMessageAsItIs() {
        try (var git = GitTrial.with()) {
            git.files().write("a.txt", "x\n");
            git.done("workspace_git_stage", "{}");

            var commit =
                    git.done(
                            "workspace_git_commit",
                            "{\"message\":\"-m Größe\\n\\n# no comment\\n\\\"quoted\\\" $(id)\"}");

            assertThat(commit.string("branch")).contains("main");
            assertThat(git.files().git("log", "-1", "--format=%B"))
                    .isEqualTo("-m Größe\n\n# no comment\n\"quoted\" $(id)");
        }
    }

    @Test
    void amendsTheLastCommit() {
        try (var git = GitTrial.with()) {
            git.files().write("a.txt", "x\n");
            git.done("workspace_git_stage", "{}");

            git.done("workspace_git_commit", "{\"amend\":true,\"no_edit\":true}");

            assertThat(git.files().git("log", "--format=%s")).isEqualTo("Start");
            assertThat(git.files().git("ls-files")).contains("a.txt");
        }
    }

    @Test
    void commitsNothingWithoutAnythingStagedOrAMessage() {
        try (var git = GitTrial.with()) {
            git.files().write("a.txt", "x\n");

            assertThat(git.failed("workspace_git_commit", "{\"message\":\"x\"}").string("error"))
                    .contains("conflict");
            assertThat(git.failed("workspace_git_commit", "{}").string("error"))
                    .contains("invalid_arguments");
        }
    }

    @Test
    void saysWhatIsNoRepository() throws IOException {
        try (var git = GitTrial.in(TempWorkspace.empty())) {
            Files.move(git.files().path(".git"), git.files().path("no-git"));

            assertThat(git.failed("workspace_git_status", "{}").toString())
                    .contains("not the top of a git repository");
        }
    }

    @Test
    void lastsThroughADetachedHeadAndASubmodule() {
        try (var git = GitTrial.with();
                var other = TempWorkspace.create()) {
            git.files()
                    .git(
                            "-c",
                            "protocol.file.allow=always",
                            "submodule",
                            "add",
                            "--quiet",
                            other.path().toString(),
                            "sub module");
            git.files().git("commit", "--quiet", "--message", "Sub");
            git.files().git("checkout", "--quiet", "--detach");
            git.files().write("sub module/new.txt", "x\n");

            var status = git.done("workspace_git_status", "{}");

            assertThat(status.isTrue("detached")).isTrue();
            assertThat(status.isTrue("clean")).isTrue();
            assertThat(git.failed("workspace_git_push", "{}").toString()).contains("no remote");
        }
    }
}
