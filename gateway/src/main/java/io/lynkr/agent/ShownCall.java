package io.lynkr.agent;

import io.lynkr.json.JsonObject;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A call that the gateway ran, as clients see it: {@code mcp_tool_use} of the server {@code lynkr},
 * whose id says where the call stood in the answer that the upstream gave.
 *
 * @param position of the call among the blocks of its step, as the upstream gave them
 * @param rest how many blocks of the same step are shown behind the results
 * @param id the upstream's id of the call
 */
record ShownCall(int position, int rest, String id) {
    static final String SERVER = "lynkr";
    static final String USE = "mcp_tool_use";
    static final String RESULT = "mcp_tool_result";

    /** Begins every id of a call that we showed, so that others can be told apart quickly. */
    static final String MARK = "mcptoolu_lynkr_";

    private static final Pattern ID =
            Pattern.compile(Pattern.quote(MARK) + "(\\d{1,4})_(\\d{1,4})_(.{1,200})");

    /** Reads a shown call's id; empty if it is not one of ours. */
    static Optional<ShownCall> of(String shownId) {
        var parts = ID.matcher(shownId);
        return parts.matches()
                ? Optional.of(
                        new ShownCall(
                                Integer.parseInt(parts.group(1)),
                                Integer.parseInt(parts.group(2)),
                                parts.group(3)))
                : Optional.empty();
    }

    /** Whether a block is a call of ours, or the result of one. */
    static boolean isShown(JsonObject block) {
        return switch (block.type()) {
            case USE -> of(block.string("id").orElse("")).isPresent();
            case RESULT -> of(block.string("tool_use_id").orElse("")).isPresent();
            default -> false;
        };
    }

    String shownId() {
        return MARK + position + "_" + rest + "_" + id;
    }

    /** What the client sees of the upstream's {@code tool_use}. */
    JsonObject use(JsonObject toolUse) {
        return toolUse.with("type", USE).with("id", shownId()).with("server_name", SERVER);
    }

    /** What the client sees of our {@code tool_result}. */
    JsonObject result(JsonObject toolResult) {
        return toolResult
                .with("type", RESULT)
                .with("tool_use_id", shownId())
                .with("is_error", toolResult.isTrue("is_error"));
    }

    /** The way back of {@link #use}. */
    JsonObject toolUse(JsonObject shown) {
        return shown.with("type", "tool_use").with("id", id).without("server_name");
    }

    /** The way back of {@link #result}. */
    JsonObject toolResult(JsonObject shown) {
        var result = shown.with("type", "tool_result").with("tool_use_id", id);
        return result.isTrue("is_error") ? result : result.without("is_error");
    }
}
