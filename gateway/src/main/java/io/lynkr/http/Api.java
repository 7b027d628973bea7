package io.lynkr.http;

import io.lynkr.agent.AgentLoop;
import io.lynkr.agent.ModelCatalog;
import io.lynkr.agent.TokenCounter;
import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;

import java.time.Duration;
import java.util.List;

/**
 * What the server serves.
 *
 * @param agent answers turns
 * @param counter counts tokens
 * @param catalog knows the models
 * @param turnTimeout how long one turn may take in all
 * @param providerName who stands behind, shown at {@code GET /}
 * @param version the gateway's own version
 */
public record Api(
        AgentLoop agent,
        TokenCounter counter,
        ModelCatalog catalog,
        Duration turnTimeout,
        String providerName,
        String version) {

    Routes routes(HttpSettings settings) {
        var models = new ModelsHandler(catalog);
        return new Routes(
                List.of(
                        new Routes.Route(
                                "POST",
                                "/v1/messages",
                                false,
                                new MessagesHandler(agent, settings.pingInterval(), turnTimeout)),
                        new Routes.Route(
                                "POST",
                                "/v1/messages/count_tokens",
                                false,
                                new CountTokensHandler(counter)),
                        new Routes.Route("GET", "/v1/models", false, models::list),
                        new Routes.Route("GET", "/v1/models/*", false, models::one),
                        new Routes.Route("GET", "/", true, this::greet),
                        new Routes.Route("HEAD", "/", true, Api::greetBriefly)));
    }

    /** Tells a person, and {@code lynkr claude}, whom they have reached. */
    private void greet(Exchange exchange) {
        var greeting =
                JsonObject.of("name", "lynkr")
                        .with("version", version)
                        .with("provider", providerName)
                        .with("messages", "POST /v1/messages");
        exchange.respondJson(200, Headers.NONE, greeting.toBytes());
    }

    private static void greetBriefly(Exchange exchange) {
        exchange.respond(200, Headers.NONE, "application/json", new byte[0]);
    }
}
