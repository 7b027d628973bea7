package io.lynkr.testing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * What {@link FakeUpstream} answers when nobody scripted anything: all its routes, and its rules.
 */
final class FakeService {
    private static final String NOT_HERE = "no such thing here: ";
    private static final int CREATED = 1_764_000_000;

    private record Refusal(Predicate<RecordedRequest> matches, String message) {}

    private final String name;
    private final ScriptedModel model = new ScriptedModel();
    private final AtomicLong serials = new AtomicLong();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private volatile Optional<String> key = Optional.empty();
    private volatile List<String> modelNames = List.of("claude-opus-4-8", "claude-sonnet-4-5");
    private volatile boolean strict = true;
    private volatile boolean openAiModels;
    private volatile boolean countsTokens = true;

    /** The name goes into every id, so that two upstreams of one conversation do not clash. */
    FakeService(String name) {
        this.name = name;
    }

    ScriptedModel model() {
        return model;
    }

    void requireKey(String token) {
        key = Optional.of(token);
    }

    void refuseWhen(Predicate<RecordedRequest> matches, String message) {
        refusals.add(new Refusal(matches, message));
    }

    void lenient() {
        strict = false;
    }

    void openAiModels() {
        openAiModels = true;
    }

    void models(List<String> names) {
        modelNames = names;
    }

    void withoutCountTokens() {
        countsTokens = false;
    }

    Reply modelReply(RecordedRequest request) {
        var wire = Wire.of(request).orElseThrow();
        var question = wire.read(request);
        return switch (model.answer(question)) {
            case ModelAnswer.Message message ->
                    message.fault().apply(wire.render(question, message, this::serial));
            case ModelAnswer.Failure(var status, var text) -> wire.failure(status, text);
        };
    }

    Reply render(RecordedRequest request, ModelAnswer.Message answer) {
        var wire = Wire.of(request).orElseThrow();
        return wire.render(wire.read(request), answer, this::serial);
    }

    Reply reply(RecordedRequest request) {
        var path = request.path();
        if (request.method().equals("HEAD")) {
            return Reply.of(200, "text/plain", "");
        }
        if (path.endsWith("/oidc/v1/token")) {
            return oauthToken(request);
        }
        if (!isAllowed(request)) {
            return failure(request, 401, "invalid credentials");
        }
        if (FakeUpstream.isCall(request)) {
            return callReply(request);
        }
        return switch (request.method() + " " + lastTwo(path)) {
            case "POST messages/count_tokens" -> countTokens(request);
            case "GET v1/models" -> openAiModels ? openAiModelList() : modelList();
            case "GET api/tags" -> ollamaTags();
            case "GET api/version" -> Reply.json(200, Json.object("version", "0.14.0"));
            case "GET 2.0/serving-endpoints" -> servingEndpoints();
            default -> failure(request, 404, NOT_HERE + request);
        };
    }

    private Reply callReply(RecordedRequest request) {
        return objection(request)
                .map(text -> failure(request, 400, text))
                .orElseGet(() -> modelReply(request));
    }

    private Optional<String> objection(RecordedRequest request) {
        try {
            for (var refusal : refusals) {
                if (refusal.matches.test(request)) {
                    return Optional.of(refusal.message);
                }
            }
            return strict ? Wire.of(request).orElseThrow().objection(request) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("The request body is not valid JSON: " + e.getMessage());
        }
    }

    private boolean isAllowed(RecordedRequest request) {
        if (key.isEmpty()) {
            return true;
        }
        var token = key.get();
        return request.header("authorization").filter(("Bearer " + token)::equals).isPresent()
                || request.header("x-api-key").filter(token::equals).isPresent()
                || request.header("api-key").filter(token::equals).isPresent();
    }

    private static Reply failure(RecordedRequest request, int status, String text) {
        return Wire.of(request).orElseGet(AnthropicWire::new).failure(status, text);
    }

    private Reply countTokens(RecordedRequest request) {
        if (!countsTokens) {
            return failure(request, 404, NOT_HERE + request);
        }
        long tokens = ScriptedModel.countTokens(request.json());
        return Reply.json(200, Json.object("input_tokens", tokens));
    }

    private Reply modelList() {
        var data =
                modelNames.stream()
                        .map(
                                id ->
                                        Json.object(
                                                "type",
                                                "model",
                                                "id",
                                                id,
                                                "display_name",
                                                "The " + id,
                                                "created_at",
                                                "2026-01-01T00:00:00Z"))
                        .toList();
        return Reply.json(
                200,
                Json.object(
                        "data",
                        data,
                        "has_more",
                        false,
                        "first_id",
                        modelNames.getFirst(),
                        "last_id",
                        modelNames.getLast()));
    }

    private Reply openAiModelList() {
        var data =
                modelNames.stream()
                        .map(
                                id ->
                                        Json.object(
                                                "id",
                                                id,
                                                "object",
                                                "model",
                                                "created",
                                                CREATED,
                                                "owned_by",
                                                "fake"))
                        .toList();
        return Reply.json(200, Json.object("object", "list", "data", data));
    }

    private Reply ollamaTags() {
        var tags =
                modelNames.stream()
                        .map(tag -> Json.object("name", tag, "model", tag, "size", 1000))
                        .toList();
        return Reply.json(200, Json.object("models", tags));
    }

    private Reply servingEndpoints() {
        var ready = Json.object("ready", "READY");
        var endpoints =
                modelNames.stream()
                        .map(
                                endpoint ->
                                        Json.object(
                                                "name", endpoint,
                                                "task", "llm/v1/chat",
                                                "state", ready))
                        .toList();
        return Reply.json(200, Json.object("endpoints", endpoints));
    }

    /** Hands out the required key as access token, so that OAuth can be followed to the end. */
    private Reply oauthToken(RecordedRequest request) {
        boolean basic =
                request.header("authorization").filter(a -> a.startsWith("Basic ")).isPresent();
        if (!basic || !request.bodyText().contains("grant_type=client_credentials")) {
            return Reply.json(401, Json.object("error", "invalid_client"));
        }
        return Reply.json(
                200,
                Json.object(
                        "access_token",
                        key.orElse("fake-access-token"),
                        "token_type",
                        "Bearer",
                        "scope",
                        "all-apis",
                        "expires_in",
                        3600));
    }

    private String serial(String prefix) {
        return String.format("%sfake%s_%06d", prefix, name, serials.incrementAndGet());
    }

    private static String lastTwo(String path) {
        var parts = path.split("/", -1);
        return parts.length < 2 ? path : parts[parts.length - 2] + "/" + parts[parts.length - 1];
    }
}
