package io.lynkr.cli;

import io.lynkr.json.JsonObject;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which changes a command is about. */
final class DiffScopeOptions {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATH",
            description = "Only files at or below it.")
    String path = "";

    @Option(names = "--staged", description = "Only what is staged.")
    boolean staged;

    @Option(
            names = "--base",
            paramLabel = "REF",
            description =
                    "What has changed since this branch left REF; else what is not committed.")
    String base = "";

    JsonObject arguments() {
        var arguments = JsonObject.EMPTY.with("staged", staged);
        if (!path.isEmpty()) {
            arguments = arguments.with("path", path);
        }
        return base.isEmpty() ? arguments : arguments.with("base", base);
    }
}
