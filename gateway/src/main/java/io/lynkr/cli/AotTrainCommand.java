package io.lynkr.cli;

import io.lynkr.app.GatewayStarter;
import io.lynkr.config.Settings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Lets the JVM watch a gateway at work, from start to end, for the cache that makes later starts
 * quick; called by {@code ./lynkr}, and not known to the parser, whose classes would only be in
 * that cache's way. Two gateways in a row: the demo answers, the other passes on.
 */
final class AotTrainCommand implements Callable<Integer> {
    private static final int ROUNDS = 20;

    /** The user's own settings stay out: this must work whatever they say. */
    private static final Map<String, String> DEMO =
            Map.of("PORT", "0", "MODEL_PROVIDER", "demo", "DEMO_TOKENS_PER_SECOND", "0");

    private static final String TURN =
            """
            {"model":"claude-sonnet-4-5","max_tokens":200,"stream":%s,
             "system":[{"type":"text","text":"You are a rehearsal.","cache_control":{"type":"ephemeral"}}],
             "messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}],
             "tools":[{"name":"Read","description":"Reads a file.",
                       "input_schema":{"type":"object","properties":{"path":{"type":"string"}}}}],
             "metadata":{"user_id":"aot"}}
            """;

    private final Surroundings surroundings;
    private final GatewayStarter starter;

    AotTrainCommand(Surroundings surroundings, GatewayStarter starter) {
        this.surroundings = surroundings;
        this.starter = starter;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var _ = surroundings.startLog(new Settings(DEMO));
                var demo = starter.start(new Settings(DEMO));
                var front = starter.start(new Settings(inFrontOf(demo.address())));
                var client = HttpClient.newHttpClient()) {
            for (int i = 0; i < ROUNDS; i++) {
                rehearse(client, front.address());
            }
            return ExitCode.OK;
        }
    }

    private static Map<String, String> inFrontOf(URI upstream) {
        return Map.of(
                "PORT", "0",
                "MODEL_PROVIDER", "anthropic",
                "ANTHROPIC_UPSTREAM_URL", upstream.toString(),
                "ANTHROPIC_UPSTREAM_API_KEY", "rehearsal");
    }

    private static void rehearse(HttpClient client, URI gateway)
            throws IOException, InterruptedException {
        get(client, gateway.resolve("/"));
        get(client, gateway.resolve("/v1/models"));
        get(client, gateway.resolve("/health/ready"));
        get(client, gateway.resolve("/metrics/prometheus"));
        post(client, gateway.resolve("/v1/messages?beta=true"), TURN.formatted(true));
        post(client, gateway.resolve("/v1/messages"), TURN.formatted(false));
        post(client, gateway.resolve("/v1/messages/count_tokens"), TURN.formatted(false));
        post(client, gateway.resolve("/v1/messages"), "{}");
    }

    private static void get(HttpClient client, URI uri) throws IOException, InterruptedException {
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
    }

    private static void post(HttpClient client, URI uri, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri)
                        .header("content-type", "application/json")
                        .header("anthropic-version", "2023-06-01")
                        .header("x-api-key", "rehearsal")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        client.send(request, BodyHandlers.discarding());
    }
}
