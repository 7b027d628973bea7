package io.lynkr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs small scripts with the official TypeScript SDK against some base address. A script finds
 * {@code client}, {@code Anthropic} and {@code print(value)}; what it prints comes back as JSON.
 */
public final class NodeClient {
    private static final String FRAME =
            """
            import Anthropic from '@anthropic-ai/sdk';
            const client = new Anthropic({
                baseURL: process.env.BASE_URL,
                authToken: process.env.TOKEN,
                apiKey: null,
                maxRetries: Number(process.env.MAX_RETRIES),
            });
            const print = value => console.log(JSON.stringify(value));
            """;

    private final URI baseUrl;
    private String token = "token-of-node-client";
    private int maxRetries = 0;

    private NodeClient(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    public static NodeClient against(URI baseUrl) {
        return new NodeClient(baseUrl);
    }

    public NodeClient token(String newToken) {
        token = newToken;
        return this;
    }

    public NodeClient maxRetries(int count) {
        maxRetries = count;
        return this;
    }

    /** What the script printed, one value a line; a script that throws fails the test. */
    public List<Json> run(String script) {
        var modules = InstalledTools.sdkModules();
        Path folder = null;
        try {
            folder = Files.createTempDirectory("lynkr-node-");
            Files.createSymbolicLink(folder.resolve("node_modules"), modules);
            var file = Files.writeString(folder.resolve("script.mjs"), FRAME + script);
            var run =
                    Command.of(List.of(InstalledTools.node().toString(), file.toString()))
                            .environment("BASE_URL", baseUrl.toString())
                            .environment("TOKEN", token)
                            .environment("MAX_RETRIES", String.valueOf(maxRetries))
                            .in(folder)
                            .within(Duration.ofSeconds(60))
                            .run();
            if (run.exitCode() != 0 || run.timedOut()) {
                throw new AssertionError(
                        "the script ended with " + run.exitCode() + "\n" + run.stderr());
            }
            return run.stdout().lines().map(Json::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (folder != null) {
                TempWorkspace.delete(folder);
            }
        }
    }
}
