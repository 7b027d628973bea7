package io.lynkr.tool.test;

import io.lynkr.json.JsonObject;

import java.util.Locale;

/**
 * How one test went.
 *
 * @param name unique in its run, as far as the runner tells: {@code suite.case}
 * @param file relative to the workspace if it lies there; empty if it is not known
 * @param line in that file, from 1; 0 if it is not known
 * @param message the first lines of what went wrong; empty if nothing did
 */
record CaseResult(String name, Status status, String file, int line, String message) {
    private static final int LONGEST = 2_000;

    /** How it went. */
    enum Status {
        PASSED,
        FAILED,
        SKIPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    CaseResult {
        message = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
    }

    static CaseResult of(String name, Status status) {
        return new CaseResult(name, status, "", 0, "");
    }

    boolean failed() {
        return status == Status.FAILED;
    }

    CaseResult at(SourceFinder.Place place) {
        return new CaseResult(name, status, place.file(), place.line(), message);
    }

    JsonObject json() {
        var json = JsonObject.of("name", name);
        if (!file.isEmpty()) {
            json = json.with("file", file);
        }
        if (line > 0) {
            json = json.with("line", line);
        }
        return message.isEmpty() ? json : json.with("message", message);
    }
}
