package io.lynkr.cli;

import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Prints a session for a person to read. */
@Command(
        name = "show",
        description = "Prints what was said in a session, turn by turn.",
        footer = {"  lynkr sessions show 4f0c2d3e-0000-4000-8000-000000000000 | less"})
final class SessionsShowCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "The session; 'lynkr sessions list' knows them.")
    String id = "";

    SessionsShowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailedException {
        return SessionRecords.use(
                surroundings,
                sessions -> {
                    for (var session : SessionRecords.named(sessions, id)) {
                        sessions.turns(session, this::print);
                    }
                });
    }

    private void print(JsonObject turn) {
        say(heading(turn));
        for (var message : turn.objects("messages")) {
            say(message.string("role").orElse("") + ": " + text(message));
        }
        for (var tool : turn.objects("tools")) {
            say(
                    "tool %s (%s): %s"
                            .formatted(
                                    tool.string("name").orElse(""),
                                    tool.string("decision").orElse("not asked"),
                                    tool.string("result").orElse("")));
        }
        turn.object("answer").ifPresent(answer -> say("assistant: " + text(answer)));
        turn.object("error")
                .ifPresent(error -> say("error: " + error.string("message").orElse("")));
        say("");
    }

    private static String heading(JsonObject turn) {
        var agent = turn.string("agent").filter(name -> !name.isEmpty());
        return String.format(
                Locale.ROOT,
                "== turn %d, %s, %s%s, %s, %s, %d ms",
                turn.integer("id").orElse(0),
                turn.string("begunAt").orElse(""),
                turn.string("model").orElse(""),
                agent.map(name -> ", agent " + name).orElse(""),
                turn.string("history").orElse(""),
                turn.string("outcome").orElse(""),
                turn.integer("durationMs").orElse(0));
    }

    private static String text(JsonObject message) {
        return message.string("content")
                .orElseGet(
                        () ->
                                message.objects("content").stream()
                                        .map(SessionsShowCommand::blockText)
                                        .collect(Collectors.joining("\n")));
    }

    private static String blockText(JsonObject block) {
        return switch (block.type()) {
            case "text" -> block.string("text").orElse("");
            case "image", "document" -> "[" + block.type() + "]";
            default -> block.toString();
        };
    }

    /** A model's text could otherwise speak to the terminal. */
    private void say(String text) {
        surroundings.console().out().println(text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\uFFFD"));
    }
}
