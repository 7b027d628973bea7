package io.lynkr.cli;

import io.lynkr.app.KeptSessions;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Lists the sessions. */
@Command(
        name = "list",
        description = "Lists the sessions that something is kept of, the one used last first.",
        footer = {
            "  lynkr sessions list",
            "  lynkr sessions list --json | jq -r '.sessions[].id'",
        })
final class SessionsListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--json", description = "Prints them as JSON.")
    boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most; 50 by default.")
    int limit;

    SessionsListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailedException {
        var out = surroundings.console().out();
        return SessionRecords.use(
                surroundings,
                sessions -> {
                    var found = sessions.list(Math.max(0, limit));
                    if (json) {
                        var all = found.stream().map(SessionsListCommand::toJson).toList();
                        out.println(JsonObject.of("sessions", JsonArray.copyOf(all)));
                    } else {
                        print(found, out);
                    }
                });
    }

    private static void print(List<KeptSessions.Kept> sessions, PrintWriter out) {
        if (sessions.isEmpty()) {
            out.println("Nothing is kept of any session.");
        }
        for (var session : sessions) {
            out.println(
                    String.format(
                            Locale.ROOT,
                            "%s  %4d turns  %7.1f KB  %s%s",
                            session.updatedAt().truncatedTo(ChronoUnit.SECONDS),
                            session.turns(),
                            session.bytes() / 1024.0,
                            session.id(),
                            session.owner().isEmpty() ? "" : "  of " + session.owner()));
        }
    }

    private static JsonObject toJson(KeptSessions.Kept session) {
        return JsonObject.of("id", session.id())
                .with("owner", session.owner())
                .with("createdAt", session.createdAt().toString())
                .with("updatedAt", session.updatedAt().toString())
                .with("turns", session.turns())
                .with("bytes", session.bytes());
    }
}
