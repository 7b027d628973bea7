package io.lynkr.tool.git;

import static io.lynkr.tool.git.GitTrial.texts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;

import org.junit.jupiter.api.Test;

class MergesAndRebasesTest {

    @Test
    void mergesABranchWithACommit() {
        try (var git = diverged("a.txt", "b.txt")) {
            var merge = git.done("workspace_git_merge", "{\"source\":\"other\"}");

            assertThat(merge.isTrue("committed")).isTrue();
            assertThat(git.files().git("log", "-1", "--format=%s")).isEqualTo("Merge 'other'");
            assertThat(git.files().read("a.txt") + git.files().read("b.txt"))
                    .isEqualTo("ours\ntheirs\n");
        }
    }

    @Test
    void movesForwardWithoutACommitEvenIfCommitsAreOff() {
        try (var git = GitTrial.with("POLICY_GIT_ALLOW_COMMIT", "false")) {
            commitOnOther(git, "b.txt");

            git.done("workspace_git_merge", "{\"branch\":\"other\",\"ff_only\":true}");

            assertThat(git.files().read("b.txt")).isEqualTo("theirs\n");
        }
    }

    @Test
    void makesNoMergeCommitIfCommitsAreOff() {
        try (var git = diverged("a.txt", "b.txt", "POLICY_GIT_ALLOW_COMMIT", "false")) {
            assertThat(git.denial("workspace_git_merge", "{\"source\":\"other\"}"))
                    .contains("POLICY_GIT_ALLOW_COMMIT");
        }
    }

    @Test
    void undoesAMergeWhoseTestsFail() {
        try (var git = diverged("a.txt", "b.txt", "POLICY_GIT_TEST_COMMAND", "make check")) {
            git.nextTests = new TestCommand.Run(false, "exit code 1", "broken together");
            var before = git.files().git("rev-parse", "HEAD");

            var failed = git.failed("workspace_git_merge", "{\"source\":\"other\"}");

            assertThat(failed.string("test_output")).contains("broken together");
            assertThat(git.files().git("rev-parse", "HEAD")).isEqualTo(before);
            assertThat(git.files().git("status", "--porcelain")).isEmpty();
            assertThat(git.done("workspace_git_status", "{}").has("in_progress")).isFalse();
        }
    }

    @Test
    void showsConflictsAndTakesTheirResolution() {
        try (var git = diverged("odd \"name\".txt", "odd \"name\".txt")) {
            var failed = git.failed("workspace_git_merge", "{\"source\":\"other\"}");
            assertThat(failed.string("in_progress")).contains("merge");
            assertThat(texts(failed, "conflicts")).containsExactly("odd \"name\".txt");

            var conflicts = git.done("workspace_git_conflicts", "{}");
            assertThat(texts(conflicts, "files")).containsExactly("odd \"name\".txt");
            var conflict = conflicts.objects("details").getFirst().objects("conflicts").getFirst();
            assertThat(conflict.string("ours")).contains("ours");
            assertThat(conflict.string("theirs")).contains("theirs");
            assertThat(conflict.integer("start_line")).hasValue(1);
            assertThat(git.failed("workspace_git_commit", "{\"message\":\"x\"}").toString())
                    .contains("conflict");

            git.files().write("odd \"name\".txt", "both\n");
            git.done("workspace_git_stage", "{}");
            git.done("workspace_git_commit", "{\"message\":\"Merged\"}");

            assertThat(git.files().git("log", "-1", "--format=%P").split(" ")).hasSize(2);
        }
    }

    @Test
    void abortsAMerge() {
        try (var git = diverged("a.txt", "a.txt")) {
            git.failed("workspace_git_merge", "{\"source\":\"other\"}");

            git.done("workspace_git_merge", "{\"abort\":true}");

            assertThat(git.files().read("a.txt")).isEqualTo("ours\n");
            assertThat(git.files().git("status", "--porcelain")).isEmpty();
        }
    }

    @Test
    void changesNothingWhenUncommittedChangesAreInTheWay() {
        try (var git = diverged("a.txt", "README.md")) {
            git.files().write("README.md", "not committed\n");

            git.failed("workspace_git_merge", "{\"source\":\"other\"}");

            assertThat(git.files().read("README.md")).isEqualTo("not committed\n");
            assertThat(git.done("workspace_git_status", "{}").has("in_progress")).isFalse();
        }
    }

