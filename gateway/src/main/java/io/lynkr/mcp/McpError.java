package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

/** A refusal in the words of JSON-RPC; the message names what is wrong. */
final class McpError extends Exception {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_VERSION = -32022;

    private final transient int code;
    private final transient JsonObject data;

    McpError(int code, String message) {
        this(code, message, JsonObject.EMPTY);
    }

    McpError(int code, String message, JsonObject data) {
        super(message);
        this.code = code;
        this.data = data;
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
