package io.lynkr.store.sqlite;

import io.lynkr.json.JsonObject;
import io.lynkr.session.SessionTurn;
import io.lynkr.session.Talk;
import io.lynkr.store.SqlSessionStore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process that keeps turns until it is killed, a few at a time, and prints how many have been
 * acknowledged.
 */
final class TurnWriter {
    static final String SESSION = "s";
    static final int AT_ONCE = 5;

    private TurnWriter() {}

    /**
     * @param args the database file
     */
    public static void main(String[] args) throws IOException {
        var store = new SqlSessionStore(new SqliteDatabase(Path.of(args[0]), Clock.systemUTC()));
        for (int number = 0; ; number += AT_ONCE) {
            var turns = new ArrayList<SessionTurn>();
            for (int i = 0; i < AT_ONCE; i++) {
                turns.add(turn(number + i));
            }
            store.append(turns);
            System.out.println(number + AT_ONCE);
            System.out.flush();
        }
    }

    private static SessionTurn turn(int number) {
        return new SessionTurn(
                new Talk("", SESSION, ""),
                Instant.EPOCH,
                Duration.ZERO,
                List.of(JsonObject.of("role", "user").with("content", number + "x".repeat(500))),
                Optional.of(JsonObject.of("role", "assistant").with("content", "yes")),
                JsonObject.EMPTY);
    }
}