    @Test
    void rebasesAndBringsUncommittedChangesBack() {
        try (var git = diverged("a.txt", "b.txt")) {
            git.files().write("README.md", "not committed\n");
            git.files().write("src/Greeter.java", "staged\n");
            git.files().git("add", "src");

            var rebase =
                    git.done("workspace_git_rebase", "{\"onto\":\"other\",\"autostash\":true}");

            assertThat(rebase.object("autostash").orElseThrow().isTrue("restored")).isTrue();
            assertThat(git.files().git("log", "--format=%s")).isEqualTo("Ours\nTheirs\nStart");
            assertThat(git.files().git("status", "--porcelain"))
                    .isEqualTo(" M README.md\nM  src/Greeter.java");
            assertThat(git.files().git("stash", "list")).isEmpty();
        }
    }

    @Test
    void refusesToRebaseOverUncommittedChanges() {
        try (var git = diverged("a.txt", "b.txt")) {
            git.files().write("README.md", "not committed\n");

            assertThat(git.failed("workspace_git_rebase", "{\"onto\":\"other\"}").toString())
                    .contains("autostash");
        }
    }

    @Test
    void putsEverythingBackWhenARebaseMeetsConflicts() {
        try (var git = diverged("a.txt", "a.txt", "POLICY_GIT_AUTOSTASH", "true")) {
            git.files().write("README.md", "not committed\n");
            var before = git.files().git("rev-parse", "HEAD");

            var failed = git.failed("workspace_git_rebase", "{\"onto\":\"other\"}");

            assertThat(texts(failed, "conflicts")).containsExactly("a.txt");
            assertThat(failed.object("autostash").orElseThrow().isTrue("restored")).isTrue();
            assertThat(git.files().git("rev-parse", "HEAD")).isEqualTo(before);
            assertThat(git.files().git("symbolic-ref", "--short", "HEAD")).isEqualTo("main");
            assertThat(git.files().read("README.md")).isEqualTo("not committed\n");
            assertThat(git.files().git("stash", "list")).isEmpty();
        }
    }

    @Test
    void saysWhereChangesAreThatDoNotFitAnyMore() {
        try (var git = diverged("a.txt", "README.md")) {
            git.files().write("README.md", "not committed\n");

            var rebase =
                    git.done("workspace_git_rebase", "{\"onto\":\"other\",\"autostash\":true}");

            var stash = rebase.object("autostash").orElseThrow();
            assertThat(stash.isTrue("restored")).isFalse();
            assertThat(stash.string("stash")).contains("stash@{0}");
            assertThat(git.files().git("show", stash.string("commit").orElse("") + ":README.md"))
                    .isEqualTo("not committed");
            assertThat(git.files().git("status", "--porcelain")).isEmpty();
        }
    }

    @Test
    void stopsContinuesAndEndsARebase() {
        try (var git = diverged("a.txt", "a.txt")) {
            git.files().write("README.md", "not committed\n");
            var start =
                    git.failed(
                            "workspace_git_rebase",
                            "{\"onto\":\"other\",\"autostash\":true,\"on_conflict\":\"stop\"}");
            assertThat(start.string("in_progress")).contains("rebase");
            assertThat(start.object("autostash").orElseThrow().isTrue("restored")).isFalse();
            assertThat(git.failed("workspace_git_commit", "{\"message\":\"x\"}").toString())
                    .contains("conflict");

            git.files().write("a.txt", "both\n");
            git.done("workspace_git_stage", "{\"path\":\"a.txt\"}");
            var end = git.done("workspace_git_rebase", "{\"action\":\"continue\"}");

            assertThat(end.object("autostash").orElseThrow().isTrue("restored")).isTrue();
            assertThat(git.files().read("README.md")).isEqualTo("not committed\n");
            assertThat(git.files().git("log", "--format=%s")).isEqualTo("Ours\nTheirs\nStart");
        }
    }

    @Test
    void givesUpARebaseAndBringsChangesBack() {
        try (var git = diverged("a.txt", "a.txt")) {
            git.files().write("README.md", "not committed\n");
            git.failed(
                    "workspace_git_rebase",
                    "{\"onto\":\"other\",\"autostash\":true,\"on_conflict\":\"stop\"}");

            var end = git.done("workspace_git_rebase", "{\"action\":\"abort\"}");

            assertThat(end.object("autostash").orElseThrow().isTrue("restored")).isTrue();
            assertThat(git.files().read("README.md")).isEqualTo("not committed\n");
            assertThat(git.files().read("a.txt")).isEqualTo("ours\n");
        }
    }

