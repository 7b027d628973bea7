package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonPatch;
import io.lynkr.json.JsonString;
import io.lynkr.message.MessagesRequest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds messages of the role {@code system} into their neighbours, for backends that know only
 * users and assistants: those before the first user message go to the system prompt, later ones to
 * the end of the user message before them, marked as reminders. The same conversation is folded
 * alike every time, so that prompt caches hold.
 */
final class SystemFolding {
    private final List<Integer> folded = new ArrayList<>();
    private final List<JsonObject> toSystem = new ArrayList<>();
    private final Map<Integer, List<JsonObject>> toMessages = new LinkedHashMap<>();
    private final List<JsonObject> messages;
    private final boolean withoutScope;

    private SystemFolding(List<JsonObject> messages, boolean withoutScope) {
        this.messages = messages;
        this.withoutScope = withoutScope;
    }

    /**
     * Looks where each system message belongs.
     *
     * @param withoutScope whether cache marks must not tell a scope
     */
    static SystemFolding of(MessagesRequest request, boolean withoutScope) {
        var folding = new SystemFolding(request.messages(), withoutScope);
        folding.fold();
        return folding;
    }

    private void fold() {
        int user = -1;
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            switch (message.string("role").orElse("")) {
                case "user" -> user = i;
                case "system" -> fold(i, message, user);
                default -> {}
            }
        }
    }

    private void fold(int index, JsonObject message, int user) {
        folded.add(index);
        if (user < 0) {
            toSystem.addAll(blocks(message, "", ""));
        } else {
            toMessages
                    .computeIfAbsent(user, _ -> new ArrayList<>())
                    .addAll(blocks(message, "<system-reminder>\n", "\n</system-reminder>"));
        }
    }

    /** The texts of a message as blocks; an empty text would be refused. */
    private List<JsonObject> blocks(JsonObject message, String before, String after) {
        var whole = message.string("content");
        if (whole.isPresent()) {
            return whole.get().isBlank() ? List.of() : List.of(text(before + whole.get() + after));
        }
        var blocks = new ArrayList<JsonObject>();
        for (var block : message.objects("content")) {
            var text = block.string("text").filter(words -> !words.isBlank());
            text.ifPresent(
                    words ->
                            blocks.add(
                                    text(before + words + after)
                                            .withOptional(
                                                    "cache_control",
                                                    block.object("cache_control")
                                                            .map(this::cacheMark))));
        }
        return blocks;
    }

    private JsonObject cacheMark(JsonObject mark) {
        return withoutScope ? mark.without("scope") : mark;
    }

    static JsonObject text(String words) {
        return JsonObject.of("type", "text").with("text", words);
    }

    /** Changes the messages; the system prompt is the caller's. */
    void applyTo(JsonPatch patch) {
        folded.forEach(index -> patch.remove("messages." + index));
        toMessages.forEach((index, blocks) -> append(patch, index, blocks));
    }

    private void append(JsonPatch patch, int index, List<JsonObject> blocks) {
        var path = "messages." + index + ".content";
        var content = messages.get(index).get("content").orElse(JsonArray.EMPTY);
        if (content instanceof JsonString words) {
            var all = new ArrayList<>(blocks);
            if (!words.isBlank()) {
                all.addFirst(JsonObject.of("type", "text").with("text", words));
            }
            patch.replace(path, JsonArray.copyOf(all));
        } else {
            blocks.forEach(block -> patch.appendTo(path, block));
        }
    }

    /** What belongs at the end of the system prompt. */
    List<JsonObject> toSystem() {
        return toSystem;
    }

    List<String> edits() {
        return folded.isEmpty() ? List.of() : List.of("fold:system-message");
    }
}
