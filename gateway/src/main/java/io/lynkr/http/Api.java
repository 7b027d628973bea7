package io.lynkr.http;

import io.lynkr.agent.AgentLoop;
import io.lynkr.agent.ModelCatalog;
import io.lynkr.agent.TokenCounter;
import io.lynkr.http.Routes.Route;
import io.lynkr.json.JsonObject;
import io.lynkr.mcp.McpServer;
import io.lynkr.mcp.McpTools;
import io.lynkr.message.Headers;
import io.lynkr.session.Session;
import io.lynkr.session.SessionStore;
import io.lynkr.session.TranscriptWriter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the server serves.
 *
 * @param agent answers turns
 * @param counter counts tokens
 * @param catalog knows the models
 * @param mcp shows tools to MCP clients
 * @param tools as the owner of a session gets them there
 * @param transcripts writes down what is said in sessions
 * @param sessions what was written down
 * @param turnTimeout how long one turn may take in all
 * @param providerName who stands behind, shown at {@code GET /}
 * @param version the gateway's own version
 * @param monitoring what operators look at
 */
public record Api(
        AgentLoop agent,
        TokenCounter counter,
        ModelCatalog catalog,
        McpServer mcp,
        Function<Session, McpTools> tools,
        TranscriptWriter transcripts,
        SessionStore sessions,
        Duration turnTimeout,
        String providerName,
        String version,
        Monitoring monitoring) {

    Routes routes(HttpSettings settings) {
        var models = new ModelsHandler(catalog);
        var messages = new MessagesHandler(agent, settings.pingInterval(), turnTimeout);
        var counting = new CountTokensHandler(counter);
        var mcpTools = new McpHandler(mcp, tools, settings.pingInterval());
        var debugging = new DebugSessionHandler(transcripts, sessions);
        var routes =
                new ArrayList<>(
                        List.of(
                                Route.of("POST", "/v1/messages", Routes.CLOSED, messages),
                                Route.of(
                                        "POST",
                                        "/v1/messages/count_tokens",
                                        Routes.CLOSED,
                                        counting),
                                Route.of("GET", "/v1/models", Routes.CLOSED, models::list),
                                Route.of("GET", "/v1/models/*", Routes.CLOSED, models::one),
                                Route.of("GET", "/debug/session", Routes.CLOSED, debugging),
                                Route.of("POST", "/mcp", Routes.CLOSED, mcpTools),
                                Route.of("GET", "/", Routes.OPEN, this::greet)));
        routes.addAll(monitoring.routes(version, providerName));
        return new Routes(routes);
    }

    /** Tells a person, and {@code lynkr claude}, whom they have reached. */
    private void greet(Exchange exchange) {
        var greeting =
                JsonObject.of("name", "lynkr")
                        .with("version", version)
                        .with("provider", providerName)
                        .with("messages", "POST /v1/messages")
                        .with("mcp", "POST /mcp");
        exchange.respondJson(200, Headers.NONE, greeting.toBytes());
    }
}
