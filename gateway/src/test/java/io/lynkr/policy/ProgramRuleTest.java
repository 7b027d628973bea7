package io.lynkr.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.workspace.WorkspacePath;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class ProgramRuleTest {
    private static final PolicyEngine NO_CURL =
            PolicyFixture.engine(Map.of("MCP_SANDBOX_PERMISSION_DENY", "curl,python*"));
    private static final PolicyEngine ONLY_GIT =
            PolicyFixture.engine(
                    Map.of(
                            "MCP_SANDBOX_PERMISSION_MODE",
                            "require",
                            "MCP_SANDBOX_PERMISSION_ALLOW",
                            "git,ls"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl x",
                "/usr/bin/curl x",
                "ls; curl x",
                "ls | xargs curl",
                "echo $(curl x)",
                "env A=b curl x",
                "bash -c 'true && curl x'",
                "CURL x",
                "python3.12 -c 1",
            })
    void findsADeniedProgramWhereverItStands(String line) {
        assertThat(PolicyFixture.run(NO_CURL, line))
                .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        denial -> assertThat(denial.rule()).isEqualTo("program_denied"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "echo curl", "grep python3 README.md"})
    void leavesOthersAlone(String line) {
        assertThat(PolicyFixture.run(NO_CURL, line)).isInstanceOf(Decision.Allow.class);
    }

    @Test
    void wantsEveryProgramOnTheListIfThereMustBeOne() {
        assertThat(PolicyFixture.run(ONLY_GIT, "git status && ls"))
                .isInstanceOf(Decision.Allow.class);
        assertThat(PolicyFixture.run(ONLY_GIT, "git status && cat x"))
                .isInstanceOf(Decision.Deny.class);
        assertThat(
                        ONLY_GIT.decide(
                                "python_exec",
                                List.of(new Action.RunCode("python3", "1", WorkspacePath.ROOT))))
                .isInstanceOf(Decision.Deny.class);
    }
}
