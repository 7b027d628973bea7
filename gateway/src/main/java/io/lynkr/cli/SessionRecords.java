package io.lynkr.cli;

import io.lynkr.app.KeptSessions;

import java.io.IOException;
import java.util.List;

/** What the commands about sessions have in common. */
final class SessionRecords {
    private SessionRecords() {}

    /** Something done with the records, which are closed afterwards. */
    interface Work {
        void run(KeptSessions sessions) throws IOException, CommandFailedException;
    }

    /** Does it, and tells the exit code. */
    static int use(Surroundings surroundings, Work work) throws CommandFailedException {
        try (var sessions = KeptSessions.open(surroundings.settings())) {
            work.run(sessions);
            return ExitCode.OK;
        } catch (IOException unreadable) {
            throw new CommandFailedException(
                    "the records of sessions cannot be read: " + unreadable.getMessage());
        }
    }

    /** All sessions of this name. */
    static List<KeptSessions.Kept> named(KeptSessions sessions, String id)
            throws IOException, CommandFailedException {
        var found = sessions.named(id);
        if (found.isEmpty()) {
            throw new CommandFailedException(
                    "nothing is kept of a session '" + id + "'; 'lynkr sessions list' knows all");
        }
        return found;
    }
}
