package io.lynkr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class StartCommandTest {
    @TempDir Path folder;

    @Test
    void saysWhereItListensAndHowToConnect() {
        var cli = TestCli.with("MODEL_PROVIDER", "ollama");

        int code = cli.run("start");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.said())
                .isEqualToNormalizingNewlines(
                        """
                        Lynkr listens on http://127.0.0.1:8080 and asks ollama.

                        Connect Claude Code, in another terminal:
                            export ANTHROPIC_BASE_URL=http://127.0.0.1:8080
                            export ANTHROPIC_AUTH_TOKEN=lynkr
                            claude
                        or in one step:
                            lynkr claude

                        Ctrl-C ends the gateway.
                        """);
        assertThat(cli.complained()).isEmpty();
        assertThat(cli.gateways.closed()).isEqualTo(1);
    }

    @Test
    void asksForATokenWhereOneIsNeededWithoutShowingIt() {
        var cli = TestCli.with("HOST", "0.0.0.0", "ACCESS_TOKENS", "ann:hunter2");

        cli.run("start");

        assertThat(cli.said())
                .contains("export ANTHROPIC_AUTH_TOKEN='<your token of ACCESS_TOKENS>'");
        assertThat(cli.toString()).doesNotContain("hunter2");
    }

    @Test
    void closesTheGatewayWhenTheProcessIsToldToEnd() {
        var cli = TestCli.with();
        cli.run("start");

        cli.machine.end();

        assertThat(cli.gateways.closed()).isEqualTo(2);
    }

    @Test
    void readsDotEnvBelowTheEnvironment() throws IOException {
        Files.writeString(folder.resolve(".env"), "PORT=9000\nMODEL_PROVIDER=ollama\n");
        var cli = TestCli.with("PORT", "9001").in(folder);

        cli.run("start");

        assertThat(cli.gateways.onlyStart().port()).isEqualTo(9001);
        assertThat(cli.gateways.onlyStart().provider()).isEqualTo("ollama");
    }

    @Test
    void reportsAllConfigurationProblemsAtOnce() throws IOException {
        Files.writeString(folder.resolve(".env"), "this is no setting\n");
        var cli = TestCli.with("PORT", "eighty", "HOST", "0.0.0.0").in(folder);

        int code = cli.run("start");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(cli.complained())
                .isEqualToNormalizingNewlines(
                        """
                        lynkr: 3 problems in the configuration

                        .env line 1: this is not NAME=value, or a quote is not closed.
                            Write NAME=value with quotes around a value that has # in it, or start the line with # to leave it out.

                        HOST: '0.0.0.0' lets other machines in, and no ACCESS_TOKENS are set.
                            Set ACCESS_TOKENS to name:token (a good token: openssl rand -hex 32), or HOST to 127.0.0.1.

                        PORT: 'eighty' is not a whole number from 0 to 65535.
                            Set it to a whole number from 0 to 65535, or remove it.

                        'lynkr config' lists all settings; 'lynkr demo' needs none.
                        """);
        assertThat(cli.said()).isEmpty();
    }

    @Test
    void warnsOfASettingWithASlipOfThePen() {
        var cli = TestCli.with("UPSTREAM_MAX_SOCKTES", "5");

        int code = cli.run("start");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.complained())
                .isEqualToNormalizingNewlines(
                        "lynkr: UPSTREAM_MAX_SOCKTES: there is no such setting. Did you mean"
                                + " UPSTREAM_MAX_SOCKETS?\n");
    }

    @Test
    void namesTheSettingWhenThePortIsTaken() {
        var cli = TestCli.with();
        cli.gateways.withTakenPorts(8080);

        int code = cli.run("start");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.complained())
                .isEqualToNormalizingNewlines(
                        "lynkr: PORT 8080 is already in use on 127.0.0.1. End the program that"
                                + " listens there, or set PORT=8081 or another free one.\n");
    }

    @Test
    void namesTheSettingWhenTheAddressIsNotOurs() {
        var cli = TestCli.with("HOST", "192.0.2.1", "ACCESS_TOKENS", "a:b");
        cli.gateways.withTakenPorts(8080).failingWith("Cannot assign requested address");

        int code = cli.run("start");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.complained()).contains("HOST '192.0.2.1' is not an address of this machine");
    }

    @Test
    void namesTheSettingWhenThePortNeedsMoreRights() {
        var cli = TestCli.with("PORT", "80");
        cli.gateways.withTakenPorts(80).failingWith("bind(..) failed: Permission denied");

        int code = cli.run("start");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.complained()).contains("PORT 80 needs more rights than this user has");
    }

    @Test
    void leavesStandardOutputToTheLogWhereAProgramReadsIt() {
        var cli = TestCli.with();
        cli.console.piped();

        cli.run("start");

        assertThat(cli.said()).isEmpty();
        assertThat(cli.complained()).contains("Lynkr listens on http://127.0.0.1:8080");
    }
}
