package io.lynkr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

class ClaudeCommandTest {
    private static final String LYNKR = "{\"name\":\"lynkr\",\"version\":\"1\",\"provider\":\"x\"}";

    /** Nobody listens on port 1. */
    private static final String NOBODY = "1";

    @Test
    void startsAGatewayOfItsOwnWhenNoneIsRunning() {
        var cli = TestCli.with("PORT", NOBODY, "MODEL_PROVIDER", "ollama");
        cli.machine.with("claude").whereProgramsExitWith(7);

        int code = cli.run("claude", "-p", "hi");

        assertThat(code).isEqualTo(7);
        assertThat(cli.gateways.onlyStart().provider()).isEqualTo("ollama");
        assertThat(cli.gateways.onlyStart().port()).isZero();
        assertThat(cli.gateways.closed()).isEqualTo(1);
        assertThat(cli.machine.onlyRun().command())
                .containsExactly(Path.of("bin", "claude").toString(), "-p", "hi");
        assertThat(cli.machine.onlyRun().environment())
                .containsEntry("ANTHROPIC_BASE_URL", "http://127.0.0.1:54321")
                .containsEntry(
                        "ANTHROPIC_AUTH_TOKEN", cli.gateways.onlyStart().token().orElseThrow());
        assertThat(cli.said()).isEmpty();
        assertThat(cli.complained()).contains("started a gateway for this session (ollama)");
    }

    @Test
    void keepsItsOwnGatewayToItself() {
        var cli = TestCli.with("PORT", NOBODY, "HOST", "localhost", "ACCESS_TOKENS", "ann:known");
        cli.machine.with("claude");

        cli.run("claude");

        var launch = cli.gateways.onlyStart();
        assertThat(launch.host()).isEqualTo("127.0.0.1");
        assertThat(launch.token().orElseThrow()).hasSize(64).isNotEqualTo("known");
    }

    @Test
    void usesTheGatewayThatIsRunning() throws IOException {
        try (var gateway = new Greeter(LYNKR)) {
            var cli = TestCli.with("PORT", gateway.port(), "ACCESS_TOKENS", "ann:one,bob:two");
            cli.machine.with("claude");

            int code = cli.run("claude");

            assertThat(code).isZero();
            assertThat(cli.gateways.starts()).isZero();
            assertThat(cli.machine.onlyRun().environment())
                    .containsEntry("ANTHROPIC_BASE_URL", gateway.address())
                    .containsEntry("ANTHROPIC_AUTH_TOKEN", "one");
        }
    }

    @Test
    void takesNobodyElseForAGateway() throws IOException {
        try (var stranger = new Greeter("{\"name\":\"something else\"}")) {
            var cli = TestCli.with("PORT", stranger.port());
            cli.machine.with("claude");

            cli.run("claude");

            assertThat(cli.gateways.starts()).isEqualTo(1);
        }
    }

    @Test
    void startsTheDemoEvenIfAnotherGatewayIsRunning() throws IOException {
        try (var gateway = new Greeter(LYNKR)) {
            var cli = TestCli.with("PORT", gateway.port());
            cli.machine.with("claude");

            cli.run("claude", "--demo", "-p", "hi");

            assertThat(cli.gateways.onlyStart().provider()).isEqualTo("demo");
            assertThat(cli.machine.onlyRun().command()).endsWith("-p", "hi");
        }
    }

    @Test
    void goesToAGivenGatewayWithTheUsersToken() throws IOException {
        try (var gateway = new Greeter(LYNKR)) {
            var cli = TestCli.with("ANTHROPIC_AUTH_TOKEN", "mine");
            cli.machine.with("claude");

            int code = cli.run("claude", "--url=" + gateway.address() + "/", "--model", "sonnet");

            assertThat(code).isZero();
            assertThat(cli.machine.onlyRun().command()).endsWith("--model", "sonnet");
            assertThat(cli.machine.onlyRun().environment())
                    .containsEntry("ANTHROPIC_BASE_URL", gateway.address() + "/")
                    .containsEntry("ANTHROPIC_AUTH_TOKEN", "mine");
        }
    }

