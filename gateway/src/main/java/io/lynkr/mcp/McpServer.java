package io.lynkr.mcp;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shows tools to MCP clients over streamable HTTP, in both eras of the protocol. Keeps no session:
 * every request is answered by itself, so that a restart of the gateway loses nothing.
 */
public final class McpServer {
    private static final String META = "io.modelcontextprotocol/";

    private static final long LIST_FRESH_MS = 60_000;

    private final JsonObject identity;
    private final String instructions;

    /**
     * @param version the gateway's own
     * @param instructions for the model: when to use these tools; at most 500 characters
     */
    public McpServer(String version, String instructions) {
        this.identity = JsonObject.of("name", "lynkr").with("version", version);
        this.instructions = instructions;
    }

    /** Sends something while a call is under way. */
    @FunctionalInterface
    public interface Notifier {
        void send(JsonObject notification);
    }

    /** Whether the body asks for a tool to be run, so that its answer may take a while. */
    public static boolean isCall(byte[] body) {
        return isMethod(body, "tools/call");
    }

    /** Whether the body asks for news of lists, for as long as the client stays. */
    public static boolean isSubscription(byte[] body) {
        return isMethod(body, "subscriptions/listen");
    }

    private static boolean isMethod(byte[] body, String method) {
        try {
            return JsonObject.parse(body).string("method").filter(method::equals).isPresent();
        } catch (JsonException notJson) {
            return false;
        }
    }

    /** What a client that asked for news gets: a refusal, or a subscription. */
    public sealed interface Listening {
        record Refused(McpReply reply) implements Listening {}

        record Granted(McpSubscription subscription) implements Listening {}
    }

    /**
     * Reads a request for news.
     *
     * @param headers finds a header by its lower-case name
     */
    public Listening subscribe(byte[] body, Function<String, Optional<String>> headers) {
        var request = new McpRequest(JsonObject.parse(body), headers);
        var id = request.id().orElse(JsonNull.NULL);
        try {
            if (request.isNotification()) {
                throw new McpError(McpError.INVALID_REQUEST, "the request has no id");
            }
            request.checkStateless();
            return new Listening.Granted(McpSubscription.of(id, request.params()));
        } catch (McpError refused) {
            return new Listening.Refused(McpReply.of(status(refused, true), response(id, refused)));
        }
    }

    /**
     * Answers what a client posted: one message, or a batch as older revisions allow.
     *
     * @param headers finds a header by its lower-case name
     * @throws InterruptedException if the client left
     */
    public McpReply handle(
            byte[] body,
            Function<String, Optional<String>> headers,
            McpTools tools,
            Notifier notifier)
            throws InterruptedException {
        JsonValue message;
        try {
            message = JsonValue.parse(body);
        } catch (JsonException notJson) {
            var error =
                    new McpError(
                            McpError.PARSE_ERROR, "the body is not JSON: " + notJson.getMessage());
            return McpReply.of(400, response(JsonNull.NULL, error));
        }
        return switch (message) {
            case JsonObject one -> handle(new McpRequest(one, headers), tools, notifier);
            case JsonArray batch -> handleAll(batch, headers, tools, notifier);
            default -> McpReply.of(400, noMessage());
        };
    }

    private static JsonObject noMessage() {
        return response(
                JsonNull.NULL,
                new McpError(McpError.INVALID_REQUEST, "this is no JSON-RPC message"));
    }

    private McpReply handleAll(
            JsonArray batch,
            Function<String, Optional<String>> headers,
            McpTools tools,
            Notifier notifier)
            throws InterruptedException {
        if (batch.values().isEmpty()) {
            return McpReply.of(400, noMessage());
        }
        List<JsonValue> answers = new ArrayList<>();
        for (var one : batch.values()) {
            if (one instanceof JsonObject message) {
                handle(new McpRequest(message, headers), tools, notifier)
                        .body()
                        .ifPresent(answers::add);
            } else {
                answers.add(noMessage());
            }
        }
        return answers.isEmpty()
                ? McpReply.accepted()
                : McpReply.of(200, JsonArray.copyOf(answers));
    }

    private McpReply handle(McpRequest request, McpTools tools, Notifier notifier)
            throws InterruptedException {
        if (request.isResponse()) {
            return McpReply.accepted();
        }
        var id = request.id().orElse(JsonNull.NULL);
        boolean stateless = request.isStateless();
        try {
            if (request.method().isEmpty()) {
                throw new McpError(McpError.INVALID_REQUEST, "the message has no method");
            }
            if (request.isNotification()) {
                return McpReply.accepted();
            }
            if (stateless) {
                request.checkStateless();
            }
            var result = answer(request, stateless, tools, notifier);
            return McpReply.of(
                    200,
                    JsonObject.of("jsonrpc", "2.0")
                            .with("id", id)
                            .with("result", stateless ? decorated(result) : result));
        } catch (McpError refused) {
            return McpReply.of(status(refused, stateless), response(id, refused));
        }
    }

