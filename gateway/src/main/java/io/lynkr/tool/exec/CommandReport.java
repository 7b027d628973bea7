package io.lynkr.tool.exec;

import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.workspace.Output;
import io.lynkr.workspace.ProcessResult;
import io.lynkr.workspace.ProcessResult.Ending;

import java.util.Map;

/**
 * How a run went, in the original's words: {@code {stdout, stderr, exit_code, signal, timed_out,
 * duration_ms, stdout_overflow, stderr_overflow, sandbox}}.
 *
 * @param sandbox the name of the box that ran it
 */
record CommandReport(ProcessResult result, String sandbox) {
    /** Claude Code puts more than 50,000 characters of a result into a file. */
    static final int MOST_CHARACTERS = 48_000;

    private static final int LEAST_KEPT = 1_000;

    /** A shell, and bubblewrap, tell a signal by a code that is this much greater. */
    private static final int SIGNALLED = 128;

    private static final Map<Integer, String> SIGNALS =
            Map.of(
                    1, "SIGHUP",
                    2, "SIGINT",
                    3, "SIGQUIT",
                    4, "SIGILL",
                    6, "SIGABRT",
                    8, "SIGFPE",
                    9, "SIGKILL",
                    11, "SIGSEGV",
                    13, "SIGPIPE",
                    15, "SIGTERM");

    /** Small enough to reach the model whole: the middle of long outputs is left out. */
    JsonObject toJson() {
        int kept = MOST_CHARACTERS;
        var json = keeping(kept);
        while (json.toString().length() > MOST_CHARACTERS && kept > LEAST_KEPT) {
            kept /= 2;
            json = keeping(kept);
        }
        return json;
    }

    private JsonObject keeping(int most) {
        var json =
                JsonObject.of("stdout", shortened(result.stdout().text(), most))
                        .with("stderr", shortened(result.stderr().text(), most))
                        .with("exit_code", exitCode())
                        .with("signal", signal())
                        .with("timed_out", result.ending() instanceof Ending.TimedOut)
                        .with("duration_ms", result.took().toMillis())
                        .with("stdout_overflow", isCut(result.stdout(), most))
                        .with("stderr_overflow", isCut(result.stderr(), most))
                        .with("sandbox", sandbox);
        return switch (result.ending()) {
            case Ending.TooGreedy(var what) -> json.with("killed_for", what);
            case Ending.TimedOut(var limit) ->
                    json.with("killed_for", "more than " + limit.toMillis() + " ms");
            case Ending.Exited _, Ending.NotStarted _ -> json;
        };
    }

    private JsonValue exitCode() {
        return result.ending() instanceof Ending.Exited(var code)
                ? JsonNumber.of(code)
                : JsonNull.NULL;
    }

    private JsonValue signal() {
        return switch (result.ending()) {
            case Ending.Exited(var code) -> {
                var name = SIGNALS.get(code - SIGNALLED);
                yield name == null ? JsonNull.NULL : JsonString.of(name);
            }
            case Ending.TimedOut _, Ending.TooGreedy _ -> JsonString.of("SIGKILL");
            case Ending.NotStarted _ -> JsonNull.NULL;
        };
    }

    private static boolean isCut(Output output, int most) {
        return output.isCut() || output.text().length() > most;
    }

    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int head = boundary(text, most / 2);
        int tail = boundary(text, text.length() - most / 2);
        return "%s%n[... %,d characters left out ...]%n%s"
                .formatted(text.substring(0, head), tail - head, text.substring(tail));
    }

    /** Never between the two halves of a character. */
    private static int boundary(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
    }
}
