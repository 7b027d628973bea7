package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.dialect.OpenAiProfile.Feature;
import io.lynkr.provider.dialect.OpenAiProfile.Reasoning.Replayed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says a conversation in OpenAI's messages. What the two orders differ in:
 *
 * <ul>
 *   <li>The system prompt is a message. So are notes of the role {@code system} further down, which
 *       many chat templates refuse there: they go into the user's turn as a reminder.
 *   <li>Every call in an assistant message is answered at once by one {@code tool} message each,
 *       and nothing may stand between. So results come first in a user's turn, in the order of the
 *       calls; then what they showed (a {@code tool} message holds only text), then the rest.
 *   <li>What ran on the server stands in the middle of an assistant's turn, which is cut there.
 * </ul>
 *
 * Used for one request.
 */
final class ChatMessages {
    private static final String ATTRIBUTION = "x-anthropic-billing-header:";

    private final OpenAiProfile profile;
    private final ChatTools tools;
    private final Edits edits;
    private final CallIds ids;
    private final UserParts media;
    private final List<JsonObject> messages = new ArrayList<>();
    private final List<JsonObject> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Set<String> clientIds = new HashSet<>();
    private final Set<String> called = new LinkedHashSet<>();

    /** Neighbouring messages of one role, without what says nothing. */
    private record Turn(boolean assistant, List<JsonObject> blocks) {}

    ChatMessages(OpenAiProfile profile, ChatTools tools, Edits edits) {
        this.profile = profile;
        this.tools = tools;
        this.edits = edits;
        this.ids = new CallIds(profile.ids());
        this.media = new UserParts(profile, edits);
    }

    /**
     * The messages of a request.
     *
     * @param instructions what the system prompt says at its end
     * @throws ApiException 400 if there is nothing to say, or something only Anthropic could read
     */
    JsonArray of(MessagesRequest request, List<String> instructions) {
        request.system().ifPresent(this::readSystem);
        request.messages().forEach(this::read);
        instructions.forEach(text -> system.add(text(JsonString.of(text))));
        addSystem();
        Map<String, String> open = Map.of();
        for (int i = 0; i < turns.size(); i++) {
            var turn = turns.get(i);
            if (turn.assistant) {
                open = say(turn, i + 1 < turns.size() ? turns.get(i + 1).blocks : List.of());
            } else {
                ask(turn, open.keySet());
                open = Map.of();
            }
        }
        askAbout(media.taken(), List.of());
        return whole();
    }

    /** The identities of calls that the client knows already: another call must not reuse them. */
    Set<String> clientIds() {
        return clientIds;
    }

    /** The tools that the history calls. */
    Set<String> called() {
        return called;
    }

    private JsonArray whole() {
        int first = system.isEmpty() ? 0 : 1;
        if (messages.size() == first) {
            throw new ApiException(
                    ApiError.invalidRequest("messages: text content blocks must be non-empty"));
        }
        if (!messages.get(first).string("role").orElse("").equals("user")) {
            messages.add(first, message("user", JsonString.of(Phrases.CONTINUE)));
        }
        return JsonArray.copyOf(messages);
    }

    // The system prompt

    private void readSystem(JsonValue prompt) {
        for (var block : blocks(prompt)) {
            var text = ResultText.string(block, "text");
            if (!block.type().equals("text") || text.isEmpty()) {
                edits.drop("system." + block.type());
            } else if (text.get().startsWith(ATTRIBUTION)) {
                addWithoutAttribution(text.get().value());
            } else if (!text.get().isBlank()) {
                system.add(block);
            }
        }
    }

    /** Claude Code's first line differs between conversations, which would spoil prefix caches. */
    private void addWithoutAttribution(String text) {
        edits.drop("system.attribution");
        int end = text.indexOf('\n');
        var rest = end < 0 ? "" : text.substring(end + 1).strip();
        if (!rest.isEmpty()) {
            system.add(text(JsonString.of(rest)));
        }
    }

    private void addSystem() {
        if (system.isEmpty()) {
            return;
        }
        var role = profile.has(Feature.DEVELOPER_ROLE) ? "developer" : "system";
        if (profile.has(Feature.SYSTEM_PARTS)
                && (system.size() > 1 || system.getFirst().has("cache_control"))) {
            var parts = new ArrayList<JsonValue>();
            system.forEach(block -> parts.add(media.text(block)));
            messages.add(message(role, JsonArray.copyOf(parts)));
            return;
        }
        var texts = new ArrayList<JsonString>();
        for (var block : system) {
            media.reportText(block);
            ResultText.string(block, "text").ifPresent(texts::add);
        }
        messages.add(message(role, ResultText.join("\n\n", texts)));
    }

