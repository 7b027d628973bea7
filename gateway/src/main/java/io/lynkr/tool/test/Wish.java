package io.lynkr.tool.test;

import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.paths.CallPaths;
import io.lynkr.workspace.ChildEnvironment;
import io.lynkr.workspace.Workspace;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a call of {@code workspace_test_run} asks for.
 *
 * @param asConfigured whether the call itself adds nothing to what the operator configured
 */
record Wish(
        TestProfile profile,
        TestProgram.Launch launch,
        boolean asConfigured,
        boolean withCoverage) {

    /** Reads a call's arguments. */
    static Wish of(Arguments arguments, TestSettings settings, Workspace workspace)
            throws ToolException {
        var profile = profile(settings, arguments.text("profile").orElse(TestProfile.DEFAULT));
        if (arguments.has("args")) {
            profile = profile.withArgs(args(arguments));
        }
        var folder =
                CallPaths.resolved(
                        workspace,
                        CallPaths.path(workspace, arguments.text("cwd").orElse(profile.folder())));
        var variables = variables(arguments);
        boolean asConfigured =
                !arguments.has("args") && !arguments.has("cwd") && variables.isEmpty();
        variables.put("WORKSPACE_TEST_PROFILE", profile.name());
        var time = Duration.ofMillis(arguments.number("timeout_ms", settings.time().toMillis()));
        boolean boxed =
                profile.mustBeBoxed()
                        || arguments.text("sandbox").filter("always"::equals).isPresent();
        return new Wish(
                profile,
                new TestProgram.Launch(profile.argv(), folder, variables, time, boxed),
                asConfigured,
                arguments.flag("collect_coverage", true));
    }

    private static TestProfile profile(TestSettings settings, String name) throws ToolException {
        var found = settings.profile(name);
        if (found.isPresent()) {
            return found.get();
        }
        if (name.equals(TestProfile.DEFAULT)) {
            throw new ToolException(
                    Kind.UNAVAILABLE,
                    "it is not configured how tests are run here; the gateway's operator can set"
                            + " WORKSPACE_TEST_COMMAND, for example to 'npm test'");
        }
        throw new ToolException(
                Kind.NOT_FOUND,
                "there is no test profile '"
                        + name
                        + "'; there are "
                        + settings.profiles().stream().map(TestProfile::name).toList());
    }

    private static List<String> args(Arguments arguments) throws ToolException {
        var args =
                arguments
                        .text("args")
                        .map(text -> List.of(text.strip().split("\\s+")))
                        .orElseGet(() -> arguments.texts("args"));
        for (var arg : args) {
            withoutNul("args", arg);
        }
        return args.stream().filter(it -> !it.isEmpty()).toList();
    }

    private static Map<String, String> variables(Arguments arguments) throws ToolException {
        var variables = new LinkedHashMap<String, String>();
        var given = arguments.object("env").orElse(JsonObject.EMPTY);
        for (var name : given.keys()) {
            var value = given.get(name).orElseThrow();
            boolean plain = value instanceof JsonNumber || value instanceof JsonBool;
            var text = plain ? Optional.of(value.toString()) : value.asString();
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || text.isEmpty()) {
                throw new ToolException(
                        Kind.INVALID_ARGUMENTS, "env: '" + name + "' is no variable with a text");
            }
            if (ChildEnvironment.loads(name)) {
                throw new ToolException(
                        Kind.INVALID_ARGUMENTS,
                        "env: " + name + " can make programs load or run something else");
            }
            variables.put(name, withoutNul("env", text.get()));
        }
        return variables;
    }

    private static String withoutNul(String what, String text) throws ToolException {
        if (text.indexOf('\0') >= 0) {
            throw new ToolException(Kind.INVALID_ARGUMENTS, "'" + what + "' has a NUL in it");
        }
        return text;
    }

    /** What the operator configured may run; what a call adds is judged like any command. */
    Action action() {
        if (asConfigured) {
            return new Action.UseRecords("test runs");
        }
        return profile.isLine()
                ? new Action.RunCommand(profile.command(), launch.folder())
                : new Action.RunProgram(launch.argv(), launch.folder());
    }
}
