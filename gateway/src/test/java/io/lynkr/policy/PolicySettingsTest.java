package io.lynkr.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Settings;
import io.lynkr.workspace.Mount;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class PolicySettingsTest {

    @Test
    void hasTheSeedsDefaults() {
        var policy = PolicyFixture.settings(Map.of());

        assertThat(policy.maxSteps()).isEqualTo(8);
        assertThat(policy.maxToolCalls()).isEqualTo(12);
        assertThat(policy.allowPush()).isFalse();
        assertThat(policy.allowPull()).isTrue();
        assertThat(policy.allowCommit()).isTrue();
        assertThat(policy.requireTests()).isFalse();
        assertThat(policy.safeCommands()).isTrue();
        assertThat(policy.blockedPaths())
                .containsExactly("/.env", ".env", "/etc/passwd", "/etc/shadow");
        assertThat(policy.commandRules()).containsKeys("rm", "sudo", "mkfs");
    }

    @Test
    void tellsWhatIsWrong() {
        var settings =
                new Settings(
                        Map.of(
                                "POLICY_GIT_COMMIT_REGEX", "(",
                                "POLICY_SAFE_COMMANDS_CONFIG", "{",
                                "POLICY_MAX_STEPS", "0",
                                "MCP_SANDBOX_EXTRA_MOUNTS", "/a:/b;c:/d;/e;/f:/g:rx",
                                "MCP_SANDBOX_PASSTHROUGH_ENV", "PATH,LD_PRELOAD",
                                "MCP_SANDBOX_IMAGE", "alpine",
                                "MCP_SANDBOX_CONTAINER_WORKSPACE", "workspace"));

        PolicySettings.from(
                settings,
                text -> {
                    throw new IllegalArgumentException("it is not JSON");
                });
        SandboxSettings.from(settings);

        assertThat(settings.problems())
                .extracting(ConfigProblem::setting)
                .containsExactlyInAnyOrder(
                        "POLICY_GIT_COMMIT_REGEX",
                        "POLICY_SAFE_COMMANDS_CONFIG",
                        "POLICY_MAX_STEPS",
                        "MCP_SANDBOX_EXTRA_MOUNTS",
                        "MCP_SANDBOX_EXTRA_MOUNTS",
                        "MCP_SANDBOX_EXTRA_MOUNTS",
                        "MCP_SANDBOX_PASSTHROUGH_ENV",
                        "MCP_SANDBOX_CONTAINER_WORKSPACE");
    }

    @Test
    void usesContainersOnlyWithAnImage() {
        assertThat(SandboxSettings.from(new Settings(Map.of())).container()).isEmpty();
        assertThat(
                        SandboxSettings.from(
                                        new Settings(
                                                Map.of(
                                                        "MCP_SANDBOX_IMAGE",
                                                        "a",
                                                        "MCP_SANDBOX_ENABLED",
                                                        "false")))
                                .container())
                .isEmpty();
        assertThat(
                        SandboxSettings.from(
                                        new Settings(
                                                Map.of(
                                                        "MCP_SANDBOX_IMAGE", "a",
                                                        "MCP_SANDBOX_RUNTIME", "podman",
                                                        "MCP_SANDBOX_EXTRA_MOUNTS",
                                                                "/a:/b;/c:/d:ro")))
                                .container())
                .hasValueSatisfying(
                        options -> {
                            assertThat(options.runtime()).isEqualTo("podman");
                            assertThat(options.network()).isEmpty();
                            assertThat(options.mounts())
                                    .containsExactly(
                                            new Mount(Path.of("/a"), Path.of("/b"), true),
                                            new Mount(Path.of("/c"), Path.of("/d"), false));
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, '', '', bash, true",
        "AUTO, '', bash, bash, false",
        "AUTO, '', BA*, bash, false",
        "REQUIRE, '', '', bash, false",
        "REQUIRE, python*, '', python3, true",
        "REQUIRE, *, python3, python3, false",
        "DENY, *, '', bash, false",
    })
    void permitsPrograms(
            SandboxSettings.PermissionMode mode,
            String allow,
            String deny,
            String program,
            boolean permitted) {
        var permissions = new SandboxSettings.Permissions(mode, list(allow), list(deny));

        assertThat(permissions.permit(program)).isEqualTo(permitted);
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }
}