    @Test
    void saysSoWhenNobodyAnswersAtTheGivenAddress() {
        var cli = TestCli.with();
        cli.machine.with("claude");

        int code = cli.run("claude", "--url=http://127.0.0.1:1");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.complained())
                .isEqualToNormalizingNewlines(
                        "lynkr: no Lynkr answers at http://127.0.0.1:1. Start one with 'lynkr"
                                + " start', or leave --url out to have one started for you.\n");
    }

    static List<List<String>> argumentsOfClaude() {
        return List.of(
                List.of("-p", "hi"),
                List.of("-p", ""),
                List.of("--print", "--output-format=json", "a b"),
                List.of("start"),
                List.of("@file"),
                List.of("-hp"),
                List.of("-p", "--help"),
                List.of("-p", "--demo", "--url=x"),
                List.of("-p", "--", "--version"),
                List.of("--version"),
                List.of("\"quoted\"", "'too'", "${x}", "a=b"));
    }

    @ParameterizedTest
    @MethodSource("argumentsOfClaude")
    void handsArgumentsOnUnchanged(List<String> arguments) {
        var cli = TestCli.with("PORT", NOBODY);
        cli.machine.with("claude");

        int code = cli.run(with("claude", arguments));

        assertThat(code).isZero();
        assertThat(cli.machine.onlyRun().command().subList(1, 1 + arguments.size()))
                .isEqualTo(arguments);
        assertThat(cli.machine.onlyRun().command()).hasSize(1 + arguments.size());
    }

    @Test
    void handsOnWhatStandsBehindTwoHyphens() {
        var cli = TestCli.with("PORT", NOBODY);
        cli.machine.with("claude");

        cli.run("claude", "--demo", "--", "--help", "--", "--url");

        assertThat(cli.machine.onlyRun().command()).endsWith("--help", "--", "--url");
    }

    @Test
    void keepsCredentialsFromTheChild() {
        var cli =
                TestCli.with(
                        "PORT", NOBODY,
                        "PATH", "/bin",
                        "ACCESS_TOKENS", "ann:one",
                        "ACCESS_TOKENS_FILE", "no/such/file",
                        "ANTHROPIC_API_KEY", "sk-mine",
                        "CLAUDE_CODE_USE_BEDROCK", "1");
        cli.machine.with("claude");

        cli.run("claude", "--demo");

        assertThat(cli.machine.onlyRun().environment())
                .containsOnlyKeys("PORT", "PATH", "ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN");
    }

    @Test
    void tellsHowToInstallClaude() {
        var cli = TestCli.with();

        int code = cli.run("claude");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.complained())
                .isEqualToNormalizingNewlines(
                        "lynkr: Claude Code is not installed, or not on the PATH. Install it with:"
                                + " npm install -g @anthropic-ai/claude-code\n");
        assertThat(cli.gateways.starts()).isZero();
    }

    @Test
    void reportsConfigurationProblemsBeforeItRunsAnything() {
        var cli = TestCli.with("PORT", "eighty");
        cli.machine.with("claude");

        int code = cli.run("claude");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(cli.complained()).contains("PORT: 'eighty' is not a whole number");
        assertThat(cli.machine.runs()).isEmpty();
    }

    private static String[] with(String command, List<String> arguments) {
        var all = new java.util.ArrayList<>(arguments);
        all.addFirst(command);
        return all.toArray(String[]::new);
    }

    /** Answers GET / with a given text. */
    private static final class Greeter implements AutoCloseable {
        private final HttpServer server;

        Greeter(String greeting) throws IOException {
            var loopback = InetAddress.ofLiteral("127.0.0.1");
            server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
            server.createContext(
                    "/",
                    exchange -> {
                        var body = greeting.getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            server.start();
        }

        String port() {
            return Integer.toString(server.getAddress().getPort());
        }

        String address() {
            return "http://127.0.0.1:" + port();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
