package io.lynkr.tool.test;

import io.lynkr.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run of the tests, as it is remembered.
 *
 * @param id given by the store; 0 before
 * @param status {@code passed}, {@code failed} or {@code timed_out}
 * @param command as one would type it
 * @param folder it started in
 * @param content the hash of what was tested, if it is known and did not change meanwhile
 * @param stdout what it printed, without the middle if that is long
 * @param report its results, as {@code TestReport} writes them; empty if none could be read
 * @param cases how each known test went, by name: {@code passed}, {@code failed}, {@code skipped}
 * @param coverage as {@code Coverage} writes it; empty if it was not asked for
 */
public record TestRun(
        long id,
        String profile,
        String status,
        String command,
        String folder,
        OptionalInt exitCode,
        boolean timedOut,
        Duration took,
        String sandbox,
        Optional<String> content,
        String stdout,
        String stderr,
        JsonObject report,
        JsonObject cases,
        JsonObject coverage,
        Instant at) {
    static final String PASSED = "passed";
    static final String FAILED = "failed";
    static final String TIMED_OUT = "timed_out";

    /** The same run under the id that it is kept as. */
    public TestRun withId(long newId) {
        return new TestRun(
                newId, profile, status, command, folder, exitCode, timedOut, took, sandbox, content,
                stdout, stderr, report, cases, coverage, at);
    }

    boolean passed() {
        return status.equals(PASSED);
    }
}
