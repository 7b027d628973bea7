package io.lynkr.agent;

import io.lynkr.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the model said when it was asked once.
 *
 * @param message the whole of it
 * @param shown how many of its blocks the client has already
 * @param failed whether it ended with an {@code error} event, which the client has already
 * @param ours names of the tools that run here
 */
record Step(JsonObject message, int shown, boolean failed, Set<String> ours) {

    /** All blocks, but for empty texts, which the API refuses when they come back. */
    List<JsonObject> content() {
        return message.objects("content").stream().filter(Step::isSayable).toList();
    }

    /** Whether a block may be sent to the API. */
    static boolean isSayable(JsonObject block) {
        return !block.type().equals("text") || !block.string("text").orElse("").isEmpty();
    }

    /** The calls that run here. */
    List<JsonObject> calls() {
        return message.objects("content").stream().filter(this::isOurs).toList();
    }

    /** The blocks that the client has not seen yet, but for calls of ours. */
    List<JsonObject> held() {
        return message.objects("content").stream()
                .skip(shown)
                .filter(block -> !isOurs(block))
                .toList();
    }

    /** Whether tools of the client were called as well, so that it has to go on. */
    boolean isMixed() {
        return message.objects("content").stream()
                .anyMatch(block -> block.type().equals("tool_use") && !isOurs(block));
    }

    /** How the calls are shown. */
    List<ShownCall> shownCalls() {
        var blocks = message.objects("content");
        int rest = held().size();
        var shownCalls = new ArrayList<ShownCall>();
        for (int i = 0; i < blocks.size(); i++) {
            if (isOurs(blocks.get(i))) {
                shownCalls.add(new ShownCall(i, rest, blocks.get(i).string("id").orElse("")));
            }
        }
        return shownCalls;
    }

    private boolean isOurs(JsonObject block) {
        return block.type().equals("tool_use") && ours.contains(block.string("name").orElse(""));
    }
}
