package io.lynkr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real Claude Code, headless, against some base address. It has a home of its own, so nothing
 * of the developer's settings, keys or sessions gets in; the home lives until this is closed, so a
 * conversation can go on.
 */
public final class ClaudeCli implements AutoCloseable {
    public static final String TOKEN = "token-of-claude-cli";

    private final Path program = InstalledTools.claude();
    private final Path home;
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> allowed = new ArrayList<>();
    private Duration limit = Duration.ofSeconds(90);

    private ClaudeCli(URI baseUrl, Path folder) {
        this.folder = folder;
        try {
            home = Files.createTempDirectory("lynkr-claude-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        env("HOME", home.toString());
        env("CLAUDE_CONFIG_DIR", home.resolve("config").toString());
        env("TMPDIR", home.toString());
        env("CLAUDE_CODE_TMPDIR", home.toString());
        env("LANG", "C.UTF-8");
        env("ANTHROPIC_BASE_URL", baseUrl.toString());
        env("ANTHROPIC_AUTH_TOKEN", TOKEN);
        env("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        env("CLAUDE_CODE_MAX_RETRIES", "1");
        env("DISABLE_AUTOUPDATER", "1");
        env("IS_SANDBOX", "1");
    }

    /** Working in this folder. */
    public static ClaudeCli against(URI baseUrl, Path folder) {
        return new ClaudeCli(baseUrl, folder);
    }

    /** These tools run without asking. */
    public ClaudeCli allow(String... tools) {
        allowed.addAll(List.of(tools));
        return this;
    }

    public ClaudeCli model(String name) {
        return option("--model", name);
    }

    public ClaudeCli option(String... words) {
        options.addAll(List.of(words));
        return this;
    }

    public ClaudeCli env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public ClaudeCli withoutEnv(String name) {
        environment.remove(name);
        return this;
    }

    /** Above this the run is killed, with all that it started, and the test fails. */
    public ClaudeCli within(Duration newLimit) {
        limit = newLimit;
        return this;
    }

    public String version() {
        return Command.of(List.of(program.toString(), "--version"))
                .environment(environment)
                .run()
                .stdout()
                .strip();
    }

    /**
     * One of its other commands, such as {@code mcp list}; what it prints.
     *
     * @throws AssertionError if it fails
     */
    public String manage(String... words) {
        var all = new ArrayList<>(List.of(program.toString()));
        all.addAll(List.of(words));
        var run = Command.of(all).environment(environment).in(folder).within(limit).run();
        if (run.exitCode() != 0) {
            throw new AssertionError(all + " ended with " + run.exitCode() + ": " + run.stderr());
        }
        return run.stdout();
    }

    /** A new conversation. */
    public ClaudeRun ask(String prompt) {
        return run(prompt, List.of());
    }

    /** The last conversation goes on. */
    public ClaudeRun goOn(String prompt) {
        return run(prompt, List.of("--continue"));
    }

    private ClaudeRun run(String prompt, List<String> first) {
        var words = new ArrayList<>(List.of(program.toString(), "-p", prompt));
        words.addAll(List.of("--output-format", "stream-json", "--verbose"));
        words.addAll(first);
        words.addAll(options);
        if (!allowed.isEmpty()) {
            words.add("--allowedTools");
            words.add(String.join(",", allowed));
        }
        return ClaudeRun.of(
                Command.of(words).environment(environment).in(folder).within(limit).run());
    }

    @Override
    public void close() {
        TempWorkspace.delete(home);
    }
}
