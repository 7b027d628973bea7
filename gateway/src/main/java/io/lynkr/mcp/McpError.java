package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

/** A refusal in the words of JSON-RPC; the message names what is wrong. */
final class McpError extends Exception {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL = -32603;
    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_VERSION = -32022;

    private final transient int code;
    private final transient JsonObject data;
    private final transient boolean ofServer;

    McpError(int code, String message) {
        this(code, message, JsonObject.EMPTY);
    }

    McpError(int code, String message, JsonObject data) {
        this(code, message, data, false);
    }

    private McpError(int code, String message, JsonObject data, boolean ofServer) {
        super(message);
        this.code = code;
        this.data = data;
        this.ofServer = ofServer;
    }

    /** What a hosted server said, in its own words. */
    static McpError of(McpCallException failed) {
        var said = failed.error().orElse(JsonObject.EMPTY);
        int code = Math.toIntExact(said.integer("code").orElse(INTERNAL));
        return new McpError(
                code, failed.getMessage(), said.object("data").orElse(JsonObject.EMPTY), true);
    }

    /** Whether a hosted server, and not the face, refuses. */
    boolean isOfServer() {
        return ofServer;
    }

    int code() {
        return code;
    }

    JsonObject toJson() {
        var error =
                JsonObject.EMPTY.with("code", code).with("message", String.valueOf(getMessage()));
        return data.isEmpty() ? error : error.with("data", data);
    }
}
