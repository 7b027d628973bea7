package io.lynkr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

    @Test
    void printsItsVersion() {
        var cli = TestCli.with();

        int code = cli.run("--version");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.said()).isEqualToNormalizingNewlines("lynkr 1.2.3\n");
    }

    @Test
    void explainsItselfWithoutArguments() {
        var cli = TestCli.with();

        int code = cli.run();

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(cli.complained())
                .contains("Usage: lynkr", "start", "demo", "claude", "doctor", "config")
                .doesNotContain("aot-train");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "demo", "claude", "doctor", "config", "tools"})
    void helpsWithEveryCommand(String command) {
        var cli = TestCli.with();

        int code = cli.run(command, "--help");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.said()).contains("lynkr " + command, "Examples:", "--help");
        assertThat(cli.gateways.starts()).isZero();
        assertThat(cli.complained()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "demo", "claude", "doctor", "config", "tools"})
    void helpsTheOtherWayRoundToo(String command) {
        var cli = TestCli.with();

        int code = cli.run("help", command);

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.said()).contains("lynkr " + command, "Examples:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "strat         | lynkr: there is no command 'strat'. Did you mean 'start'?",
                "deom          | lynkr: there is no command 'deom'. Did you mean 'demo'?",
                "cofnig        | lynkr: there is no command 'cofnig'. Did you mean 'config'?",
                "serve         | lynkr: there is no command 'serve'.",
                "x             | lynkr: there is no command 'x'.",
                "--verison     | lynkr: there is no option '--verison'. Did you mean '--version'?",
                "--port=1      | lynkr: there is no option '--port=1'.",
                "start now     | lynkr start: there is no argument 'now'.",
                "start --hlep  | lynkr start: there is no option '--hlep'. Did you mean '--help'?",
                "config --jsn  | lynkr config: there is no option '--jsn'. Did you mean '--json'?",
                "doctor --of   | lynkr doctor: there is no option '--of'. Did you mean"
                        + " '--offline'?",
                "config --json --problems | lynkr config: --json, --problems are mutually exclusive"
                        + " (specify only one)",
                "claude --demo --url=http://a | lynkr claude: --demo, --url=<url> are mutually"
                        + " exclusive (specify only one)",
                "claude --url  | lynkr claude: Missing required parameter for option '--url'"
                        + " (<url>)",
                "claude --url=a.example | lynkr claude: Invalid value for option '--url':"
                        + " 'a.example' is not an http or https address",
            })
    void answersMistakesWithWhatWasMeant(String arguments, String message) {
        var cli = TestCli.with();
        cli.machine.with("claude");

        int code = cli.run(arguments.split(" ", -1));

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(cli.complained().lines().findFirst()).contains(message);
        assertThat(cli.complained()).contains("See 'lynkr");
        assertThat(cli.said()).isEmpty();
        assertThat(cli.gateways.starts()).isZero();
        assertThat(cli.machine.runs()).isEmpty();
    }
}
