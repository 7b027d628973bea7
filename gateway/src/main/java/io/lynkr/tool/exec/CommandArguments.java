package io.lynkr.tool.exec;

import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonValue;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.workspace.ChildEnvironment;
import io.lynkr.workspace.FileEntry;
import io.lynkr.workspace.ProcessLimits;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What every tool that runs a program takes: folder, time, variables, sandbox. */
record CommandArguments(Arguments arguments) {
    private static final String ALWAYS = "always";

    /** A tool's own parameters and the common ones. */
    static List<Parameter> after(Parameter... own) {
        var common =
                List.of(
                        Parameter.text(
                                        "cwd",
                                        "The folder to start in, inside the workspace; its root by"
                                                + " default.")
                                .or("folder", "working_directory"),
                        Parameter.number(
                                        "timeout_ms",
                                        1,
                                        ProcessLimits.LONGEST.toMillis(),
                                        "After this many milliseconds it is killed, with all that"
                                                + " it started; 15000 unless the gateway's operator"
                                                + " changed it.")
                                .or("timeout"),
                        Parameter.object("env", "Further variables of its environment."),
                        Parameter.choice(
                                        "sandbox",
                                        List.of("auto", ALWAYS, "never"),
                                        "'always' refuses to run outside a sandbox. The others"
                                            + " leave it to the gateway, which does not do without"
                                            + " one because a model asks.")
                                .or("isolation"),
                        Parameter.text("session_id", "Not needed; every run is one of its own."));
        return Stream.concat(Stream.of(own), common.stream()).toList();
    }

    WorkspacePath folder(Workspace workspace) throws ToolException {
        try {
            var folder = workspace.resolve(workspace.path(arguments.text("cwd").orElse(".")));
            boolean isFolder =
                    folder.isRoot()
                            || workspace
                                    .find(folder)
                                    .filter(entry -> entry.kind() == FileEntry.Kind.FOLDER)
                                    .isPresent();
            if (!isFolder) {
                throw new ToolException(
                        Kind.NOT_FOUND, "cwd: '" + folder + "' is no folder of the workspace");
            }
            return folder;
        } catch (WorkspaceException refused) {
            throw new ToolException(Kind.INVALID_ARGUMENTS, "cwd: " + refused.getMessage());
        }
    }

    Duration time(Duration byDefault) {
        return Duration.ofMillis(arguments.number("timeout_ms", byDefault.toMillis()));
    }

    boolean mustBeBoxed() {
        return arguments.text("sandbox").filter(ALWAYS::equals).isPresent();
    }

    Map<String, String> variables() throws ToolException {
        var variables = new LinkedHashMap<String, String>();
        var given = arguments.object("env");
        if (given.isEmpty()) {
            return variables;
        }
        for (var entry : given.get().members().entrySet()) {
            var name = checked(entry.getKey());
            variables.put(name, value(name, entry.getValue()));
        }
        return variables;
    }

    private static String checked(String name) throws ToolException {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS, "env: '" + name + "' is no name of a variable");
        }
        if (ChildEnvironment.loads(name)) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS,
                    "env: " + name + " can make programs load or run something else; leave it out");
        }
        return name;
    }

    private static String value(String name, JsonValue value) throws ToolException {
        if (value instanceof JsonNumber || value instanceof JsonBool) {
            return value.toString();
        }
        return withoutNul(
                "env: " + name,
                value.asString()
                        .orElseThrow(
                                () ->
                                        new ToolException(
                                                Kind.INVALID_ARGUMENTS,
                                                "env: the value of " + name + " must be a text")));
    }

    /** No program could be given such a text. */
    static String withoutNul(String what, String text) throws ToolException {
        if (text.indexOf('\0') >= 0) {
            throw new ToolException(Kind.INVALID_ARGUMENTS, what + " has a NUL in it");
        }
        return text;
    }
}
