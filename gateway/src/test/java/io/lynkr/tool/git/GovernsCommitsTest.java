package io.lynkr.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.TempWorkspace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

class GovernsCommitsTest {
    private static final String COMMIT = "{\"message\":\"Change\"}";

    /** Put together here, so that nobody takes this file for one with secrets. */
    static List<String> secrets() {
        return List.of(
                "-----BEGIN RSA " + "PRIVATE KEY-----",
                "-----BEGIN " + "PRIVATE KEY-----",
                "-----BEGIN OPENSSH " + "PRIVATE KEY-----",
                "key = AKI" + "A" + "Q".repeat(16),
                "token: gh" + "p_" + "a1".repeat(18),
                "gl" + "pat-" + "x".repeat(20),
                "xox" + "b-1234567890-abc",
                "sk-" + "ant-api03-" + "z".repeat(30),
                "dap" + "i" + "0123456789abcdef".repeat(2),
                "AI" + "za" + "B".repeat(35));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POLICY_GIT_ALLOW_COMMIT | false | workspace_git_commit | git_commit_disabled",
                "POLICY_GIT_REQUIRE_TESTS | true | workspace_git_commit | git_tests_required",
                "POLICY_GIT_COMMIT_REGEX | ^feat: | workspace_git_commit | git_commit_message",
                "POLICY_GIT_ALLOW_PUSH | false | workspace_git_push | git_push_disabled",
                "POLICY_GIT_ALLOW_PULL | false | workspace_git_pull | git_pull_disabled",
            })
    void deniesWithTheNameOfTheSetting(String setting, String value, String tool, String rule) {
        try (var git = GitTrial.with(setting, value);
                var remote = TempWorkspace.create()) {
            git.files().git("remote", "add", "origin", remote.path().toString());
            stageSomething(git);
            var before = git.files().git("rev-parse", "HEAD");

            var denial = git.denial(tool, tool.endsWith("commit") ? COMMIT : "{}");

            assertThat(denial).startsWith(rule + ": ").contains(setting);
            assertThat(git.files().git("rev-parse", "HEAD")).isEqualTo(before);
        }
    }

    @Test
    void runsTheTestsBeforeACommit() {
        try (var git = GitTrial.with("POLICY_GIT_TEST_COMMAND", "make check")) {
            stageSomething(git);

            var commit = git.done("workspace_git_commit", COMMIT);

            assertThat(git.testRuns).containsExactly("make check");
            assertThat(preCommit(commit).isTrue("ran")).isTrue();
        }
    }

    @Test
    void commitsNothingIfTheTestsFail() {
        try (var git = GitTrial.with("POLICY_GIT_TEST_COMMAND", "make check")) {
            stageSomething(git);
            git.nextTests = new TestCommand.Run(false, "exit code 2", "FooTest failed");

            var failed = git.failed("workspace_git_commit", COMMIT);

            assertThat(failed.string("error")).contains("tests_failed");
            assertThat(failed.string("test_output")).contains("FooTest failed");
            assertThat(failed.toString()).contains("POLICY_GIT_TEST_COMMAND");
            assertThat(git.files().git("log", "--format=%s")).isEqualTo("Start");
            assertThat(git.files().git("diff", "--cached", "--name-only")).isEqualTo("a.txt");
        }
    }

    @Test
    void doesNotRunTheTestsTwiceForTheSameContent() {
        try (var git = GitTrial.with("POLICY_GIT_TEST_COMMAND", "make check")) {
            stageSomething(git);
            git.done("workspace_git_commit", COMMIT);
            git.files().git("reset", "--quiet", "--soft", "HEAD^");

            var again = git.done("workspace_git_commit", COMMIT);

            assertThat(git.testRuns).hasSize(1);
            assertThat(preCommit(again).isTrue("passed_before")).isTrue();
        }
    }

    @Test
    void runsThemAgainWhenAByteHasChanged() {
        try (var git = GitTrial.with("POLICY_GIT_TEST_COMMAND", "make check")) {
            stageSomething(git);
            git.done("workspace_git_commit", COMMIT);
            git.files().git("reset", "--quiet", "--soft", "HEAD^");
            git.files().write("a.txt", "y\n");
            git.done("workspace_git_stage", "{}");

            git.done("workspace_git_commit", COMMIT);

            assertThat(git.testRuns).hasSize(2);
        }
    }

    @Test
    void skipsTheTestsOnlyWhereTheyAreNotRequired() {
        try (var git = GitTrial.with("POLICY_GIT_TEST_COMMAND", "make check")) {
            stageSomething(git);

            var commit =
                    git.done("workspace_git_commit", "{\"message\":\"x\",\"skip_tests\":true}");

            assertThat(git.testRuns).isEmpty();
            assertThat(preCommit(commit).isTrue("skipped")).isTrue();
        }
        try (var git =
                GitTrial.with(
                        "POLICY_GIT_TEST_COMMAND",
                        "make check",
                        "POLICY_GIT_REQUIRE_TESTS",
                        "true")) {
            stageSomething(git);

            git.done("workspace_git_commit", "{\"message\":\"x\",\"skip_tests\":true}");

            assertThat(git.testRuns).hasSize(1);
        }
    }

    @Test
    void requiresThatTheTestsSawExactlyWhatIsCommitted() {
        try (var git =
                GitTrial.with(
                        "POLICY_GIT_TEST_COMMAND",
                        "make check",
                        "POLICY_GIT_REQUIRE_TESTS",
                        "true")) {
            stageSomething(git);
            git.files().write("not staged.txt", "the tests need it\n");

            var denial = git.denial("workspace_git_commit", COMMIT);

            assertThat(denial).contains("POLICY_GIT_REQUIRE_TESTS").contains("differs");
            assertThat(git.testRuns).isEmpty();
        }
    }

    @Test
    void doesNotTrustTestsDuringWhichFilesChanged() {
        try (var git =
                GitTrial.with(
                        "POLICY_GIT_TEST_COMMAND",
                        "make check",
                        "POLICY_GIT_REQUIRE_TESTS",
                        "true")) {
            stageSomething(git);
            git.duringTests = () -> git.files().write("a.txt", "changed meanwhile\n");

            assertThat(git.denial("workspace_git_commit", COMMIT)).contains("changed while");
            assertThat(git.files().git("log", "--format=%s")).isEqualTo("Start");
        }
    }

    @Test
    void acceptsARunThatWasNotedElsewhere() throws Exception {
        try (var git = GitTrial.with("POLICY_GIT_REQUIRE_TESTS", "true")) {
            stageSomething(git);
            assertThat(git.tools().gate().onThisTree()).isFalse();

            var content = git.tools().gate().content().orElseThrow();
            assertThat(git.tools().gate().passed(content, "make check")).isTrue();

            assertThat(git.tools().gate().onThisTree()).isTrue();
            git.done("workspace_git_commit", COMMIT);
        }
    }

    @Test
    void leavesNothingBehindWhenItLooksAtTheWorkingTree() throws Exception {
        try (var git = GitTrial.with()) {
            git.files().write("new.txt", "never staged\n");
            var objects = git.files().git("count-objects");
            var staged = git.files().git("ls-files", "--stage");

            assertThat(git.tools().gate().content()).isPresent();

            assertThat(git.files().git("count-objects")).isEqualTo(objects);
            assertThat(git.files().git("ls-files", "--stage")).isEqualTo(staged);
        }
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void refusesToCommitASecretAndNeverRepeatsIt(String secret) {
        try (var git = GitTrial.with()) {
            git.files().write("odd \"name\".txt", "one\ntwo\n" + secret + "\n");
            git.files().write("z.txt", "x\n");
            git.done("workspace_git_stage", "{}");

            var denial = git.denial("workspace_git_commit", COMMIT);

            assertThat(denial)
                    .startsWith("git_secrets_found")
                    .contains("odd \"name\".txt:3: ")
                    .contains("POLICY_GIT_SCAN_SECRETS")
                    .doesNotContain(secret);
            assertThat(git.files().git("log", "--format=%s")).isEqualTo("Start");
        }
    }

    @Test
    void findsASecretInAFileThatPosesAsBinary() {
        try (var git = GitTrial.with()) {
            git.files().write(".gitattributes", "*.txt -diff binary\n");
            git.files().write("a.txt", "\0\1\n" + secrets().getFirst() + "\n");
            git.done("workspace_git_stage", "{}");

            assertThat(git.denial("workspace_git_commit", COMMIT)).contains("a.txt:2: ");
        }
    }

    @Test
    void findsASecretThatIsAmendedIntoACommit() {
        try (var git = GitTrial.with()) {
            git.files().write("README.md", secrets().getFirst() + "\n");
            git.done("workspace_git_stage", "{}");

            assertThat(git.denial("workspace_git_commit", "{\"amend\":true,\"no_edit\":true}"))
                    .contains("README.md:1: ");
        }
    }

    @Test
    void doesNotMindASecretThatIsTakenOut() {
        try (var git = GitTrial.with("POLICY_GIT_SCAN_SECRETS", "true")) {
            git.files().write("a.txt", secrets().getFirst() + "\n");
            git.files().git("add", "--all");
            git.files().git("commit", "--quiet", "--message", "Oops");
            git.files().write("a.txt", "clean\n");
            git.done("workspace_git_stage", "{}");

            git.done("workspace_git_commit", COMMIT);
        }
    }

    @Test
    void commitsWhatLooksLikeASecretIfTheOperatorSaysSo() {
        try (var git = GitTrial.with("POLICY_GIT_SCAN_SECRETS", "false")) {
            git.files().write("a.txt", secrets().getFirst() + "\n");
            git.done("workspace_git_stage", "{}");

            git.done("workspace_git_commit", COMMIT);
        }
    }

    private static void stageSomething(GitTrial git) {
        git.files().write("a.txt", "x\n");
        git.done("workspace_git_stage", "{}");
    }

    private static JsonObject preCommit(JsonObject commit) {
        return commit.object("preCommit").orElseThrow();
    }
}
