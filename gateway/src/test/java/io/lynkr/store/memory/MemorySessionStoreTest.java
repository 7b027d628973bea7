package io.lynkr.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;
import io.lynkr.session.SessionStore;
import io.lynkr.session.SessionStoreContract;
import io.lynkr.session.SessionTurn;
import io.lynkr.session.Talk;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class MemorySessionStoreTest extends SessionStoreContract {
    @Override
    protected SessionStore store() {
        return new MemorySessionStore(1 << 20);
    }

    @Test
    void keepsNoMoreThanThereIsRoomFor() {
        var store = new MemorySessionStore(10_000);
        for (int i = 0; i < 100; i++) {
            store.append(List.of(turn(i)));
        }

        var left = store.find("", "s").orElseThrow();
        assertThat(left.bytes()).isBetween(5_000L, 10_000L);
        assertThat(store.turns("", "s", 0, 100).getLast().messages().toString()).contains("99x");
    }

    private static SessionTurn turn(int number) {
        return new SessionTurn(
                new Talk("", "s", ""),
                Instant.EPOCH,
                Duration.ZERO,
                List.of(JsonObject.of("role", "user").with("content", number + "x".repeat(1_000))),
                Optional.empty(),
                JsonObject.EMPTY);
    }
}