    // From messages to turns

    private void read(JsonObject message) {
        var content = message.get("content").orElse(JsonNull.NULL);
        switch (message.string("role").orElse("")) {
            case "assistant" -> append(true, said(content));
            case "system" -> note(content);
            default -> append(false, asked(content));
        }
    }

    private void append(boolean assistant, List<JsonObject> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        if (turns.isEmpty() || turns.getLast().assistant != assistant) {
            turns.add(new Turn(assistant, new ArrayList<>()));
        }
        turns.getLast().blocks.addAll(blocks);
    }

    private void note(JsonValue content) {
        var texts = new ArrayList<JsonString>();
        for (var block : blocks(content)) {
            ResultText.string(block, "text").ifPresent(texts::add);
        }
        var note = ResultText.lines(texts);
        if (note.isEmpty()) {
            return;
        }
        edits.convert("messages.system");
        for (int i = turns.size() - 1; i >= 0; i--) {
            if (!turns.get(i).assistant) {
                turns.get(i).blocks.add(text(reminder(note.get())));
                return;
            }
        }
        system.add(text(note.get()));
    }

    private static JsonString reminder(JsonString note) {
        return ResultText.join(
                "",
                JsonString.of(Phrases.REMINDER_BEGIN),
                note,
                JsonString.of(Phrases.REMINDER_END));
    }

    private List<JsonObject> asked(JsonValue content) {
        var kept = new ArrayList<JsonObject>();
        for (var block : blocks(content)) {
            switch (block.type()) {
                case "text" -> addIfTold(block, "text", kept);
                case "search_result" -> {
                    if (ResultText.ofSearchResult(block).isPresent()) {
                        kept.add(block);
                    }
                }
                case "image", "document", "tool_result", "mcp_tool_result" -> kept.add(block);
                default -> edits.drop("messages." + block.type());
            }
        }
        return kept;
    }

    private List<JsonObject> said(JsonValue content) {
        var kept = new ArrayList<JsonObject>();
        boolean saysSomething = false;
        for (var block : blocks(content)) {
            int before = kept.size();
            switch (block.type()) {
                case "text" -> addIfTold(block, "text", kept);
                case "compaction" -> addIfTold(block, "content", kept);
                case "thinking" -> addIfReplayed(block, kept);
                case "tool_use", "server_tool_use", "mcp_tool_use", "image", "document" ->
                        kept.add(block);
                default -> addIfResult(block, kept);
            }
            saysSomething |= kept.size() > before && !block.type().equals("thinking");
        }
        return saysSomething ? kept : List.of();
    }

    private static void addIfTold(JsonObject block, String field, List<JsonObject> kept) {
        if (ResultText.string(block, field).filter(text -> !text.isBlank()).isPresent()) {
            kept.add(block);
        }
    }

    /** Thoughts go back only to a backend that can tell they are its own, or takes any. */
    private void addIfReplayed(JsonObject block, List<JsonObject> kept) {
        var needed =
                switch (profile.reasoning().replayed()) {
                    case NOT -> Optional.<JsonString>empty();
                    case REASONING_CONTENT -> ResultText.string(block, "thinking");
                    case SIGNED_PARTS -> ResultText.string(block, "signature");
                };
        if (needed.filter(text -> !text.isBlank()).isPresent()) {
            kept.add(block);
        } else {
            edits.drop("messages.thinking");
        }
    }

    private void addIfResult(JsonObject block, List<JsonObject> kept) {
        if (block.type().endsWith("_tool_result")) {
            kept.add(block);
        } else {
            edits.drop("messages." + block.type());
        }
    }

    private static List<JsonObject> blocks(JsonValue content) {
        return switch (content) {
            case JsonString text -> List.of(text(text));
            case JsonArray blocks -> blocks.objects();
            default -> List.of();
        };
    }

    private static JsonObject text(JsonString text) {
        return JsonObject.of("type", "text").with("text", text);
    }

    // An assistant's turn

