package io.lynkr.cli;

import io.lynkr.app.KeptSessions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** Prints sessions for programs to read. */
@Command(
        name = "export",
        description = {
            "Prints sessions as JSON lines: one object for each turn, in the order in which they"
                    + " were kept.",
        },
        footer = {
            "  lynkr sessions export > all.jsonl",
            "  lynkr sessions export my-session | jq -c '{model, usage}'",
        })
final class SessionsExportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "The session; without it, all of them.")
    String id = "";

    SessionsExportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailedException {
        var out = surroundings.console().out();
        return SessionRecords.use(
                surroundings,
                sessions -> {
                    for (var session : wanted(sessions)) {
                        sessions.turns(session, out::println);
                    }
                });
    }

    private List<KeptSessions.Kept> wanted(KeptSessions sessions)
            throws IOException, CommandFailedException {
        return id.isEmpty() ? sessions.list(Integer.MAX_VALUE) : SessionRecords.named(sessions, id);
    }
}
