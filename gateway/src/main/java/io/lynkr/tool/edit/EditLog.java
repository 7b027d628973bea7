package io.lynkr.tool.edit;

import io.lynkr.json.JsonObject;
import io.lynkr.session.Session;
import io.lynkr.workspace.WorkspacePath;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

/** Writes down what tools change, so that it can be looked at and undone. */
public final class EditLog {
    private final EditStore store;
    private final Clock clock;

    public EditLog(EditStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    EditStore store() {
        return store;
    }

    /**
     * Writes down a change of one file, which is no longer what it was.
     *
     * @param source the tool that made it
     * @return the edit's id, which undoes it
     * @throws IOException if it cannot be written down
     */
    public long record(
            Session session,
            String source,
            WorkspacePath path,
            Optional<byte[]> before,
            Optional<byte[]> after)
            throws IOException {
        return record(session, source, path, before, after, JsonObject.EMPTY);
    }

    long record(
            Session session,
            String source,
            WorkspacePath path,
            Optional<byte[]> before,
            Optional<byte[]> after,
            JsonObject metadata)
            throws IOException {
        if (isSame(before, after)) {
            throw new IllegalArgumentException("'" + path + "' has not been changed");
        }
        var edit =
                new Edit(
                        0,
                        session.id(),
                        path.toString(),
                        clock.instant(),
                        source,
                        Diffs.of(path.toString(), before, after),
                        metadata);
        return store.add(edit, new Versions(before, after)).id();
    }

    static boolean isSame(Optional<byte[]> one, Optional<byte[]> other) {
        return one.isPresent() == other.isPresent()
                && Arrays.equals(
                        one.orElseGet(() -> new byte[0]), other.orElseGet(() -> new byte[0]));
    }
}
