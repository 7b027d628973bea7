package io.lynkr.provider.databricks;

import io.lynkr.provider.Dialect;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Route;
import io.lynkr.provider.Routes;
import io.lynkr.provider.SignIn;
import io.lynkr.provider.UpstreamClient;
import io.lynkr.provider.Urls;
import io.lynkr.provider.databricks.DatabricksSettings.Wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The routes of a workspace, and which of them a model takes.
 *
 * <p>Claude models speak the Messages API at its native route, all others chat completions. A
 * workspace, or a model, without the native route answers 404 there; then the chat route is taken,
 * and remembered for a while. Names with dots ({@code system.ai.…}) live at the AI gateway. A path
 * that the operator chose takes every request.
 */
public final class DatabricksRoutes implements Routes {
    private static final String NATIVE = "/serving-endpoints/anthropic/v1/messages";
    private static final String GATEWAY_NATIVE = "/ai-gateway/anthropic/v1/messages";
    private static final String GATEWAY_CHAT = "/ai-gateway/mlflow/v1/chat/completions";
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 1_000;

    private final Wire wire;
    private final boolean fixed;
    private final Route messages;
    private final Route chat;
    private final InstantSource clock;

    /** Models that the native route does not know, and until when that is believed. */
    private final Map<String, Instant> withoutNative = new ConcurrentHashMap<>();

    /**
     * @param messages the dialect of the native route
     * @param chat the dialect of chat completions
     */
    public DatabricksRoutes(
            DatabricksSettings settings,
            UpstreamClient client,
            InstantSource clock,
            Dialect messages,
            Dialect chat) {
        this.wire = settings.wire();
        this.fixed = settings.path().isPresent();
        this.clock = clock;
        var signIn = settings.signIn(client, clock);
        this.messages =
                new Route(endpoint(settings, signIn, DatabricksRoutes::messagesPath), messages);
        this.chat = new Route(endpoint(settings, signIn, DatabricksRoutes::chatPath), chat);
    }

    private static DatabricksEndpoint endpoint(
            DatabricksSettings settings, SignIn signIn, UnaryOperator<String> byModel) {
        return new DatabricksEndpoint(
                settings, signIn, model -> settings.path().orElseGet(() -> byModel.apply(model)));
    }

    @Override
    public Route first(String model) {
        return switch (wire) {
            case ANTHROPIC -> messages;
            case OPENAI -> chat;
            case AUTO -> isClaude(model) && !lacksNative(model) ? messages : chat;
        };
    }

    @Override
    public Optional<Route> after(String model, Route tried, ProviderException failure) {
        boolean closed =
                wire == Wire.AUTO
                        && !fixed
                        && tried.equals(messages)
                        && failure.what() == ProviderException.Cause.STATUS
                        && failure.error().status() == 404;
        if (!closed) {
            return Optional.empty();
        }
        if (withoutNative.size() >= MOST_REMEMBERED) {
            withoutNative.clear();
        }
        withoutNative.put(model, clock.instant().plus(REMEMBERED));
        return Optional.of(chat);
    }

    private boolean lacksNative(String model) {
        var until = withoutNative.get(model);
        return until != null && clock.instant().isBefore(until);
    }

    private static boolean isClaude(String model) {
        return model.contains("claude");
    }

    private static String messagesPath(String model) {
        return livesAtGateway(model) ? GATEWAY_NATIVE : NATIVE;
    }

    /** The path of the chat route for a model: the operator's, or the usual one. */
    public static String chatPath(DatabricksSettings settings, String model) {
        return settings.path().orElseGet(() -> chatPath(model));
    }

    private static String chatPath(String model) {
        return livesAtGateway(model)
                ? GATEWAY_CHAT
                : "/serving-endpoints/" + Urls.segment(model) + "/invocations";
    }

    /** Models of the catalog have names in three parts: catalog, schema, name. */
    private static boolean livesAtGateway(String model) {
        return model.startsWith("system.ai.");
    }
}
