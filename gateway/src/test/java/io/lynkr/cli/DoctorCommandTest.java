package io.lynkr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.app.ProbeResult;
import io.lynkr.app.ProbeResult.Need;
import io.lynkr.app.ProbeResult.Outcome;
import io.lynkr.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.net.URI;

class DoctorCommandTest {
    private static final ProbeResult CHAT =
            new ProbeResult("chat", Outcome.PASS, Need.REQUIRED, "accepted");
    private static final ProbeResult NO_IMAGES =
            new ProbeResult("images", Outcome.FAIL, Need.OPTIONAL, "refused with 400: no");
    private static final ProbeResult NO_TOOLS =
            new ProbeResult("tools", Outcome.FAIL, Need.REQUIRED, "refused with 400: no");
    private static final ProbeResult NO_COUNT =
            new ProbeResult("count_tokens", Outcome.SKIPPED, Need.OPTIONAL, "Lynkr estimates");

    @Test
    void reportsWhatWorksAndWhatDoesNot() {
        var cli =
                TestCli.with("MODEL_PROVIDER", "demo", "UPSTREAM_MAX_SOCKTES", "1")
                        .whereTheBackendShows(CHAT, NO_IMAGES, NO_COUNT);
        cli.machine.with("claude");

        int code = cli.run("doctor");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.said())
                .isEqualToNormalizingNewlines(
                        """
                        Settings
                          ! UPSTREAM_MAX_SOCKTES: there is no such setting. Did you mean UPSTREAM_MAX_SOCKETS?
                          ✓ configuration: complete
                        This machine
                          ✓ Java: %s
                          ✓ Claude Code: 2.1.0 (Claude Code), %s
                          ✓ port 8080: free on 127.0.0.1
                          ✓ sandbox: a box for tests
                        Backend demo
                          ✓ chat: accepted
                          ! images: refused with 400: no
                          - count_tokens: Lynkr estimates
                        """
                                .formatted(
                                        Runtime.version(),
                                        cli.machine.find("claude").orElseThrow()));
    }

    @Test
    void failsWhenTheBackendLacksWhatClaudeCodeNeeds() {
        var cli = TestCli.with("MODEL_PROVIDER", "demo").whereTheBackendShows(CHAT, NO_TOOLS);

        int code = cli.run("doctor");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.said()).contains("✗ tools: refused with 400: no");
    }

    @Test
    void failsOnAWrongSettingAndLeavesTheBackendAlone() {
        var cli = TestCli.with("PORT", "x").whereTheBackendShows(CHAT);

        int code = cli.run("doctor");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.said())
                .contains("✗ PORT: 'x' is not a whole number")
                .contains("- backend: not asked, see the settings")
                .doesNotContain("chat");
    }

    @Test
    void failsWhenAnotherProgramHoldsThePort() {
        var cli = TestCli.with("MODEL_PROVIDER", "demo", "PORT", "1");
        cli.machine.withTakenPorts(1);

        int code = cli.run("doctor", "--offline");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.said())
                .contains(
                        "✗ port 1: another program listens on 127.0.0.1. End it, or set PORT to a"
                                + " free one");
    }

    @Test
    void staysOffTheNetworkWhenTold() {
        var cli = TestCli.with("MODEL_PROVIDER", "demo").whereTheBackendShows(CHAT);

        int code = cli.run("doctor", "--offline");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.said())
                .contains("! Claude Code: not on the PATH. Install it with: npm install")
                .contains("- backend: not asked, because of --offline")
                .doesNotContain("chat");
    }

    @Test
    void asksNothingOfABackendThatCannotBeReached() {
        var cli =
                TestCli.with("MODEL_PROVIDER", "demo")
                        .whereTheBackendIsAt(URI.create("http://127.0.0.1:1"))
                        .whereTheBackendShows(CHAT);

        int code = cli.run("doctor");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.said())
                .contains("✓ host name: 127.0.0.1")
                .contains("✗ connection: port 1 does not answer")
                .doesNotContain("chat");
    }

    @Test
    void reportsAsJson() {
        var cli = TestCli.with("MODEL_PROVIDER", "demo").whereTheBackendShows(CHAT, NO_TOOLS);

        int code = cli.run("doctor", "--json");

        var report = JsonObject.parse(cli.said());
        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(report.bool("ok")).contains(false);
        assertThat(report.objects("checks").getLast())
                .isEqualTo(
                        JsonObject.of("section", "Backend demo")
                                .with("name", "tools")
                                .with("result", "bad")
                                .with("detail", "refused with 400: no"));
    }
}