    /**
     * Adds an assistant's turn and the results of its calls.
     *
     * @param answer the user's turn that follows
     * @return the calls that the client has to answer: its identity for each, and the backend's
     */
    private Map<String, String> say(Turn turn, List<JsonObject> answer) {
        var results = new HashMap<String, JsonObject>();
        for (var block : answer) {
            if (block.type().endsWith("tool_result")) {
                results.put(block.string("tool_use_id").orElse(""), block);
            }
        }
        var all = new HashMap<String, String>();
        var draft = new Draft(results);
        for (var block : turn.blocks) {
            if (draft.isAnswered() && !draft.takes(block)) {
                all.putAll(draft.finish());
                draft = new Draft(results);
            }
            draft.add(block);
        }
        all.putAll(draft.finish());
        return all;
    }

    /** One assistant message in the making. */
    private final class Draft {
        private final Map<String, JsonObject> clientResults;
        private final Map<String, JsonObject> serverResults = new HashMap<>();
        private final List<JsonObject> texts = new ArrayList<>();
        private final List<JsonObject> thoughts = new ArrayList<>();
        private final List<JsonObject> calls = new ArrayList<>();

        Draft(Map<String, JsonObject> clientResults) {
            this.clientResults = clientResults;
        }

        /** Whether a call was answered on the server, so that what follows was said later. */
        boolean isAnswered() {
            return !serverResults.isEmpty();
        }

        /** Whether the block is a result of a call in this message. */
        boolean takes(JsonObject block) {
            var id = block.string("tool_use_id");
            return id.isPresent() && calls.stream().anyMatch(call -> call.string("id").equals(id));
        }

        void add(JsonObject block) {
            switch (block.type()) {
                case "text" -> texts.add(block);
                case "thinking" -> thoughts.add(block);
                case "tool_use" -> calls.add(block);
                case "server_tool_use", "mcp_tool_use" -> addServerCall(block);
                case "compaction" -> ResultText.string(block, "content").ifPresent(this::addText);
                case "image" -> {
                    edits.convert("messages.image");
                    addText(JsonString.of(Phrases.IMAGE));
                }
                case "document" -> addText(media.inWords(block));
                default -> addServerResult(block);
            }
        }

        private void addText(JsonString text) {
            texts.add(text(text));
        }

        private void addServerCall(JsonObject call) {
            edits.convert("messages." + call.type());
            if (tools.offers(call.string("name").orElse(""))) {
                calls.add(call);
            } else {
                addText(ResultText.ofCall(call));
            }
        }

        private void addServerResult(JsonObject result) {
            if (takes(result)) {
                serverResults.put(result.string("tool_use_id").orElse(""), result);
            } else {
                addText(serverWords(result));
            }
        }

        private JsonString serverWords(JsonObject result) {
            return result.type().equals("mcp_tool_result")
                    ? media.words(result)
                    : ResultText.ofServerResult(result).orElse(JsonString.of(Phrases.EMPTY_RESULT));
        }

        Map<String, String> finish() {
            var sent = new LinkedHashMap<String, String>();
            var toolCalls = new ArrayList<JsonValue>();
            var answers = new ArrayList<JsonObject>();
            for (var call : calls) {
                var id = call.string("id").orElse("");
                var sentId = ids.next(id);
                clientIds.add(id);
                sent.put(id, sentId);
                toolCalls.add(toolCall(call, sentId));
                answers.add(answer(id, sentId));
            }
            addMessage(toolCalls);
            messages.addAll(answers);
            return sent;
        }

        private void addMessage(List<JsonValue> toolCalls) {
            if (toolCalls.isEmpty() && texts.isEmpty()) {
                return;
            }
            var message = new LinkedHashMap<String, JsonValue>();
            message.put("role", JsonString.of("assistant"));
            message.put("content", content());
            if (profile.reasoning().replayed() == Replayed.REASONING_CONTENT) {
                ResultText.lines(strings(thoughts, "thinking"))
                        .ifPresent(thought -> message.put("reasoning_content", thought));
            }
            if (!toolCalls.isEmpty()) {
                message.put("tool_calls", JsonArray.copyOf(toolCalls));
            }
            messages.add(JsonObject.copyOf(message));
        }

