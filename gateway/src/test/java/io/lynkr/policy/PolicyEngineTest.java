package io.lynkr.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class PolicyEngineTest {
    private static final Decision ALLOW = new Decision.Allow();
    private static final Action READ = new Action.ReadFile(WorkspacePath.ROOT.child("a"));

    /** As the catalog would: some names mean the same tool. */
    private static final Facts FACTS =
            new Facts(
                    name -> name.equalsIgnoreCase("push") ? "workspace_git_push" : name,
                    () -> false,
                    host -> host.equals("docs.example"));

    @Test
    void deniesAToolThatSaysNothing() {
        assertThat(rule(PolicyFixture.engine(Map.of()), "t")).isEqualTo("no_actions");
    }

    @Test
    void deniesWhatNoRuleKnows() {
        var engine = new PolicyEngine(name -> name, List.of((tool, action) -> Ruling.NOT_MINE));

        assertThat(rule(engine, "t", READ)).isEqualTo("unknown_action");
        assertThat(rule(PolicyFixture.engine(Map.of()), "t", new Action.Unknown("?")))
                .isEqualTo("unknown_action");
    }

    @Test
    void deniesWhenARuleBreaks() {
        var engine =
                new PolicyEngine(
                        name -> name,
                        List.of(
                                (tool, action) -> Ruling.ALLOW,
                                (tool, action) -> {
                                    throw new IllegalStateException("broken");
                                }));

        assertThat(rule(engine, "t", READ)).isEqualTo("policy_failed");
    }

    @Test
    void deniesIfOneActionOrOneRuleDenies() {
        var engine =
                new PolicyEngine(
                        name -> name,
                        List.of(
                                (tool, action) -> Ruling.ALLOW,
                                (tool, action) ->
                                        action.equals(READ)
                                                ? Ruling.deny("mine", "no")
                                                : Ruling.NOT_MINE));
        var other = new Action.UseRecords("tasks");

        assertThat(engine.decide("t", List.of(other))).isEqualTo(ALLOW);
        assertThat(engine.decide("t", List.of(other, READ)))
                .isEqualTo(new Decision.Deny("mine", "no"));
    }

    @ParameterizedTest
    @CsvSource({
        "workspace_git_push, workspace_git_push, true",
        "workspace_git_push, push, true",
        "workspace_git_push, PUSH, true",
        "push, workspace_git_push, true",
        "workspace_git_*, push, true",
        "mcp_github_*, mcp_github_create_issue, true",
        "fs_read, push, false",
    })
    void knowsDisallowedToolsUnderAllTheirNames(String setting, String called, boolean denied) {
        var engine = PolicyFixture.engine(Map.of("POLICY_DISALLOWED_TOOLS", setting), FACTS);

        var decision = engine.decide(called, List.of(READ));

        assertThat(decision.equals(ALLOW)).isEqualTo(!denied);
        if (denied) {
            assertThat(decision.toString()).contains("tool_disallowed", "POLICY_DISALLOWED_TOOLS");
        }
    }

    @Test
    void guardsGitBySettings() {
        var push = new Action.GitPush("origin", "main", false);
        var pull = new Action.GitPull("origin", "main");
        var commit = new Action.GitCommit(Optional.of("x"));
        var usual = PolicyFixture.engine(Map.of());
        var strict =
                PolicyFixture.engine(
                        Map.of(
                                "POLICY_GIT_ALLOW_PULL",
                                "false",
                                "POLICY_GIT_ALLOW_COMMIT",
                                "false"));

        assertThat(usual.decide("t", List.of(push)).toString())
                .contains("git_push_disabled", "POLICY_GIT_ALLOW_PUSH");
        assertThat(
                        usual.decide(
                                "t",
                                List.of(
                                        pull,
                                        commit,
                                        new Action.GitRead("log"),
                                        new Action.GitChange("stash"))))
                .isEqualTo(ALLOW);
        assertThat(rule(strict, "t", pull)).isEqualTo("git_pull_disabled");
        assertThat(rule(strict, "t", commit)).isEqualTo("git_commit_disabled");
        assertThat(
                        rule(
                                PolicyFixture.engine(Map.of("POLICY_GIT_REQUIRE_TESTS", "true")),
                                "t",
                                commit))
                .isEqualTo("git_tests_required");
        assertThat(
                        rule(
                                PolicyFixture.engine(Map.of("POLICY_GIT_COMMIT_REGEX", "^feat")),
                                "t",
                                commit))
                .isEqualTo("git_commit_message");
    }

    @ParameterizedTest
    @CsvSource({
        "https://docs.example/a, ''",
        "https://DOCS.example./a, ''",
        "https://other.example/a, host_not_allowed",
        "https://docs.example.evil.example/a, host_not_allowed",
        "https://user@docs.example/a, url_not_allowed",
        "ftp://docs.example/a, url_not_allowed",
        "file:///etc/passwd, url_not_allowed",
    })
    void fetchesFromAllowedHostsOnly(URI uri, String rule) {
        var engine = PolicyFixture.engine(Map.of(), FACTS);

        assertThat(rule(engine, "web_fetch", new Action.FetchUrl(uri))).isEqualTo(rule);
    }

    @Test
    void letsTheRestThrough() {
        var engine = PolicyFixture.engine(Map.of());

        assertThat(
                        engine.decide(
                                "t",
                                List.of(
                                        new Action.RunCode(
                                                "python", "print(1)", WorkspacePath.ROOT),
                                        new Action.ListFiles(WorkspacePath.ROOT),
                                        new Action.SearchFiles(WorkspacePath.ROOT),
                                        new Action.SearchWeb("x"),
                                        new Action.CallMcpTool("s", "t", false))))
                .isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/config",
                ".GIT/config",
                ".git",
                "sub/.git/hooks/pre-commit",
                ".git./config",
                "git~1/config",
                ".g\u200cit/config",
                ".git::$INDEX_ALLOCATION/config",
                ".mcp.json",
                ".MCP.json",
                ".claude/settings.json",
                ".vscode/tasks.json",
                ".idea/x.xml",
                ".husky/pre-commit",
                ".bashrc",
                ".envrc",
                ".env",
                "sub/.env",
                ".env.local",
                "ID_RSA",
                "certs/server.pem"
            })
    void neverWritesWhatOthersObeyOrKeepSecret(String path) {
        assertThat(
                        rule(
                                PolicyFixture.engine(Map.of()),
                                "fs_write",
                                new Action.WriteFile(path(path))))
                .isEqualTo("file_access_denied");
    }

    @ParameterizedTest
    @CsvSource({
        ".git/config, true",
        "src/environment.ts, true",
        ".env.example, true",
        "id_generator.js, true",
        "id_rsa.pub, true",
        ".env, false",
        "sub/.env, false",
        ".ENV, false",
        ".env.production, false",
        "id_ed25519, false",
        "x.pem, false",
    })
    void readsAllButSecrets(String path, boolean allowed) {
        var decision =
                PolicyFixture.engine(Map.of())
                        .decide("fs_read", List.of(new Action.ReadFile(path(path))));

        assertThat(decision.equals(ALLOW)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "src, '', src/a, true",
        "src, '', source/a, false",
        "src/main, '', src/main/A.java, true",
        "src/main, '', src/mainly/A.java, false",
        "src/**, src/secret, src/secret/a, false",
        "src/**, src/secret, src/open/a, true",
        "*.md, '', README.md, true",
        "*.md, '', docs/README.md, false",
        "/home/dev/project/src, '', src/a, true",
        "'', /home/dev/project/src, src/a, false",
        "'', /top, top, false",
        "'', /top, sub/top, true",
        "'', **/*.key, a/b.KEY, false",
    })
    void obeysAllowedAndBlockedPaths(
            String allowed, String blocked, String path, boolean expected) {
        var rule = new FilePathRule(list(allowed), list(blocked), PolicyFixture.ROOT);

        assertThat(rule.judge("fs_read", new Action.ReadFile(path(path))).equals(Ruling.ALLOW))
                .isEqualTo(expected);
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static WorkspacePath path(String path) {
        return new WorkspacePath(List.of(path.split("/", -1)));
    }

    /** The rule that denies; empty if none does. */
    private static String rule(PolicyEngine engine, String tool, Action... actions) {
        return switch (engine.decide(tool, List.of(actions))) {
            case Decision.Allow() -> "";
            case Decision.Deny(var rule, var reason) -> {
                assertThat(reason).isNotBlank();
                yield rule;
            }
        };
    }
}