    @Test
    void stashesAndPops() {
        try (var git = GitTrial.with()) {
            git.files().write("README.md", "changed\n");
            git.files().write("new.txt", "new\n");

            git.done(
                    "workspace_git_stash",
                    "{\"action\":\"push\",\"message\":\"späte Idee\",\"include_untracked\":true}");
            assertThat(git.files().git("status", "--porcelain")).isEmpty();
            var list = git.done("workspace_git_stash", "{\"action\":\"list\"}");
            assertThat(list.objects("stashes").getFirst().string("message").orElse(""))
                    .contains("späte Idee");

            git.done("workspace_git_stash", "{\"action\":\"pop\"}");

            assertThat(git.files().git("status", "--porcelain"))
                    .isEqualTo(" M README.md\n?? new.txt");
        }
    }

    @Test
    void keepsAStashThatConflicts() {
        try (var git = GitTrial.with()) {
            git.files().write("README.md", "stashed\n");
            git.done("workspace_git_stash", "{}");
            git.files().write("README.md", "committed\n");
            git.files().git("commit", "--quiet", "--all", "--message", "Other");

            var failed = git.failed("workspace_git_stash", "{\"action\":\"pop\"}");

            assertThat(failed.isTrue("kept")).isTrue();
            assertThat(texts(failed, "conflicts")).containsExactly("README.md");
            assertThat(git.files().git("stash", "list")).contains("stash@{0}");
            assertThat(git.files().read("README.md")).contains("<<<<<<<");
        }
    }

    @Test
    void keepsAStashThatGitRefusesToPop() {
        try (var git = GitTrial.with()) {
            git.files().write("README.md", "stashed\n");
            git.done("workspace_git_stash", "{}");
            git.files().write("README.md", "in the way\n");

            var failed = git.failed("workspace_git_stash", "{\"action\":\"pop\"}");

            assertThat(failed.isTrue("kept")).isTrue();
            assertThat(git.files().read("README.md")).isEqualTo("in the way\n");
            assertThat(git.files().git("stash", "list")).contains("stash@{0}");
        }
    }

    @Test
    void popsNothingWhenANewFileIsInTheWay() {
        try (var git = GitTrial.with()) {
            git.files().write("README.md", "stashed\n");
            git.files().write("new.txt", "stashed\n");
            git.done("workspace_git_stash", "{\"include_untracked\":true}");
            git.files().write("new.txt", "in the way\n");

            var failed = git.failed("workspace_git_stash", "{\"action\":\"pop\"}");

            assertThat(failed.string("message").orElse("")).contains("new.txt");
            assertThat(git.files().git("status", "--porcelain")).isEqualTo("?? new.txt");
            assertThat(git.files().read("new.txt")).isEqualTo("in the way\n");
        }
    }

    @Test
    void changesBranchesAndRefusesStrangeNames() {
        try (var git = GitTrial.with()) {
            var created =
                    git.done(
                            "workspace_git_checkout", "{\"branch\":\"neu/größe\",\"create\":true}");
            assertThat(created.string("currentBranch")).contains("neu/größe");

            git.done("workspace_git_checkout", "{\"name\":\"main\"}");

            var branches = git.done("workspace_git_branches", "{}").objects("branches");
            assertThat(branches).hasSize(2);
            assertThat(branches.stream().filter(it -> it.isTrue("current")).toList())
                    .extracting(it -> it.string("name").orElse(""))
                    .containsExactly("main");
            for (var bad : new String[] {"-f", "--orphan=x", "a b", "a..b", "@{-1", "x.lock"}) {
                assertThat(
                                git.failed(
                                                "workspace_git_checkout",
                                                JsonObject.of("branch", bad)
                                                        .with("create", true)
                                                        .toString())
                                        .string("error"))
                        .as(bad)
                        .contains("invalid_arguments");
            }
        }
    }

    /** Branch main with a commit "Ours", branch other with "Theirs"; both begin at "Start". */
    private static GitTrial diverged(String ours, String theirs, String... settings) {
        var git = GitTrial.with(settings);
        commitOnOther(git, theirs);
        git.files().write(ours, "ours\n");
        git.files().git("add", "--all");
        git.files().git("commit", "--quiet", "--message", "Ours");
        return git;
    }

    private static void commitOnOther(GitTrial git, String file) {
        git.files().git("switch", "--quiet", "--create", "other");
        git.files().write(file, "theirs\n");
        git.files().git("add", "--all");
        git.files().git("commit", "--quiet", "--message", "Theirs");
        git.files().git("switch", "--quiet", "main");
    }
}