        private JsonValue content() {
            if (profile.reasoning().replayed() == Replayed.SIGNED_PARTS && !thoughts.isEmpty()) {
                var parts = new ArrayList<JsonValue>();
                thoughts.forEach(thought -> parts.add(reasoning(thought)));
                texts.forEach(text -> parts.add(media.text(text)));
                return JsonArray.copyOf(parts);
            }
            if (texts.isEmpty()) {
                return profile.has(Feature.NULL_CONTENT) ? JsonNull.NULL : JsonString.of("");
            }
            if (profile.has(Feature.CACHE_MARKS)
                    && texts.stream().anyMatch(text -> text.has("cache_control"))) {
                var parts = new ArrayList<JsonValue>();
                texts.forEach(text -> parts.add(media.text(text)));
                return JsonArray.copyOf(parts);
            }
            texts.forEach(media::reportText);
            return ResultText.join("\n", strings(texts, "text"));
        }

        private JsonObject toolCall(JsonObject call, String sentId) {
            var name = call.string("name").orElse("");
            called.add(name);
            var input = call.get("input").orElse(JsonObject.EMPTY);
            var function =
                    JsonObject.of("name", tools.names().sent(name))
                            .with("arguments", input.isNull() ? "{}" : input.toString());
            if (call.has("cache_control")) {
                edits.drop("cache_control");
            }
            return JsonObject.of("id", sentId).with("type", "function").with("function", function);
        }

        private JsonObject answer(String id, String sentId) {
            var server = serverResults.get(id);
            if (server != null) {
                return toolMessage(sentId, serverWords(server));
            }
            var client = clientResults.get(id);
            return toolMessage(
                    sentId,
                    client == null
                            ? JsonString.of(Phrases.NO_RESULT)
                            : media.result(client, sentId));
        }
    }

    private static JsonObject toolMessage(String id, JsonValue content) {
        return JsonObject.of("role", "tool").with("tool_call_id", id).with("content", content);
    }

    private static JsonObject reasoning(JsonObject thought) {
        var summary =
                JsonObject.of("type", "summary_text")
                        .with("text", thought.get("thinking").orElse(JsonString.of("")))
                        .withOptional("signature", thought.get("signature"));
        return JsonObject.of("type", "reasoning").with("summary", JsonArray.of(summary));
    }

    private static List<JsonString> strings(List<JsonObject> blocks, String key) {
        var strings = new ArrayList<JsonString>(blocks.size());
        blocks.forEach(block -> ResultText.string(block, key).ifPresent(strings::add));
        return strings;
    }

    // A user's turn

    private void ask(Turn turn, Set<String> answered) {
        var shown = media.taken();
        var own = new ArrayList<JsonObject>();
        for (var block : turn.blocks) {
            if (!block.type().endsWith("tool_result")) {
                media.part(block, canFollow()).ifPresent(own::add);
            } else if (!answered.contains(block.string("tool_use_id").orElse(""))) {
                own.add(orphan(block));
            }
        }
        askAbout(shown, own);
    }

    private JsonObject orphan(JsonObject result) {
        edits.convert("messages.tool_result");
        var told = media.words(result);
        return text(ResultText.join("", JsonString.of(Phrases.ORPHAN_RESULT), told));
    }

    /** Whether the next message may be one of the user. */
    private boolean canFollow() {
        return profile.has(Feature.USER_AFTER_TOOL)
                || messages.isEmpty()
                || !messages.getLast().string("role").orElse("").equals("tool");
    }

    private void askAbout(List<JsonObject> shown, List<JsonObject> own) {
        var parts = new ArrayList<>(shown);
        parts.addAll(own);
        if (parts.isEmpty()) {
            return;
        }
        if (!canFollow()) {
            appendToResult(strings(parts, "text"));
        } else {
            messages.add(message("user", content(parts)));
        }
    }

    private JsonValue content(List<JsonObject> parts) {
        boolean onlyText = parts.stream().allMatch(part -> part.type().equals("text"));
        boolean marked = parts.stream().anyMatch(part -> part.has("cache_control"));
        if (!onlyText || marked || (parts.size() > 1 && profile.has(Feature.TEXT_PARTS))) {
            return JsonArray.copyOf(parts);
        }
        return ResultText.join("\n\n", strings(parts, "text"));
    }

    private void appendToResult(List<JsonString> texts) {
        var last = messages.removeLast();
        var content = last.get("content").orElse(JsonNull.NULL);
        var all = new ArrayList<JsonString>();
        if (content instanceof JsonString text) {
            all.add(text);
        }
        if (content instanceof JsonArray parts) {
            all.addAll(strings(parts.objects(), "text"));
        }
        all.addAll(texts);
        messages.add(last.with("content", ResultText.join("\n\n", all)));
    }

    private static JsonObject message(String role, JsonValue content) {
        return JsonObject.of("role", role).with("content", content);
    }
}
