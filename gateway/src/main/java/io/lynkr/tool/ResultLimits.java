package io.lynkr.tool;

import io.lynkr.json.JsonObject;

import java.util.List;

/**
 * How much of a result reaches the model.
 *
 * @param mostCharacters of all texts of one result together
 */
public record ResultLimits(int mostCharacters) {
    /** Four fifths of what is left are the beginning, which usually tells more. */
    private static final int HEAD_PARTS = 4;

    private static final int PARTS = 5;

    /** A hundred thousand characters, which a model's context bears. */
    public static final ResultLimits USUAL = new ResultLimits(100_000);

    ToolResult cut(ToolResult result) {
        return switch (result) {
            case ToolResult.Done(var content) when isTooLong(content) ->
                    new ToolResult.Done(cut(content));
            case ToolResult.Unsuccessful(var content) when isTooLong(content) ->
                    new ToolResult.Unsuccessful(cut(content));
            case ToolResult.Failed(var kind, var message) when message.length() > mostCharacters ->
                    new ToolResult.Failed(kind, cut(message, mostCharacters));
            case ToolResult.Done _,
                    ToolResult.Unsuccessful _,
                    ToolResult.Failed _,
                    ToolResult.Denied _ ->
                    result;
        };
    }

    private boolean isTooLong(List<JsonObject> content) {
        return content.stream().mapToLong(block -> text(block).length()).sum() > mostCharacters;
    }

    private List<JsonObject> cut(List<JsonObject> content) {
        int each = mostCharacters / content.size();
        return content.stream()
                .map(
                        block ->
                                block.has("text")
                                        ? block.with("text", cut(text(block), each))
                                        : block)
                .toList();
    }

    private static String text(JsonObject block) {
        return block.string("text").orElse("");
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int head = most * HEAD_PARTS / PARTS;
        int tail = most - head;
        return "%s%n[%d characters left out]%n%s"
                .formatted(
                        text.substring(0, boundary(text, head)),
                        text.length() - most,
                        text.substring(boundary(text, text.length() - tail)));
    }

    /** Never between the two halves of a character. */
    private static int boundary(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
    }
}
