package io.lynkr.mcp;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One JSON-RPC message of a client, with the HTTP headers that repeat parts of it.
 *
 * @param headers finds a header by its lower-case name
 */
record McpRequest(JsonObject json, Function<String, Optional<String>> headers) {
    private static final String META = "io.modelcontextprotocol/";

    /** What a request says of the client's connection to us, and not of what it wants. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of(
                    META + "protocolVersion",
                    META + "clientCapabilities",
                    META + "clientInfo",
                    "progressToken");

    String method() {
        return json.string("method").orElse("");
    }

    JsonObject params() {
        return json.object("params").orElse(JsonObject.EMPTY);
    }

    Optional<JsonValue> id() {
        return json.get("id").filter(id -> !id.isNull());
    }

    boolean isNotification() {
        return id().isEmpty();
    }

    /** A reply to something that we never asked. */
    boolean isResponse() {
        return !json.has("method") && (json.has("result") || json.has("error"));
    }

    private JsonObject meta() {
        return params().object("_meta").orElse(JsonObject.EMPTY);
    }

    /** Whether the request stands for itself, as those of the newest revision do. */
    boolean isStateless() {
        return meta().has(META + "protocolVersion")
                || method().equals("server/discover")
                || headers.apply("mcp-protocol-version")
                        .filter(McpVersions.STATELESS::equals)
                        .isPresent();
    }

    /**
     * The request for those behind the face.
     *
     * @param notifier takes what they tell meanwhile, if the client wants to hear it
     */
    McpCall toCall(boolean stateless, McpServer.Notifier notifier) {
        var rest = JsonObject.EMPTY;
        for (var member : meta().members().entrySet()) {
            if (!OF_THE_CONNECTION.contains(member.getKey())) {
                rest = rest.with(member.getKey(), member.getValue());
            }
        }
        var params = params().without("_meta");
        return new McpCall(
                rest.isEmpty() ? params : params.with("_meta", rest),
                meta().object(META + "clientCapabilities").orElse(JsonObject.EMPTY),
                stateless,
                notice -> tell(notice, notifier));
    }

    private void tell(JsonObject notice, McpServer.Notifier notifier) {
        var token = progressToken();
        if (token.isPresent()) {
            var about = notice.object("params").orElse(JsonObject.EMPTY);
            notifier.send(notice.with("params", about.with("progressToken", token.get())));
        }
    }

    private Optional<JsonValue> progressToken() {
        return meta().get("progressToken");
    }

    /**
     * Checks what the newest revision asks of every request.
     *
     * @throws McpError naming what is missing or contradicts itself
     */
    void checkStateless() throws McpError {
        var version =
                meta().string(META + "protocolVersion")
                        .orElseThrow(() -> missing("protocolVersion"));
        if (!version.equals(McpVersions.STATELESS)) {
            throw new McpError(
                    McpError.UNSUPPORTED_VERSION,
                    "protocol version " + version + " is not spoken here",
                    JsonObject.EMPTY
                            .with("supported", JsonArray.ofStrings(List.of(McpVersions.STATELESS)))
                            .with("requested", version));
        }
        if (meta().object(META + "clientCapabilities").isEmpty()) {
            throw missing("clientCapabilities");
        }
        checkHeader("mcp-protocol-version", version);
        checkHeader("mcp-method", method());
        switch (method()) {
            case "tools/call", "prompts/get" ->
                    checkHeader("mcp-name", params().string("name").orElse(""));
            case "resources/read" -> checkHeader("mcp-name", params().string("uri").orElse(""));
            default -> {}
        }
    }

    private static McpError missing(String field) {
        return new McpError(
                McpError.INVALID_PARAMS, "params._meta[\"" + META + field + "\"] is missing");
    }

    private void checkHeader(String name, String expected) throws McpError {
        var given = headers.apply(name).map(McpRequest::decoded);
        if (given.filter(expected::equals).isEmpty()) {
            throw new McpError(
                    McpError.HEADER_MISMATCH,
                    "the header %s is %s, but the body says '%s'"
                            .formatted(
                                    name,
                                    given.map(text -> "'" + text + "'").orElse("missing"),
                                    expected));
        }
    }

    /** Values that a header cannot hold are written in Base64. */
    private static String decoded(String value) {
        if (!value.startsWith("=?base64?") || !value.endsWith("?=") || value.length() < 11) {
            return value;
        }
        try {
            var bytes = Base64.getDecoder().decode(value.substring(9, value.length() - 2));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noBase64) {
            return value;
        }
    }
}
