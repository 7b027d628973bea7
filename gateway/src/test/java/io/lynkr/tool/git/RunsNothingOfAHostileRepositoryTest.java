package io.lynkr.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.TempWorkspace;

import org.junit.jupiter.api.Test;

import java.io.File;
import java.util.List;

/** A repository whose settings and hooks each leave a mark when they run. */
class RunsNothingOfAHostileRepositoryTest {
    private static final List<String> HOOKS =
            List.of(
                    "pre-commit",
                    "prepare-commit-msg",
                    "commit-msg",
                    "post-commit",
                    "pre-push",
                    "post-checkout",
                    "post-merge",
                    "pre-merge-commit",
                    "pre-rebase",
                    "post-rewrite",
                    "post-index-change",
                    "reference-transaction",
                    "fsmonitor-watchman",
                    "pre-auto-gc");

    private static final List<String> COMMANDS =
            List.of(
                    "core.fsmonitor",
                    "core.sshCommand",
                    "core.pager",
                    "core.editor",
                    "core.askPass",
                    "core.gitProxy",
                    "core.alternateRefsCommand",
                    "sequence.editor",
                    "diff.external",
                    "diff.evil.command",
                    "diff.evil.textconv",
                    "filter.evil.clean",
                    "filter.evil.smudge",
                    "filter.evil.process",
                    "filter.ümlaut.clean",
                    "gpg.program",
                    "pager.status",
                    "pager.log",
                    "pager.diff",
                    "remote.origin.uploadpack",
                    "remote.origin.receivepack",
                    "submodule.sub.update");

    @Test
    void runsNeitherHooksNorSettings() throws Exception {
        try (var remote = TempWorkspace.create();
                var sub = TempWorkspace.create();
                var git = hostile(remote, sub)) {
            var files = git.files();

            git.done("workspace_git_status", "{}");
            git.done("workspace_diff", "{}");
            files.write("new.txt", "x\n");
            files.write("README.md", "changed\n");
            git.done("workspace_git_stage", "{}");
            git.done("workspace_diff", "{\"staged\":true}");
            git.done("workspace_git_commit", "{\"message\":\"One\"}");
            git.done("workspace_git_checkout", "{\"branch\":\"topic\",\"create\":true}");
            files.write("topic.txt", "x\n");
            git.done("workspace_git_stash", "{\"include_untracked\":true}");
            git.done("workspace_git_stash", "{\"action\":\"pop\"}");
            git.done("workspace_git_stage", "{}");
            git.done("workspace_git_commit", "{\"message\":\"Topic\"}");
            git.done("workspace_git_checkout", "{\"branch\":\"main\"}");
            files.write("main.txt", "x\n");
            git.done("workspace_git_stage", "{}");
            git.done("workspace_git_commit", "{\"message\":\"Main\"}");
            git.done("workspace_git_merge", "{\"source\":\"topic\"}");
            git.done("workspace_git_rebase", "{\"onto\":\"topic\"}");
            git.done("workspace_git_push", "{\"branch\":\"topic\"}");
            git.done("workspace_git_pull", "{\"branch\":\"topic\"}");
            git.done("workspace_git_branches", "{\"remote\":true}");
            git.done("workspace_diff_by_commit", "{}");
            git.done("workspace_release_notes", "{}");
            git.done("workspace_git_conflicts", "{}");
            files.write("README.md", "once more\n");
            git.done("workspace_diff_summary", "{}");
            git.done("workspace_diff_review", "{}");
            git.done("workspace_git_patch_plan", "{}");
            git.done(
                    "workspace_diff_comments",
                    "{\"action\":\"add\",\"file\":\"README.md\",\"comment\":\"?\"}");
            git.done("workspace_diff_comments", "{}");
            git.tools().changes().newLines();
            git.tools().gate().content();

            assertThat(marks(files)).isEmpty();
            assertThat(marks(sub)).isEmpty();
        }
    }

    /** Else the other tests would say nothing. */
    @Test
    void wouldLeaveAMarkByGitItself() {
        try (var files = TempWorkspace.create()) {
            files.git("config", "core.fsmonitor", mark(files, "fsmonitor"));

            files.git("status");

            assertThat(marks(files)).hasSize(1);
        }
    }

    @Test
    void namesTheSettingsThatItIgnores() {
        try (var git = GitTrial.with()) {
            git.files().git("config", "filter.evil.clean", "touch ran-filter");

            var status = git.done("workspace_git_status", "{}");

            assertThat(GitTrial.texts(status, "ignored_settings"))
                    .containsExactly("filter.evil.clean");
        }
    }

