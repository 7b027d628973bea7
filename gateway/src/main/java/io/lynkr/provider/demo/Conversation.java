package io.lynkr.provider.demo;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.MessagesRequest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the demo model sees of a request.
 *
 * @param request the request itself
 * @param prompt the last thing the user said, without what the client wove in; may be empty
 * @param attachments images and documents that came with it
 * @param before tool calls before it
 * @param rounds tool calls since, one list for each answer that made any
 */
record Conversation(
        MessagesRequest request,
        String prompt,
        List<JsonObject> attachments,
        List<ToolCall> before,
        List<List<ToolCall>> rounds) {

    /** Text that the client adds to what the user typed. */
    private static final Pattern WOVEN_IN =
            Pattern.compile(
                    "<(system-reminder|command-[a-z]+|local-command-[a-z]+|bash-[a-z]+)>.*?</\\1>",
                    Pattern.DOTALL);

    private static final List<String> NOT_TYPED =
            List.of(
                    "This session is being continued from",
                    "Caveat: The messages below",
                    "[Request interrupted");

    private static final Pattern WORKING_DIRECTORY =
            Pattern.compile(
                    "^[\\s*-]*(?:primary )?working directory:\\s*(\\S.*?)\\s*$",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** One tool call of the model and what came back. */
    record ToolCall(String tool, JsonObject input, Optional<ToolResult> result) {
        boolean failedWith(String words) {
            return result.filter(r -> r.failed() && r.text().contains(words)).isPresent();
        }
    }

    record ToolResult(String text, List<JsonObject> attachments, boolean failed) {}

    static Conversation of(MessagesRequest request) {
        var messages = request.messages();
        int asked = indexOfPrompt(messages);
        var asking = asked < 0 ? JsonObject.EMPTY : messages.get(asked);
        return new Conversation(
                request,
                typedText(asking),
                attachments(blocks(asking)),
                rounds(messages.subList(0, Math.max(0, asked))).stream()
                        .flatMap(List::stream)
                        .toList(),
                rounds(messages.subList(asked + 1, messages.size())));
    }

    /** Everything the user typed, oldest first. */
    List<String> prompts() {
        return request.messages().stream()
                .filter(Conversation::isFromUser)
                .map(Conversation::typedText)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    JsonObject toolChoice() {
        return request.json().object("tool_choice").orElse(JsonObject.EMPTY);
    }

    /** The tools that may be called. */
    List<JsonObject> tools() {
        return toolChoice().type().equals("none") ? List.of() : request.tools();
    }

    /**
     * The offered tool that goes by one of the names, the first name first; a server prefix is no
     * obstacle.
     */
    Optional<JsonObject> tool(String... names) {
        for (var name : names) {
            for (var tool : tools()) {
                var offered = tool.string("name").orElse("");
                if (offered.equals(name) || offered.endsWith("__" + name)) {
                    return Optional.of(tool);
                }
            }
        }
        return Optional.empty();
    }

    /** The offered tool that the model's own service would run. */
    boolean offersServerSearch() {
        return tools().stream().anyMatch(tool -> tool.type().startsWith("web_search"));
    }

    boolean allowsThinking() {
        var type = request.json().object("thinking").map(JsonObject::type).orElse("");
        return type.equals("enabled") || type.equals("adaptive");
    }

    /** The schema that the answer must fit, if the client wants JSON. */
    Optional<JsonObject> outputSchema() {
        return request.json()
                .object("output_config")
                .flatMap(config -> config.object("format"))
                .map(format -> format.object("schema").orElse(JsonObject.EMPTY));
    }

    /** Whether a tool was used on this file before the prompt. */
    boolean hasOpened(String path) {
        return before.stream()
                .anyMatch(call -> call.input().string("file_path").orElse("").equals(path));
    }

    String systemText() {
        return request.system().map(Conversation::texts).stream()
                .flatMap(List::stream)
                .collect(Collectors.joining("\n"));
    }

    /** Where the client says it works; relative paths start there. */
    Optional<String> workingDirectory() {
        var found = WORKING_DIRECTORY.matcher(systemText());
        if (found.find()) {
            return Optional.of(found.group(1));
        }
        return request.messages().stream()
                .flatMap(message -> texts(content(message)).stream())
                .map(WORKING_DIRECTORY::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    private static int indexOfPrompt(List<JsonObject> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            var message = messages.get(i);
            if (isFromUser(message)
                    && (!typedText(message).isEmpty() || !attachments(blocks(message)).isEmpty())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isFromUser(JsonObject message) {
        return message.string("role").orElse("").equals("user");
    }

    /** The last text of a message that a person typed; empty if there is none. */
    private static String typedText(JsonObject message) {
        return texts(content(message)).stream()
                .map(text -> WOVEN_IN.matcher(text).replaceAll("").strip())
                .filter(text -> !text.isEmpty() && NOT_TYPED.stream().noneMatch(text::startsWith))
                .reduce("", (_, last) -> last);
    }

    private static List<List<ToolCall>> rounds(List<JsonObject> messages) {
        var results = results(messages);
        var rounds = new ArrayList<List<ToolCall>>();
        boolean sameAnswer = false;
        for (var message : messages) {
            if (isFromUser(message)) {
                sameAnswer = false;
                continue;
            }
            var calls = calls(message, results);
            if (calls.isEmpty()) {
                continue;
            }
            if (sameAnswer) {
                rounds.getLast().addAll(calls);
            } else {
                rounds.add(calls);
            }
            sameAnswer = true;
        }
        return rounds;
    }

    private static List<ToolCall> calls(JsonObject message, Map<String, ToolResult> results) {
        var calls = new ArrayList<ToolCall>();
        for (var block : blocks(message)) {
            if (block.type().equals("tool_use")) {
                calls.add(
                        new ToolCall(
                                block.string("name").orElse(""),
                                block.object("input").orElse(JsonObject.EMPTY),
                                Optional.ofNullable(results.get(block.string("id").orElse("")))));
            }
        }
        return calls;
    }

    private static Map<String, ToolResult> results(List<JsonObject> messages) {
        var results = new HashMap<String, ToolResult>();
        for (var message : messages) {
            for (var block : blocks(message)) {
                if (block.type().equals("tool_result")) {
                    results.put(block.string("tool_use_id").orElse(""), result(block));
                }
            }
        }
        return results;
    }

    private static ToolResult result(JsonObject block) {
        var text = String.join("\n", texts(content(block)));
        return new ToolResult(
                WOVEN_IN.matcher(text).replaceAll("").strip(),
                attachments(blocks(block)),
                block.isTrue("is_error"));
    }

    private static JsonValue content(JsonObject holder) {
        return holder.get("content").orElse(JsonArray.EMPTY);
    }

    private static List<JsonObject> blocks(JsonObject holder) {
        return holder.objects("content");
    }

    /** The texts of a content that is a string or a list of blocks. */
    private static List<String> texts(JsonValue content) {
        return switch (content) {
            case JsonString text -> List.of(text.value());
            case JsonArray blocks ->
                    blocks.objects().stream()
                            .filter(block -> block.type().equals("text"))
                            .flatMap(block -> block.string("text").stream())
                            .toList();
            default -> List.of();
        };
    }

    private static List<JsonObject> attachments(List<JsonObject> blocks) {
        return blocks.stream()
                .filter(block -> block.type().equals("image") || block.type().equals("document"))
                .toList();
    }
}
