package io.lynkr.agent;

import io.lynkr.json.JsonObject;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A call that the gateway ran, as clients see it; its id says where the call stood in the answer
 * that the upstream gave.
 *
 * @param kind in which blocks it is shown
 * @param position of the call among the blocks of its step, as the upstream gave them
 * @param rest how many blocks of the same step are shown behind the results
 * @param id the upstream's id of the call
 */
record ShownCall(Kind kind, int position, int rest, String id) {
    static final String SERVER = "lynkr";

    /** Is part of every id of a call that we showed, so that others can be told apart quickly. */
    static final String MARK = "toolu_lynkr_";

    private static final Pattern ID =
            Pattern.compile("(mcp|srv)" + Pattern.quote(MARK) + "(\\d{1,4})_(\\d{1,4})_(.{1,200})");

    /** In which blocks a call and its result are shown. */
    enum Kind {
        /** A tool of the gateway: {@code mcp_tool_use} of the server {@code lynkr}. */
        TOOL("mcp", "mcp_tool_use", "mcp_tool_result"),
        /** The API's own web search, where the gateway runs it. */
        SEARCH("srv", "server_tool_use", "web_search_tool_result");

        private final String prefix;
        private final String use;
        private final String result;

        Kind(String prefix, String use, String result) {
            this.prefix = prefix;
            this.use = use;
            this.result = result;
        }
    }

    /** Reads a shown call's id; empty if it is not one of ours. */
    static Optional<ShownCall> of(String shownId) {
        var parts = ID.matcher(shownId);
        return parts.matches()
                ? Optional.of(
                        new ShownCall(
                                parts.group(1).equals("mcp") ? Kind.TOOL : Kind.SEARCH,
                                Integer.parseInt(parts.group(2)),
                                Integer.parseInt(parts.group(3)),
                                parts.group(4)))
                : Optional.empty();
    }

    /** The call that a block shows, or whose result it shows; empty for all other blocks. */
    static Optional<ShownCall> in(JsonObject block) {
        var type = block.type();
        return of(block.string(isUse(type) ? "id" : "tool_use_id").orElse(""))
                .filter(call -> type.equals(call.kind.use) || type.equals(call.kind.result));
    }

    /** Whether a block is a call of ours, or the result of one. */
    static boolean isShown(JsonObject block) {
        return in(block).isPresent();
    }

    /** Whether a shown block is the call, rather than its result. */
    static boolean isUse(JsonObject block) {
        return isUse(block.type());
    }

    private static boolean isUse(String type) {
        return type.equals(Kind.TOOL.use) || type.equals(Kind.SEARCH.use);
    }

    String shownId() {
        return kind.prefix + MARK + position + "_" + rest + "_" + id;
    }

    /** What the client sees of the upstream's {@code tool_use}. */
    JsonObject use(JsonObject toolUse) {
        var shown = toolUse.with("type", kind.use).with("id", shownId());
        return switch (kind) {
            case TOOL -> shown.with("server_name", SERVER);
            case SEARCH -> shown;
        };
    }

    /** What the client sees of our {@code tool_result}. */
    JsonObject result(JsonObject toolResult) {
        return switch (kind) {
            case TOOL ->
                    toolResult
                            .with("type", kind.result)
                            .with("tool_use_id", shownId())
                            .with("is_error", toolResult.isTrue("is_error"));
            case SEARCH ->
                    JsonObject.of("type", kind.result)
                            .with("tool_use_id", shownId())
                            .with("content", SearchBlocks.shown(toolResult));
        };
    }

    /** The way back of {@link #use}. */
    JsonObject toolUse(JsonObject shown) {
        return shown.with("type", "tool_use").with("id", id).without("server_name");
    }

    /** The way back of {@link #result}. */
    JsonObject toolResult(JsonObject shown) {
        return switch (kind) {
            case TOOL -> {
                var result = shown.with("type", "tool_result").with("tool_use_id", id);
                yield result.isTrue("is_error") ? result : result.without("is_error");
            }
            case SEARCH -> SearchBlocks.toolResult(id, shown);
        };
    }
}