    @Test
    void mergesAsGitDoesInsteadOfByTheRepositorysDriver() {
        try (var git = GitTrial.with()) {
            var files = git.files();
            files.write(".gitattributes", "*.txt merge=evil\n");
            files.write("a.txt", "1\n2\n3\n4\n5\n6\n7\n");
            files.git("add", "--all");
            files.git("commit", "--quiet", "--message", "Base");
            files.git("switch", "--quiet", "--create", "other");
            files.write("a.txt", "1\n2\n3\n4\n5\n6\nseven\n");
            files.git("commit", "--quiet", "--all", "--message", "Other");
            files.git("switch", "--quiet", "main");
            files.write("a.txt", "one\n2\n3\n4\n5\n6\n7\n");
            files.git("commit", "--quiet", "--all", "--message", "Main");
            files.git("config", "merge.evil.driver", mark(files, "merge-driver"));

            git.done("workspace_git_merge", "{\"source\":\"other\"}");

            assertThat(files.read("a.txt")).isEqualTo("one\n2\n3\n4\n5\n6\nseven\n");
            assertThat(marks(files)).isEmpty();
        }
    }

    @Test
    void staysInTheWorkspaceWhateverTheSettingsSay() {
        try (var elsewhere = TempWorkspace.create();
                var git = GitTrial.with()) {
            elsewhere.write("private.txt", "not yours\n");
            git.files().git("config", "core.worktree", elsewhere.path().toString());

            var status = git.done("workspace_git_status", "{}");

            assertThat(status.toString()).doesNotContain("private.txt");
            assertThat(status.isTrue("clean")).isTrue();
        }
    }

    @Test
    void usesNoRemoteInTheWorkspaceAndNoTransportThatRunsPrograms() {
        try (var git = GitTrial.with("POLICY_GIT_ALLOW_PUSH", "true")) {
            var files = git.files();
            files.git("init", "--quiet", "--bare", "inside.git");
            files.write("inside.git/hooks/pre-receive", "#!/bin/sh\n" + mark(files, "receive"))
                    .toFile()
                    .setExecutable(true);
            files.git("remote", "add", "inside", "./inside.git");
            files.git("remote", "add", "runs", "ext::" + mark(files, "ext"));

            assertThat(git.failed("workspace_git_push", "{\"remote\":\"inside\"}").toString())
                    .contains("folder in the workspace");
            git.call("workspace_git_push", "{\"remote\":\"runs\"}");
            git.call("workspace_git_pull", "{\"remote\":\"runs\"}");

            assertThat(marks(files)).isEmpty();
        }
    }

    private static GitTrial hostile(TempWorkspace remote, TempWorkspace sub) {
        var files = TempWorkspace.create();
        remote.git("config", "core.bare", "true");
        files.git("remote", "add", "origin", "file://" + remote.path());
        files.write(".gitattributes", "*.md diff=evil filter=evil\n*.txt filter=ümlaut\n");
        files.git("add", "--all");
        files.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "add",
                "--quiet",
                sub.path().toString(),
                "sub");
        files.git("commit", "--quiet", "--message", "Attributes");
        for (var hook : HOOKS) {
            files.write(".git/hooks/" + hook, "#!/bin/sh\n" + mark(files, "hook-" + hook) + "\n")
                    .toFile()
                    .setExecutable(true);
        }
        for (var name : COMMANDS) {
            files.git("config", name, mark(files, name));
        }
        files.git("config", "filter.evil.required", "true");
        files.git("config", "commit.gpgSign", "true");
        files.git("config", "log.showSignature", "true");
        files.git("config", "alias.status", "!" + mark(files, "alias"));
        files.git(
                "config",
                "--file",
                ".git/modules/sub/config",
                "core.fsmonitor",
                mark(files, "sub"));
        return GitTrial.in(files, "POLICY_GIT_ALLOW_PUSH", "true");
    }

    /** A command that leaves a file beside the workspace's files. */
    private static String mark(TempWorkspace files, String name) {
        return "touch '"
                + files.path()
                + "/../"
                + files.path().getFileName()
                + "-ran-"
                + name
                + "'";
    }

    private static List<String> marks(TempWorkspace files) {
        var prefix = files.path().getFileName() + "-ran-";
        var beside =
                files.path().getParent().toFile().listFiles((_, name) -> name.startsWith(prefix));
        var found = beside == null ? List.<File>of() : List.of(beside);
        found.forEach(File::delete);
        return found.stream().map(File::getName).sorted().toList();
    }
}
