package io.lynkr.app;

import io.lynkr.config.Settings;
import io.lynkr.json.JsonObject;
import io.lynkr.session.SessionSummary;
import io.lynkr.store.StoreSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What gateways have kept of sessions, to be read without one; they may be running meanwhile. */
public final class KeptSessions implements AutoCloseable {
    private static final int PAGE = 50;

    /** Sessions belong to none. */
    private static final Path NO_WORKSPACE = Path.of("");

    private final Optional<Stores> stores;

    private KeptSessions(Optional<Stores> stores) {
        this.stores = stores;
    }

    /**
     * A session that something is kept of.
     *
     * @param owner the name that goes with the access token; empty where nobody needs one
     * @param updatedAt when its last turn began
     * @param bytes that it takes, roughly
     */
    public record Kept(
            String owner, String id, Instant createdAt, Instant updatedAt, long turns, long bytes) {
        private static Kept of(SessionSummary session) {
            return new Kept(
                    session.owner(),
                    session.id(),
                    session.createdAt(),
                    session.updatedAt(),
                    session.turns(),
                    session.bytes());
        }
    }

    /**
     * Opens the records that the settings name; makes none.
     *
     * @throws io.lynkr.config.ConfigException if the settings cannot be used
     */
    public static KeptSessions open(Settings settings) {
        var where = StoreSettings.from(settings);
        settings.check();
        boolean kept = where.shared().isPresent() || where.file().filter(Files::exists).isPresent();
        return new KeptSessions(
                kept
                        ? Optional.of(Stores.of(where, NO_WORKSPACE, Clock.systemUTC()))
                        : Optional.empty());
    }

    /** The sessions of everybody, the one used last first. */
    public List<Kept> list(int most) throws IOException {
        return stores.isEmpty()
                ? List.of()
                : stores.get().sessions().list(most).stream().map(Kept::of).toList();
    }

    /** The sessions of this name: one for each owner that has one. */
    public List<Kept> named(String id) throws IOException {
        return list(Integer.MAX_VALUE).stream().filter(info -> info.id().equals(id)).toList();
    }

    /** Hands over the turns of a session, one after the other, each as one object. */
    public void turns(Kept session, Consumer<JsonObject> each) throws IOException {
        if (stores.isEmpty()) {
            return;
        }
        var store = stores.get().sessions();
        long after = 0;
        while (true) {
            var page = store.turns(session.owner(), session.id(), after, PAGE);
            if (page.isEmpty()) {
                return;
            }
            page.forEach(turn -> each.accept(turn.toJson()));
            after = page.getLast().id();
        }
    }

    @Override
    public void close() {
        stores.ifPresent(Stores::close);
    }
}
