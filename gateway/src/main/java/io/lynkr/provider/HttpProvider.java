package io.lynkr.provider;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.ModelInfo;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.resilience.Deadline;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A provider that is called over HTTP: an endpoint, a dialect, and what is common to all of them.
 */
public final class HttpProvider implements Provider {
    private static final int MAX_BODY = 64 * 1024 * 1024;
    private static final int MAX_ERROR_BODY = 1024 * 1024;
    private static final Duration MODELS_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final Routes routes;
    private final UpstreamClient client;

    public HttpProvider(String name, Routes routes, UpstreamClient client) {
        this.name = name;
        this.routes = routes;
        this.client = client;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reply send(ProviderCall call) throws ProviderException, InterruptedException {
        var model = call.request().model();
        var route = routes.first(model);
        try {
            return send(call, route);
        } catch (ProviderException failure) {
            var other = routes.after(model, route, failure);
            if (other.isEmpty()) {
                throw failure;
            }
            return send(call, other.get());
        }
    }

    private Reply send(ProviderCall call, Route route)
            throws ProviderException, InterruptedException {
        var translation = translate(call, route);
        try {
            return exchange(call, route, translation);
        } catch (ProviderException refused) {
            var corrected = correction(translation, refused);
            if (corrected.isEmpty()) {
                throw refused;
            }
            return exchange(call, route, corrected.get());
        }
    }

    private static Translation translate(ProviderCall call, Route route) throws ProviderException {
        try {
            return route.dialect().translate(call.request(), call.headers());
        } catch (ApiException cannotBeSaid) {
            throw new ProviderException(Cause.UNSUPPORTED, cannotBeSaid.error());
        }
    }

    private static Optional<Translation> correction(
            Translation translation, ProviderException refused) {
        return refused.what() == Cause.STATUS
                ? translation.correctedAfter(refused.error())
                : Optional.empty();
    }

    private Reply exchange(ProviderCall call, Route route, Translation translation)
            throws ProviderException, InterruptedException {
        var known = translation.answerWithoutCall();
        if (known.isPresent()) {
            var model = call.request().model();
            return new Reply.Whole(
                    new Served(name, model, Headers.NONE, translation.edits()), known.get());
        }
        var uri = route.endpoint().messages(call.request().model(), call.request().stream());
        var response = post(uri, route.endpoint(), translation, call.deadline());
        var served =
                new Served(
                        name,
                        call.request().model(),
                        concerningClient(response),
                        translation.edits());
        if (response.status() >= 300) {
            var body = response.body(MAX_ERROR_BODY);
            var refusal = translation.answerInstead(response.status(), body);
            if (refusal.isPresent()) {
                return new Reply.Whole(served, refusal.get());
            }
            throw refused(route.endpoint(), translation, response);
        }
        var events = response.events();
        return events.isPresent()
                ? new Reply.Streamed(served, events.get())
                : new Reply.Whole(served, translation.whole(response.body(MAX_BODY)));
    }

    /** Signs in and posts; once more if the backend refused a sign-in that can be renewed. */
    private UpstreamResponse post(
            URI uri, Endpoint endpoint, Translation translation, Deadline deadline)
            throws ProviderException, InterruptedException {
        var response = client.send(signed(uri, endpoint, translation), deadline);
        if (response.status() == 401 && endpoint.signInRefused()) {
            response.close();
            return client.send(signed(uri, endpoint, translation), deadline);
        }
        return response;
    }

    private static UpstreamRequest signed(URI uri, Endpoint endpoint, Translation translation)
            throws ProviderException, InterruptedException {
        var headers =
                translation
                        .headers()
                        .replacing("content-type", "application/json")
                        .and(endpoint.signIn());
        return UpstreamRequest.post(uri, headers, translation.body())
                .understoodBy(translation.stream());
    }

    /** The error that an error answer stands for; its body travels on if it has the API's shape. */
    private ProviderException refused(
            Endpoint endpoint, Translation translation, UpstreamResponse response)
            throws ProviderException, InterruptedException {
        var body = response.body(MAX_ERROR_BODY);
        int status = response.status();
        if (status < 400) {
            return new ProviderException(
                    Cause.UNUSABLE,
                    ApiError.api(
                            502,
                            "the backend %s answered with a redirect (HTTP %d), which is never followed; check its address"
                                    .formatted(name, status)));
        }
        var error = translation.error(status, response.headers(), body);
        if (status == 401 || status == 403) {
            return credentialsRefused(endpoint, status, error);
        }
        return new ProviderException(
                Cause.STATUS,
                error,
                withAdvice(error, response),
                isApiError(body) ? Optional.of(body) : Optional.empty());
    }

    /** When to try again, in whole seconds as clients read it, or not at all. */
    private static Headers withAdvice(ApiError error, UpstreamResponse response) {
        var headers = concerningClient(response);
        if (error.status() == 402) {
            return headers.replacing("x-should-retry", "false");
        }
        var millis =
                response.headers().first("retry-after-ms").filter(ms -> ms.matches("\\d{1,9}"));
        return millis.isPresent() && !headers.has("retry-after")
                ? headers.with(
                        "retry-after", Long.toString((Long.parseLong(millis.get()) + 999) / 1000))
                : headers;
    }

    /** Not the client's fault, and no use retrying: the gateway's own key is wrong. */
    private ProviderException credentialsRefused(Endpoint endpoint, int status, ApiError error) {
        var message =
                "the backend %s refused the gateway's own credentials (HTTP %d: %s). Check %s in the gateway's configuration; your client's key is not the cause"
                        .formatted(name, status, error.message(), endpoint.credentialSettings());
        return new ProviderException(
                Cause.CREDENTIALS,
                ApiError.api(502, message),
                Headers.of("x-should-retry", "false"),
                Optional.empty());
    }

    private static boolean isApiError(byte[] body) {
        try {
            var json = JsonObject.parse(body);
            var error = json.object("error");
            return json.type().equals("error")
                    && error.isPresent()
                    && error.get().string("type").isPresent()
                    && error.get().string("message").isPresent();
        } catch (JsonException notJson) {
            return false;
        }
    }

    /** Those response headers that mean something to the client. */
    private static Headers concerningClient(UpstreamResponse response) {
        return response.headers().without(lowerCase -> !concernsClient(lowerCase));
    }

    private static boolean concernsClient(String lowerCase) {
        return lowerCase.equals("request-id")
                || lowerCase.equals("retry-after")
                || lowerCase.equals("x-should-retry")
                || lowerCase.startsWith("anthropic-");
    }

    @Override
    public OptionalLong countTokens(ProviderCall call)
            throws ProviderException, InterruptedException {
        var route = routes.first(call.request().model());
        var uri = route.endpoint().countTokens(call.request().model());
        if (uri.isEmpty()) {
            return OptionalLong.empty();
        }
        var translation = translate(call, route);
        var response = post(uri.get(), route.endpoint(), translation, call.deadline());
        if (response.status() >= 300) {
            throw refused(route.endpoint(), translation, response);
        }
        return readCount(response.body(MAX_ERROR_BODY));
    }

    @Override
    public boolean searchesWeb(ProviderCall call) {
        var model = call.request().model();
        return routes.first(model).dialect().carriesWebSearch(model);
    }

    private static OptionalLong readCount(byte[] body) {
        try {
            return JsonObject.parse(body).integer("input_tokens");
        } catch (JsonException notJson) {
            return OptionalLong.empty();
        }
    }

    @Override
    public List<ModelInfo> models() throws ProviderException, InterruptedException {
        var endpoint = routes.first(MessagesRequest.NO_MODEL).endpoint();
        var uri = endpoint.models();
        if (uri.isEmpty()) {
            return List.of();
        }
        var headers = endpoint.modelsHeaders().and(endpoint.signIn());
        var request = UpstreamRequest.get(uri.get(), headers);
        var response = client.send(request, Deadline.after(MODELS_TIMEOUT));
        var body = response.body(MAX_BODY);
        if (response.status() != 200) {
            throw new ProviderException(
                    Cause.STATUS,
                    ApiError.api(
                            502,
                            "the backend %s does not list its models (HTTP %d)"
                                    .formatted(name, response.status())));
        }
        return endpoint.readModels(body);
    }

    @Override
    public void close() {
        client.close();
    }
}
