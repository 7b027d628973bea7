package io.lynkr.agent;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

    /** The same with a call of ours at its end. */
    Step with(JsonObject call) {
        var content = new ArrayList<>(message.objects("content"));
        content.add(call);
        var names = new HashSet<>(ours);
        names.add(call.string("name").orElse(""));
        return new Step(
                message.with("content", JsonArray.copyOf(content)),
                shown,
                failed,
                Set.copyOf(names));
    }

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

    /**
     * How the calls are shown.
     *
     * @param search the API's own web search, if it runs here
     */
    List<ShownCall> shownCalls(Optional<ServedSearch> search) {
        var blocks = message.objects("content");
        int rest = held().size();
        var shownCalls = new ArrayList<ShownCall>();
        for (int i = 0; i < blocks.size(); i++) {
            if (isOurs(blocks.get(i))) {
                var name = blocks.get(i).string("name").orElse("");
                boolean searches = search.filter(s -> s.name().equals(name)).isPresent();
                shownCalls.add(
                        new ShownCall(
                                searches ? ShownCall.Kind.SEARCH : ShownCall.Kind.TOOL,
                                i,
                                rest,
                                blocks.get(i).string("id").orElse("")));
            }
        }
        return shownCalls;
    }

    private boolean isOurs(JsonObject block) {
        return block.type().equals("tool_use") && ours.contains(block.string("name").orElse(""));
    }
}
