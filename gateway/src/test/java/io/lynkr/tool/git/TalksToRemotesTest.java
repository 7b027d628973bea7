package io.lynkr.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.TempWorkspace;

import org.junit.jupiter.api.Test;

class TalksToRemotesTest {
    private static final String ALLOWED = "POLICY_GIT_ALLOW_PUSH";

    @Test
    void pushesTheCurrentBranch() {
        try (var remote = remote();
                var git = cloneOf(remote, ALLOWED, "true")) {
            commit(git.files(), "a.txt", "mine");

            var push = git.done("workspace_git_push", "{}");

            assertThat(push.string("branch")).contains("main");
            assertThat(remote.git("log", "-1", "--format=%s", "main")).isEqualTo("mine");
        }
    }

    @Test
    void leavesTheRemoteAloneWhenItHasMoved() {
        try (var remote = remote();
                var git = cloneOf(remote, ALLOWED, "true")) {
            commitThere(remote, "theirs");
            commit(git.files(), "a.txt", "mine");

            var failed = git.failed("workspace_git_push", "{}");

            assertThat(failed.string("error")).contains("push_failed");
            assertThat(failed.toString()).contains("rejected");
            assertThat(remote.git("log", "-1", "--format=%s", "main")).isEqualTo("theirs");
        }
    }

    @Test
    void rewritesABranchOnlyIfItIsNotProtected() {
        try (var remote = remote();
                var git = cloneOf(remote, ALLOWED, "true")) {
            git.files().git("switch", "--quiet", "--create", "topic");
            commit(git.files(), "a.txt", "first");
            git.done("workspace_git_push", "{\"branch\":\"topic\"}");
            git.files().git("commit", "--quiet", "--amend", "--message", "second");

            git.done("workspace_git_push", "{\"branch\":\"topic\",\"force\":true}");

            assertThat(remote.git("log", "-1", "--format=%s", "topic")).isEqualTo("second");
            assertThat(git.denial("workspace_git_push", "{\"branch\":\"main\",\"force\":true}"))
                    .startsWith("git_branch_protected")
                    .contains("POLICY_GIT_PROTECTED_BRANCHES");
        }
    }

    @Test
    void protectsTheCurrentBranchWithoutBeingToldItsName() {
        try (var remote = remote();
                var git =
                        cloneOf(
                                remote,
                                ALLOWED,
                                "true",
                                "POLICY_GIT_PROTECTED_BRANCHES",
                                "release/*,main")) {
            assertThat(git.denial("workspace_git_push", "{\"force\":true}")).contains("'main'");
            git.files().git("switch", "--quiet", "--create", "release/1");
            assertThat(git.denial("workspace_git_push", "{\"ref\":\"HEAD\",\"force\":true}"))
                    .contains("'release/1'");
        }
    }

    @Test
    void doesNotOverwriteWhatNobodyHasSeen() {
        try (var remote = remote();
                var git =
                        cloneOf(remote, ALLOWED, "true", "POLICY_GIT_PROTECTED_BRANCHES", "none")) {
            commitThere(remote, "theirs");
            commit(git.files(), "a.txt", "mine");

            git.failed("workspace_git_push", "{\"force\":true}");

            assertThat(remote.git("log", "-1", "--format=%s", "main")).isEqualTo("theirs");
        }
    }

    @Test
    void pullsForward() {
        try (var remote = remote();
                var git = cloneOf(remote)) {
            commitThere(remote, "theirs");

            var pull = git.done("workspace_git_pull", "{}");

            assertThat(pull.isTrue("updated")).isTrue();
            assertThat(pull.object("branchStatus").orElseThrow().integer("behind")).hasValue(0);
            assertThat(git.files().git("log", "-1", "--format=%s")).isEqualTo("theirs");
        }
    }

    @Test
    void mergesNothingByItselfWhenBothHaveMoved() {
        try (var remote = remote();
                var git = cloneOf(remote)) {
            commitThere(remote, "theirs");
            commit(git.files(), "a.txt", "mine");

            var failed = git.failed("workspace_git_pull", "{\"remote\":\"origin\"}");

            assertThat(failed.string("error")).contains("diverged");
            assertThat(git.files().git("log", "-1", "--format=%s")).isEqualTo("mine");
            var merge = git.done("workspace_git_merge", "{\"source\":\"origin/main\"}");
            assertThat(merge.isTrue("committed")).isTrue();
        }
    }

    @Test
    void knowsRemotesOnlyByTheirNames() {
        try (var remote = remote();
                var git = cloneOf(remote, ALLOWED, "true")) {
            for (var name :
                    new String[] {
                        remote.path().toString(), "ext::sh -c id", "--upload-pack=id", "nowhere"
                    }) {
                var input = JsonObject.of("remote", name).toString();
                assertThat(git.failed("workspace_git_pull", input).string("error"))
                        .as(name)
                        .contains("not_found");
                assertThat(git.failed("workspace_git_push", input).string("error"))
                        .as(name)
                        .contains("not_found");
            }
        }
    }

    /** A bare repository with one commit on main. */
    private static TempWorkspace remote() {
        var remote = TempWorkspace.create();
        remote.git("config", "core.bare", "true");
        return remote;
    }

    private static GitTrial cloneOf(TempWorkspace remote, String... settings) {
        var files = TempWorkspace.empty();
        files.git("remote", "add", "origin", "file://" + remote.path());
        files.git("pull", "--quiet", "origin", "main");
        files.git("fetch", "--quiet", "origin");
        files.git("branch", "--quiet", "--set-upstream-to=origin/main");
        return GitTrial.in(files, settings);
    }

    private static void commit(TempWorkspace files, String file, String message) {
        files.write(file, message + "\n");
        files.git("add", "--all");
        files.git("commit", "--quiet", "--message", message);
    }

    private static void commitThere(TempWorkspace remote, String message) {
        try (var other = TempWorkspace.empty()) {
            other.git("pull", "--quiet", "file://" + remote.path(), "main");
            commit(other, "other.txt", message);
            other.git("push", "--quiet", "file://" + remote.path(), "main:main");
        }
    }
}
