package io.lynkr.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.config.Settings;
import io.lynkr.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class CommandLineRuleTest {
    private static final Decision ALLOW = new Decision.Allow();

    /** What developers and agents really run. */
    static final List<String> USUAL =
            List.of(
                    "ls -la src",
                    "ls -S --color=auto | head -c 100",
                    "cat README.md",
                    "cat 'name with blanks.txt' \"other $USER\"",
                    "grep -rnE 'a|b' src || true",
                    "rg -n 'foo\\(' -g '*.java' | sort | uniq -c | sort -rn | head -20",
                    "find . -name '*.java' -not -path './target/*' -exec grep -l foo {} +",
                    "find . -type f | xargs -0 wc -l",
                    "npm test -- --watch=false",
                    "npm run build && npm run lint",
                    "mvn -B test -Dtest='A,B' 2>&1 | tail -40",
                    "./gradlew check",
                    "python3 -m pytest -q tests/test_a.py::test_b",
                    "PYTHONPATH=src python3 -c 'import a; print(a.x)'",
                    "node -e 'console.log(1)'",
                    "cargo test --workspace",
                    "go test ./... > out.txt 2>&1",
                    "make -j4 all",
                    "FOO=bar env | sort",
                    "echo \"$(date +%F) $((1 + 2 * 3))\" >> notes.txt",
                    "for f in *.txt; do echo \"$f\"; wc -l \"$f\"; done",
                    "while IFS= read -r line; do echo \"$line\"; done < list.txt",
                    "if [ -f package.json ]; then npm ci; else echo none; fi",
                    "[[ $a == b && -n ${c:-} ]] && echo yes",
                    "case $1 in a|b) echo x;; *) echo y;; esac",
                    "cat <<'E' > notes.md\nrm is only text here: $(no)\nE",
                    "cat <<E\nhello $USER\nE",
                    "bash -c 'echo hi | wc -c'",
                    "bash -euo pipefail -c 'ls | head'",
                    "bash scripts/run.sh --fast",
                    "timeout 60 npm test",
                    "time -p ls",
                    "(cd sub && ls) ; { echo a; echo b; }",
                    "sed -n '1,20p' src/A.java",
                    "sed -i 's/foo/bar/g' src/A.java",
                    "awk '{ print $1 }' a.txt",
                    "echo 'a; rm -rf /' # rm x",
                    "echo {} a{b c",
                    "echo \"the .environment is fine\"",
                    "git status --short",
                    "git --no-pager diff --stat HEAD~1 -- src",
                    "git -C sub log --oneline -5",
                    "git log --format='%h %s' --grep=push",
                    "git add -A && git commit -m 'Push the limits'",
                    "git -c user.name=a -c user.email=b@c.example commit -am 'x'",
                    "git checkout -b feature",
                    "git stash push -m wip",
                    "git fetch origin main",
                    "git branch --remotes",
                    "git config --get user.name",
                    "GIT_PAGER=cat git show HEAD",
                    "tar czf /tmp/a.tgz src",
                    "echo x > /tmp/y 2> /dev/null",
                    "date -u +%s; pwd; whoami",
                    "trap - EXIT",
                    "command -v rg",
                    "exec 2>&1",
                    "X=1; export X; echo $X",
                    "");

    @ParameterizedTest
    @FieldSource("USUAL")
    void letsDevelopersWork(String line) {
        assertThat(PolicyFixture.run(PolicyFixture.engine(Map.of()), line)).isEqualTo(ALLOW);
    }

    @Test
    void saysWhichSettingDeniesAndWhy() {
        var decision = PolicyFixture.run(PolicyFixture.engine(Map.of()), "ls && rm -rf src");

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        deny -> {
                            assertThat(deny.rule()).isEqualTo("unsafe_shell_command");
                            assertThat(deny.reason())
                                    .contains("'rm'", "POLICY_SAFE_COMMANDS_CONFIG", "file tools");
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    git push                      | git_push_disabled
                    sh -c 'git push origin main'  | git_push_disabled
                    git pull                      | git_pull_disabled
                    git fetch origin              | git_pull_disabled
                    git remote update             | git_pull_disabled
                    git clone https://h.example/r | git_pull_disabled
                    git commit -m x               | git_commit_disabled
                    git commit-tree abc           | git_commit_disabled
                    git cherry-pick abc           | git_commit_disabled
                    """)
    void holdsTheGitPolicyInCommandLines(String line, String rule) {
        var engine =
                PolicyFixture.engine(
                        Map.of(
                                "POLICY_SAFE_COMMANDS_ENABLED", "false",
                                "POLICY_GIT_ALLOW_PULL", "false",
                                "POLICY_GIT_ALLOW_COMMIT", "false"));

        // quotes are CSV's here
        var decision = PolicyFixture.run(engine, line);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.rule()).isEqualTo(rule));
    }

    @ParameterizedTest
    @CsvSource({
        "git push origin main, true",
        "git push, true",
        "git push --force, false",
        "git push -f origin, false",
        "git push origin +main, false",
        "git push origin :main, false",
        "git push --receive-pack=./x origin, false",
        "git push ext::./x main, false",
    })
    void letsPlainPushesThroughWhenTheyAreAllowed(String line, boolean allowed) {
        var engine = PolicyFixture.engine(Map.of("POLICY_GIT_ALLOW_PUSH", "true"));

        assertThat(PolicyFixture.run(engine, line).equals(ALLOW)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "git commit -m 'feat: x', true",
        "git commit -am 'feat: x', true",
        "git commit -mfeat:x, false",
        "git commit --message='feat: x', true",
        "git commit --mess 'feat: x', true",
        "git commit -m x, false",
        "git commit -m $X, false",
        "git commit, false",
        "git commit -F msg.txt, false",
        "git commit --amend -C HEAD, false",
    })
    void checksCommitMessagesInCommandLines(String line, boolean allowed) {
        var engine = PolicyFixture.engine(Map.of("POLICY_GIT_COMMIT_REGEX", "^feat: x"));

        assertThat(PolicyFixture.run(engine, line.replace("''", "'")).equals(ALLOW))
                .isEqualTo(allowed);
    }

    @Test
    void asksForTestsBeforeACommitByShell() {
        var settings = Map.of("POLICY_GIT_REQUIRE_TESTS", "true");
        var untested = PolicyFixture.engine(settings);
        var tested =
                PolicyFixture.engine(settings, new Facts(name -> name, () -> true, host -> false));

        assertThat(PolicyFixture.run(untested, "git commit -m x"))
                .isInstanceOf(Decision.Deny.class);
        assertThat(PolicyFixture.run(tested, "git commit -m x")).isEqualTo(ALLOW);
    }

    @Test
    void replacesRulesByTheOperators() {
        var rules =
                Map.of(
                        "rm",
                        new CommandRule(true, Optional.of(Set.of("-r", "-f")), List.of(), ""),
                        "ls",
                        new CommandRule(false, Optional.empty(), List.of(), "no lists today"));
        var settings =
                PolicySettings.from(
                        new Settings(Map.of("POLICY_SAFE_COMMANDS_CONFIG", "x")), text -> rules);
        var engine =
                PolicyEngine.of(
                        settings, SandboxSettings.Permissions.ALL, PolicyFixture.ROOT, Facts.NONE);

        assertThat(PolicyFixture.run(engine, "rm -rf x")).isEqualTo(ALLOW);
        assertThat(PolicyFixture.run(engine, "rm -i x")).isInstanceOf(Decision.Deny.class);
        assertThat(PolicyFixture.run(engine, "mv a b")).isInstanceOf(Decision.Deny.class);
        assertThat(PolicyFixture.run(engine, "ls").toString()).contains("no lists today");
    }

    @Test
    void letsEverythingThroughWhenNothingIsRestricted() {
        var engine =
                PolicyFixture.engine(
                        Map.of(
                                "POLICY_SAFE_COMMANDS_ENABLED", "false",
                                "POLICY_GIT_ALLOW_PUSH", "true"));

        assertThat(PolicyFixture.run(engine, "rm -rf $X; a[0]=1")).isEqualTo(ALLOW);
    }

    @Test
    void judgesProgramsWithoutAShellToo() {
        var engine = PolicyFixture.engine(Map.of());

        assertThat(
                        engine.decide(
                                "t",
                                List.of(
                                        new Action.RunProgram(
                                                List.of("rm", "x"), WorkspacePath.ROOT))))
                .isInstanceOf(Decision.Deny.class);
        assertThat(
                        engine.decide(
                                "t",
                                List.of(
                                        new Action.RunProgram(
                                                List.of("echo", "$(rm x)"), WorkspacePath.ROOT))))
                .isEqualTo(ALLOW);
    }
}
