package io.lynkr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

@Timeout(60)
class SessionsCommandTest {
    private final FakeUpstream upstream = new FakeUpstream();
    private TestCli cli = TestCli.with();

    @TempDir private Path data;

    @BeforeEach
    void keepTwoSessions() {
        var file = data.resolve("lynkr.db").toString();
        cli = TestCli.with("SESSION_DB_PATH", file);
        upstream.willSay("fine \33[31mred").thenSay("good");
        try (var gateway = TestGateway.inFrontOf(upstream, "SESSION_DB_PATH", file)) {
            gateway.messages(TestGateway.asking("how are you", true), "x-session-id", "s1");
            gateway.messages(TestGateway.asking("and you", false), "x-session-id", "s2");
        }
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void listsSessions() {
        assertThat(cli.run("sessions", "list")).isEqualTo(ExitCode.OK);

        assertThat(cli.said().lines()).hasSize(2);
        assertThat(cli.said().lines().findFirst().orElseThrow()).contains("1 turns", "s2");
    }

    @Test
    void listsSessionsAsJson() {
        assertThat(cli.run("sessions", "list", "--json", "--limit", "1")).isEqualTo(ExitCode.OK);

        assertThat(JsonObject.parse(cli.said()).objects("sessions"))
                .singleElement()
                .satisfies(session -> assertThat(session.string("id")).contains("s2"));
    }

    @Test
    void showsASession() {
        assertThat(cli.run("sessions", "show", "s1")).isEqualTo(ExitCode.OK);

        assertThat(cli.said())
                .contains("== turn 1", "user: how are you", "assistant: fine", "served")
                .doesNotContain("and you", "\33");
    }

    @Test
    void exportsAsJsonLines() {
        assertThat(cli.run("sessions", "export")).isEqualTo(ExitCode.OK);

        var turns = cli.said().lines().map(JsonObject::parse).toList();
        assertThat(turns)
                .extracting(turn -> turn.string("session").orElse(""))
                .containsExactlyInAnyOrder("s1", "s2");
        assertThat(turns)
                .allSatisfy(
                        turn -> {
                            assertThat(turn.objects("messages")).hasSize(1);
                            assertThat(turn.object("answer")).isPresent();
                            assertThat(turn.object("usage")).isPresent();
                        });
    }

    @Test
    void exportsOneSession() {
        assertThat(cli.run("sessions", "export", "s2")).isEqualTo(ExitCode.OK);

        assertThat(cli.said().lines()).singleElement().asString().contains("and you");
    }

    @Test
    void tellsThatNothingIsKept() {
        assertThat(cli.run("sessions", "show", "s3")).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.complained()).contains("'s3'", "lynkr sessions list");
    }

    @Test
    void makesNoRecordsOfItsOwn() {
        var nowhere = data.resolve("none.db");
        var other = TestCli.with("SESSION_DB_PATH", nowhere.toString());

        assertThat(other.run("sessions", "list")).isEqualTo(ExitCode.OK);

        assertThat(other.said()).contains("Nothing is kept");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void explainsItself() {
        assertThat(cli.run("sessions", "export", "--help")).isEqualTo(ExitCode.OK);
        assertThat(cli.said()).contains("lynkr sessions export", "JSON lines", "Examples:");
    }
}
