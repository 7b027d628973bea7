package io.lynkr.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the foreign programs that tests run, and says how to install those that are missing. */
final class InstalledTools {
    static final String CLAUDE_CODE = "@anthropic-ai/claude-code@2.1.330";
    static final String TYPESCRIPT_SDK = "@anthropic-ai/sdk@1.12.0";
    static final String MCP_SERVERS = "@modelcontextprotocol/";
    static final String MCP_SERVERS_VERSION = "2026.8.31";

    private InstalledTools() {}

    /** {@code LYNKR_CLAUDE_CLI}, else {@code claude} on the path, else in the cache folder. */
    static Path claude() {
        return installedClaude()
                .or(
                        () -> {
                            install("Claude Code", "claude", CLAUDE_CODE);
                            return installedClaude();
                        })
                .orElseThrow(() -> missing("Claude Code", "claude", CLAUDE_CODE));
    }

    private static Optional<Path> installedClaude() {
        return Stream.of(
                        environment("LYNKR_CLAUDE_CLI").map(Path::of),
                        onPath("claude"),
                        cached("claude", ".bin/claude"))
                .flatMap(Optional::stream)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Path node() {
        return onPath("node")
                .orElseThrow(() -> new AssertionError("Node.js (node) is not on the PATH"));
    }

    /** A {@code node_modules} folder with the official TypeScript SDK in it. */
    static Path sdkModules() {
        return cached("node", "@anthropic-ai/sdk")
                .or(
                        () -> {
                            install("The TypeScript SDK", "node", TYPESCRIPT_SDK);
                            return cached("node", "@anthropic-ai/sdk");
                        })
                .map(sdk -> sdk.getParent().getParent())
                .orElseThrow(() -> missing("The TypeScript SDK", "node", TYPESCRIPT_SDK));
    }

    /** The program of one of the protocol's own servers, such as {@code server-memory}. */
    static Path mcpServer(String name) {
        var module = MCP_SERVERS + name;
        var npmPackage = module + "@" + MCP_SERVERS_VERSION;
        var program = module + "/dist/index.js";
        return cached(name, program)
                .or(
                        () -> {
                            install("The MCP server", name, npmPackage);
                            return cached(name, program);
                        })
                .orElseThrow(() -> missing("The MCP server", name, npmPackage));
    }

    /** In the modules of its own folder, or in those that all tools share. */
    private static Optional<Path> cached(String folder, String module) {
        return Stream.of(cache().resolve(folder), cache())
                .map(root -> root.resolve("node_modules").resolve(module))
                .filter(Files::exists)
                .findFirst();
    }

    private static Path cache() {
        var home = Path.of(System.getProperty("user.home"));
        return environment("LYNKR_CI_TOOLS")
                .map(Path::of)
                .orElseGet(
                        () ->
                                environment("XDG_CACHE_HOME")
                                        .map(Path::of)
                                        .orElse(home.resolve(".cache"))
                                        .resolve("lynkr-ci"));
    }

    private static Optional<Path> onPath(String program) {
        var folders = environment("PATH").map(p -> p.split(File.pathSeparator, -1));
        return folders.map(Arrays::asList).orElse(List.of()).stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }

    /** Gets a package from npm into its cache folder; the tests' own set-up on a fresh machine. */
    private static synchronized void install(String what, String folder, String npmPackage) {
        var target = cache().resolve(folder);
        var npm = onPath("npm").orElseThrow(() -> missing(what, folder, npmPackage));
        try {
            Files.createDirectories(target);
            var log = target.resolve("install.log").toFile();
            var process =
                    new ProcessBuilder(
                                    npm.toString(),
                                    "install",
                                    "--prefix",
                                    target.toString(),
                                    "--no-audit",
                                    "--no-fund",
                                    npmPackage)
                            .redirectErrorStream(true)
                            .redirectOutput(log)
                            .start();
            if (process.waitFor() != 0) {
                throw missing(what, folder, npmPackage);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static AssertionError missing(String what, String folder, String npmPackage) {
        return new AssertionError(
                what
                        + " is not installed. Install it with\n    npm install --prefix "
                        + cache().resolve(folder)
                        + " "
                        + npmPackage
                        + "\nor leave out the tests that need the real client with"
                        + " -Dlynkr.it.skipClaude=true.");
    }
}