    private JsonObject answer(
            McpRequest request, boolean stateless, McpTools tools, Notifier notifier)
            throws McpError, InterruptedException {
        return switch (request.method()) {
            case "tools/list" -> list(request, stateless, tools);
            case "tools/call" -> call(request, stateless, tools, notifier);
            case "resources/list" -> list(request, stateless, McpHost.Kind.RESOURCES, tools);
            case "resources/templates/list" ->
                    list(request, stateless, McpHost.Kind.RESOURCE_TEMPLATES, tools);
            case "prompts/list" -> list(request, stateless, McpHost.Kind.PROMPTS, tools);
            case "resources/read", "prompts/get", "completion/complete" ->
                    ask(request, stateless, tools, notifier);
            default -> stateless ? discovered(request) : greeted(request);
        };
    }

    /** Methods of the newest revision only. */
    private JsonObject discovered(McpRequest request) throws McpError {
        if (request.method().equals("server/discover")) {
            return discovered();
        }
        throw unknown(request);
    }

    /** Methods of the revisions with a handshake only. */
    private JsonObject greeted(McpRequest request) throws McpError {
        return switch (request.method()) {
            case "initialize" -> initialized(request);
            case "ping" -> JsonObject.EMPTY;
            default -> throw unknown(request);
        };
    }

    private static McpError unknown(McpRequest request) {
        return new McpError(
                McpError.METHOD_NOT_FOUND, "there is no method '" + request.method() + "' here");
    }

    private JsonObject initialized(McpRequest request) {
        var wanted = request.params().string("protocolVersion").orElse("");
        return JsonObject.of("protocolVersion", McpVersions.settled(wanted))
                .with("capabilities", capabilities())
                .with("serverInfo", identity)
                .with("instructions", instructions);
    }

    private JsonObject discovered() {
        var versions = new ArrayList<String>();
        versions.add(McpVersions.STATELESS);
        return fresh(
                JsonObject.of("supportedVersions", JsonArray.ofStrings(versions))
                        .with("capabilities", capabilities())
                        .with("instructions", instructions));
    }

    private static JsonObject capabilities() {
        var lists = JsonObject.EMPTY.with("listChanged", true);
        return JsonObject.of("tools", lists)
                .with("resources", lists)
                .with("prompts", lists)
                .with("completions", JsonObject.EMPTY);
    }

    private static JsonObject list(McpRequest request, boolean stateless, McpTools tools)
            throws McpError {
        var all = tools.list().stream().map(McpTool::json).toList();
        return onePage(request, stateless, "tools", all);
    }

    private static JsonObject list(
            McpRequest request, boolean stateless, McpHost.Kind kind, McpTools tools)
            throws McpError {
        return onePage(request, stateless, kind.member(), tools.listed(kind));
    }

    private static JsonObject onePage(
            McpRequest request, boolean stateless, String member, List<JsonObject> all)
            throws McpError {
        if (request.params().has("cursor")) {
            throw new McpError(
                    McpError.INVALID_PARAMS, "cursor: the list has one page, so there is none");
        }
        var result = JsonObject.of(member, JsonArray.copyOf(all));
        return stateless ? fresh(result) : result;
    }

    private static JsonObject ask(
            McpRequest request, boolean stateless, McpTools tools, Notifier notifier)
            throws McpError, InterruptedException {
        try {
            var result = tools.ask(request.method(), request.toCall(stateless, notifier));
            boolean isReading = request.method().equals("resources/read");
            return stateless && isReading && !result.has("ttlMs") ? stale(result) : result;
        } catch (McpCallException failed) {
            throw McpError.of(failed);
        }
    }

    /** What a server of an older revision does not say: it may be something else at once. */
    private static JsonObject stale(JsonObject result) {
        return result.with("ttlMs", 0).with("cacheScope", "private");
    }

    private static JsonObject fresh(JsonObject result) {
        return result.with("ttlMs", LIST_FRESH_MS).with("cacheScope", "private");
    }

    private static JsonObject call(
            McpRequest request, boolean stateless, McpTools tools, Notifier notifier)
            throws McpError, InterruptedException {
        var params = request.params();
        var name =
                params.string("name")
                        .orElseThrow(
                                () ->
                                        new McpError(
                                                McpError.INVALID_PARAMS,
                                                "params.name: which tool is to be called?"));
        if (tools.list().stream().noneMatch(tool -> tool.name().equals(name))) {
            throw new McpError(McpError.INVALID_PARAMS, "there is no tool '" + name + "' here");
        }
        var arguments = params.get("arguments").orElse(JsonObject.EMPTY);
        if (!(arguments instanceof JsonObject)) {
            throw new McpError(McpError.INVALID_PARAMS, "params.arguments must be an object");
        }
        return tools.call(request.toCall(stateless, notifier)).json();
    }

    /** What the newest revision asks of every result. */
    private JsonObject decorated(JsonObject result) {
        var meta = result.object("_meta").orElse(JsonObject.EMPTY);
        var typed = result.has("resultType") ? result : result.with("resultType", "complete");
        return typed.with("_meta", meta.with(META + "serverInfo", identity));
    }

    private static JsonObject response(JsonValue id, McpError error) {
        return JsonObject.of("jsonrpc", "2.0").with("id", id).with("error", error.toJson());
    }

    /** Older clients take any HTTP error for the loss of their session. */
    private static int status(McpError refused, boolean stateless) {
        if (!stateless || refused.isOfServer()) {
            return refused.code() == McpError.INVALID_REQUEST ? 400 : 200;
        }
        return refused.code() == McpError.METHOD_NOT_FOUND ? 404 : 400;
    }
}
