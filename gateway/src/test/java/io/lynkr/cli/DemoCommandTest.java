package io.lynkr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoCommandTest {

    @Test
    void startsTheScriptedModelWhateverIsConfigured() {
        var cli = TestCli.with("MODEL_PROVIDER", "databricks");

        int code = cli.run("demo");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.gateways.onlyStart().provider()).isEqualTo("demo");
        assertThat(cli.said())
                .startsWith("Lynkr's demo listens on http://127.0.0.1:8080.")
                .contains("A built-in scripted model answers: it costs nothing and knows nothing.")
                .contains("export ANTHROPIC_BASE_URL=http://127.0.0.1:8080");
    }

    @Test
    void takesTheNextFreePortAndSaysSo() {
        var cli = TestCli.with();
        cli.gateways.withTakenPorts(8080, 8081);

        int code = cli.run("demo");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.said())
                .contains("listens on http://127.0.0.1:8082.")
                .contains("(Port 8080 is taken.)")
                .contains("lynkr claude --url http://127.0.0.1:8082");
    }

    @Test
    void staysOnAPortThatWasAskedFor() {
        var cli = TestCli.with("PORT", "9000");
        cli.gateways.withTakenPorts(9000);

        int code = cli.run("demo");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.complained()).contains("PORT 9000 is already in use");
    }
}
