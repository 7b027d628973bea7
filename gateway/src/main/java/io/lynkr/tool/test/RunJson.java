package io.lynkr.tool.test;

import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

/** Writes runs as results show them. */
final class RunJson {
    private RunJson() {}

    /**
     * One run, with the ends of what it printed.
     *
     * @param mostCharacters shown of each of stdout and stderr
     */
    static JsonObject of(TestRun run, int mostCharacters) {
        JsonValue exitCode =
                run.exitCode().isPresent()
                        ? JsonNumber.of(run.exitCode().getAsInt())
                        : JsonNull.NULL;
        return JsonObject.EMPTY
                .with("id", run.id())
                .with("status", run.status())
                .with("profile", run.profile())
                .with("command", run.command())
                .with("cwd", run.folder())
                .with("exitCode", exitCode)
                .with("timedOut", run.timedOut())
                .with("durationMs", run.took().toMillis())
                .with("sandbox", run.sandbox())
                .with("createdAt", run.at().toString())
                .with("stdout", end(run.stdout(), mostCharacters))
                .with("stdoutTruncated", run.stdout().length() > mostCharacters)
                .with("stderr", end(run.stderr(), mostCharacters))
                .with("stderrTruncated", run.stderr().length() > mostCharacters);
    }

    private static String end(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int from = text.length() - most;
        return "…" + text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }
}
