package io.lynkr.agent;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.message.MessagesRequest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes a conversation apart again in which calls of ours were shown: each shown answer becomes the
 * very steps that the upstream saw, so that prompt caches and signatures hold.
 */
final class ShownTurns {
    private static final String CUT =
            "The turn ended before this call had a result; it may or may not have been run.";

    private final List<JsonObject> said = new ArrayList<>();

    /** Results that the next user message has to begin with. */
    private List<JsonObject> owed = List.of();

    private ShownTurns() {}

    /** The request as the upstream has to get it; the same one if nothing was shown in it. */
    static MessagesRequest splitIn(MessagesRequest request) {
        // A look at the bytes costs a tenth of a look at every block.
        var text = new String(request.bytes(), StandardCharsets.ISO_8859_1);
        if (!text.contains(ShownCall.MARK)
                || request.messages().stream().noneMatch(ShownTurns::shows)) {
            return request;
        }
        var messages = JsonArray.copyOf(split(request.messages()));
        return request.withJson(request.json().with("messages", messages));
    }

    private static boolean shows(JsonObject message) {
        return message.objects("content").stream().anyMatch(ShownCall::isShown);
    }

    static List<JsonObject> split(List<JsonObject> messages) {
        var turns = new ShownTurns();
        messages.forEach(turns::add);
        turns.payUp();
        return turns.said;
    }

    private void add(JsonObject message) {
        if (shows(message)) {
            payUp();
            splitAnswer(message);
        } else if (!owed.isEmpty() && isUser(message)) {
            said.add(withFirst(message, owed));
            owed = List.of();
        } else {
            payUp();
            said.add(message);
        }
    }

    /** Results that no user message follows stand alone. */
    private void payUp() {
        if (!owed.isEmpty()) {
            said.add(JsonObject.of("role", "user").with("content", JsonArray.copyOf(owed)));
            owed = List.of();
        }
    }

    private static boolean isUser(JsonObject message) {
        return message.string("role").filter("user"::equals).isPresent();
    }

    private static JsonObject withFirst(JsonObject message, List<JsonObject> first) {
        var content = new ArrayList<>(first);
        message.string("content")
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> content.add(JsonObject.of("type", "text").with("text", text)));
        content.addAll(message.objects("content"));
        return message.with("content", JsonArray.copyOf(content));
    }

    private void splitAnswer(JsonObject message) {
        var blocks = new ArrayDeque<>(message.objects("content"));
        while (!blocks.isEmpty()) {
            payUp();
            var step = ShownStep.takenFrom(blocks);
            said.add(message.with("content", JsonArray.copyOf(step.content())));
            owed = step.results();
        }
    }

    /** One call of the model: what it said, and the results of those calls that we ran. */
    private static final class ShownStep {
        private final List<JsonObject> others = new ArrayList<>();
        private final SortedMap<Integer, JsonObject> calls = new TreeMap<>();
        private final SortedMap<Integer, JsonObject> results = new TreeMap<>();
        private int rest;

        /** Takes the blocks of the next step off the front. */
        static ShownStep takenFrom(Deque<JsonObject> blocks) {
            var step = new ShownStep();
            while (!blocks.isEmpty() && !ShownCall.isShown(blocks.getFirst())) {
                step.others.add(blocks.removeFirst());
            }
            while (!blocks.isEmpty() && step.takesShown(blocks.getFirst())) {
                blocks.removeFirst();
            }
            for (int i = 0; i < step.rest && !blocks.isEmpty(); i++) {
                step.others.add(blocks.removeFirst());
            }
            return step;
        }

        /** Takes a shown block; a call behind a result belongs to the next step. */
        private boolean takesShown(JsonObject block) {
            var shown = ShownCall.in(block);
            if (shown.isEmpty()) {
                return false;
            }
            boolean isCall = ShownCall.isUse(block);
            if (isCall && !results.isEmpty()) {
                return false;
            }
            var call = shown.get();
            if (isCall) {
                calls.put(call.position(), call.toolUse(block));
                rest = call.rest();
            } else {
                results.put(call.position(), call.toolResult(block));
            }
            return true;
        }

        List<JsonObject> content() {
            var content = new ArrayList<>(others);
            calls.forEach(
                    (position, call) -> content.add(Math.min(position, content.size()), call));
            content.removeIf(block -> !Step.isSayable(block));
            return content;
        }

        List<JsonObject> results() {
            calls.forEach((position, call) -> results.computeIfAbsent(position, _ -> cut(call)));
            results.keySet().retainAll(calls.keySet());
            return List.copyOf(results.values());
        }

        private static JsonObject cut(JsonObject call) {
            return JsonObject.of("type", "tool_result")
                    .with("tool_use_id", call.string("id").orElse(""))
                    .with("content", CUT)
                    .with("is_error", true);
        }
    }
}
