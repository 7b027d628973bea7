package io.lynkr.workspace;

import io.lynkr.workspace.ProcessResult.Ending;

import java.util.List;
import java.util.regex.Pattern;

/** How a run of git went. */
public record GitRun(ProcessResult process) {
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/@\\s]+@");

    /** Whether git ended by itself and says that all is well. */
    public boolean succeeded() {
        return process.succeeded();
    }

    /** Git's exit code; -1 if it did not end by itself. */
    public int exitCode() {
        return process.ending() instanceof Ending.Exited(var code) ? code : -1;
    }

    /** All that it printed; without the middle if that {@linkplain #isCut was too much}. */
    public String out() {
        return process.stdout().text();
    }

    /** What it printed between one NUL and the next. */
    public List<String> fields() {
        var out = out();
        if (out.isEmpty()) {
            return List.of();
        }
        var end = out.endsWith("\0") ? out.length() - 1 : out.length();
        return List.of(out.substring(0, end).split("\0", -1));
    }

    /** Whether it printed more than was kept. */
    public boolean isCut() {
        return process.stdout().isCut();
    }

    /** What it told people, errors first, without credentials that stand in addresses. */
    public String told() {
        var told = (process.stderr().text().strip() + "\n" + out().strip()).strip();
        return withoutCredentials(
                switch (process.ending()) {
                    case Ending.Exited(var code) ->
                            told.isEmpty() && code != 0 ? "git ended with code " + code : told;
                    case Ending.TimedOut(var limit) ->
                            "git was not done after " + limit.toSeconds() + " s\n" + told;
                    case Ending.TooGreedy(var what) -> "git used " + what + "\n" + told;
                    case Ending.NotStarted(var reason) -> "git cannot be run: " + reason;
                });
    }

    /** A text without the user names and passwords in its addresses. */
    public static String withoutCredentials(String text) {
        return CREDENTIALS.matcher(text).replaceAll("");
    }
}
