package io.lynkr.tool.test;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.workspace.ProcessLimits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the workspace's tests are run and read.
 *
 * @param profiles the one named {@code default} is used if none is asked for
 * @param coverage patterns for files, the one that tells most first
 * @param reports patterns for files in JUnit's XML
 */
public record TestSettings(
        List<TestProfile> profiles, Duration time, List<String> coverage, List<String> reports) {

    /** Whether tests need a sandbox. */
    private enum Box {
        AUTO,
        ALWAYS,
        NEVER
    }

    public static final Setting<Optional<String>> COMMAND =
            Setting.text(
                    "WORKSPACE_TEST_COMMAND",
                    "What workspace_test_run runs: a program, or a line for bash;"
                            + " POLICY_GIT_TEST_COMMAND by default.");

    public static final Setting<List<String>> ARGS =
            Setting.list(
                    "WORKSPACE_TEST_ARGS",
                    "",
                    "The arguments of the program in WORKSPACE_TEST_COMMAND.");

    public static final Setting<Duration> TIMEOUT_MS =
            Setting.millis(
                    "WORKSPACE_TEST_TIMEOUT_MS",
                    600_000,
                    1,
                    "After so long a test run is killed; 900000 at most.");

    public static final Setting<?> SANDBOX =
            Setting.choice(
                    "WORKSPACE_TEST_SANDBOX",
                    Box.class,
                    Box.AUTO,
                    "Whether tests may run in a sandbox only (always); otherwise they run where"
                            + " commands of models run.");

    public static final Setting<List<String>> COVERAGE_FILES =
            Setting.list(
                    "WORKSPACE_TEST_COVERAGE_FILES",
                    "coverage/coverage-final.json,coverage/lcov.info,coverage/coverage-summary.json,"
                        + "coverage/cobertura-coverage.xml,coverage.xml,lcov.info,"
                        + "**/target/site/jacoco/jacoco.xml,**/build/reports/jacoco/test/*.xml",
                    "Where coverage is read from: Istanbul, LCOV, JaCoCo, Cobertura; patterns such"
                            + " as **/lcov.info.");

    public static final Setting<List<String>> REPORT_FILES =
            Setting.list(
                    "WORKSPACE_TEST_REPORT_FILES",
                    "**/target/surefire-reports/TEST-*.xml,**/target/failsafe-reports/TEST-*.xml,"
                        + "**/build/test-results/**/TEST-*.xml,**/junit*.xml,**/test-results/*.xml",
                    "Where results in JUnit's XML are read from, if a run has just written them.");

    public static final Setting<List<TestProfile>> PROFILES =
            new Setting<>(
                    "WORKSPACE_TEST_PROFILES",
                    "",
                    "a JSON list of {name, command, args, cwd, sandbox}",
                    "Further ways to run tests, which workspace_test_run takes by name.",
                    false,
                    TestSettings::readProfiles);

    public TestSettings {
        profiles = List.copyOf(profiles);
        coverage = List.copyOf(coverage);
        reports = List.copyOf(reports);
    }

    /**
     * Reads and checks; problems are left in the settings.
     *
     * @param beforeCommits the line that the policy wants to pass before a commit
     */
    public static TestSettings from(Settings settings, Optional<String> beforeCommits) {
        boolean boxed = settings.get(SANDBOX) == Box.ALWAYS;
        var profiles = new ArrayList<>(settings.get(PROFILES));
        if (profiles.stream().noneMatch(it -> it.name().equals(TestProfile.DEFAULT))) {
            settings.get(COMMAND)
                    .map(
                            command ->
                                    new TestProfile(
                                            TestProfile.DEFAULT,
                                            command,
                                            settings.get(ARGS),
                                            ".",
                                            boxed))
                    .or(
                            () ->
                                    beforeCommits.map(
                                            line ->
                                                    new TestProfile(
                                                            TestProfile.DEFAULT,
                                                            line,
                                                            List.of(),
                                                            ".",
                                                            boxed)))
                    .ifPresent(profiles::add);
        }
        var time = settings.get(TIMEOUT_MS);
        return new TestSettings(
                profiles.stream().map(it -> boxed ? inBox(it) : it).toList(),
                time.compareTo(ProcessLimits.LONGEST) > 0 ? ProcessLimits.LONGEST : time,
                settings.get(COVERAGE_FILES),
                settings.get(REPORT_FILES));
    }

    private static TestProfile inBox(TestProfile profile) {
        return new TestProfile(
                profile.name(), profile.command(), profile.args(), profile.folder(), true);
    }

    Optional<TestProfile> profile(String name) {
        return profiles.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    private static List<TestProfile> readProfiles(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            if (JsonValue.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            instanceof JsonArray list
                    && list.objects().size() == list.size()) {
                return list.objects().stream().map(TestSettings::readProfile).toList();
            }
        } catch (JsonException broken) {
            throw new IllegalArgumentException("it is not JSON: " + broken.getMessage(), broken);
        }
        throw new IllegalArgumentException("it is no list of objects");
    }

    private static TestProfile readProfile(JsonObject json) {
        var name = json.string("name").orElse("");
        var command = json.string("command").orElse("");
        if (name.isBlank() || command.isBlank()) {
            throw new IllegalArgumentException("each profile needs 'name' and 'command': " + json);
        }
        return new TestProfile(
                name,
                command,
                json.array("args").orElse(JsonArray.EMPTY).strings(),
                json.string("cwd").orElse("."),
                json.string("sandbox").filter("always"::equals).isPresent());
    }
}
