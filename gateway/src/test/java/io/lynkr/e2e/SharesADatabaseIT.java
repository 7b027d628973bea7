package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Json;
import io.lynkr.testing.PostgresServer;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Gateways on one real PostgreSQL server, which goes and comes back. */
@Timeout(120)
class SharesADatabaseIT {
    private static final String ASK = TestGateway.asking("hi", false);
    private static final String SESSION = "/debug/session";

    private final FakeUpstream upstream = new FakeUpstream();
    private PostgresServer server;
    private String database;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = new PostgresServer(folder);
        database = server.newDatabase();
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void whatOneKeepsTheOtherShows() {
        try (var one = gateway();
                var other = gateway()) {
            one.messages(ASK, "x-session-id", "s");
            awaitTurns(other, "s", 1);

            other.messages(ASK, "x-session-id", "s");

            awaitTurns(one, "s", 2);
            assertThat(server.sql(database, "SELECT version FROM lynkr_schema").strip())
                    .as("the tables were made once")
                    .isEqualTo("1\n2");
        }
    }

    @Test
    void answersWhileTheDatabaseIsAwayAndKeepsWhatWasKept() {
        try (var gateway = gateway()) {
            gateway.messages(ASK, "x-session-id", "before");
            awaitTurns(gateway, "before", 1);

            server.kill();

            assertThat(gateway.messages(ASK, "x-session-id", "meanwhile").statusCode())
                    .isEqualTo(200);
            var sick = awaitDatabase(gateway, false);
            assertThat(sick.text("status")).isEqualTo("degraded");
            assertThat(sick.get("checks").get("database").text("error"))
                    .contains("does not answer");

            server.start();

            assertThat(awaitDatabase(gateway, true).text("status")).isEqualTo("healthy");
            awaitTurns(gateway, "before", 1);
            gateway.messages(ASK, "x-session-id", "after");
            awaitTurns(gateway, "after", 1);
        }
    }

    @Test
    void startsWithoutItsDatabase() {
        server.kill();
        try (var gateway = gateway()) {
            assertThat(gateway.messages(ASK, "x-session-id", "s").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);
        }
        server.start();
    }

    @Test
    void worksBesideTablesThatANewerGatewayChanged() {
        try (var gateway = gateway()) {
            gateway.messages(ASK, "x-session-id", "s");
            awaitTurns(gateway, "s", 1);
        }
        server.sql(database, "INSERT INTO lynkr_schema VALUES (3, '003-future.sql', 1, 0)");

        try (var older = gateway()) {
            awaitTurns(older, "s", 1);
        }
        server.sql(database, "INSERT INTO lynkr_schema VALUES (4, '004-future.sql', 4, 0)");

        try (var tooOld = gateway()) {
            assertThat(tooOld.messages(ASK).statusCode()).isEqualTo(200);
            assertThat(tooOld.get(SESSION, "x-session-id", "s").statusCode()).isEqualTo(500);
        }
    }

    private TestGateway gateway() {
        return TestGateway.inFrontOf(upstream, "SESSION_DB_URL", database);
    }

    /** The page of readiness, once the database is as expected; it is always 200. */
    private static Json awaitDatabase(TestGateway gateway, boolean healthy) {
        while (true) {
            var answer = gateway.get("/health/ready");
            assertThat(answer.statusCode()).isEqualTo(200);
            var ready = Json.parse(answer.body());
            if (ready.get("checks").get("database").has("error") != healthy) {
                return ready;
            }
            Thread.onSpinWait();
        }
    }

    private static void awaitTurns(TestGateway gateway, String session, int turns) {
        var expected = "\"turns\":" + turns;
        while (!gateway.get(SESSION, "x-session-id", session).body().contains(expected)) {
            Thread.onSpinWait();
        }
    }
}
