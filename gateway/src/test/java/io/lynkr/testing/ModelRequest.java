package io.lynkr.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A question to a model, whichever wire shape it came in. */
public record ModelRequest(
        Wire wire,
        String model,
        boolean stream,
        String system,
        List<Message> messages,
        List<Tool> tools,
        Optional<String> forcedTool,
        Json format,
        Json json) {

    private static final Pattern REMINDER =
            Pattern.compile("<system-reminder>.*?</system-reminder>", Pattern.DOTALL);

    /** Role is user, assistant or system; results of tools are blocks of a user message. */
    public record Message(String role, List<ModelBlock> blocks) {
        public Message {
            blocks = List.copyOf(blocks);
        }

        /** The text blocks, without the reminders that clients weave in. */
        public String text() {
            var text = new StringBuilder();
            for (var block : blocks) {
                if (block instanceof ModelBlock.Text(var piece)) {
                    var own = REMINDER.matcher(piece).replaceAll("").strip();
                    text.append(text.isEmpty() || own.isEmpty() ? "" : "\n").append(own);
                }
            }
            return text.toString();
        }

        public List<ModelBlock.ToolResult> results() {
            return blocks(ModelBlock.ToolResult.class);
        }

        public List<ModelBlock.ToolUse> calls() {
            return blocks(ModelBlock.ToolUse.class);
        }

        public <T extends ModelBlock> List<T> blocks(Class<T> kind) {
            return blocks.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    /** A tool on offer; the type is empty for an ordinary one with a schema. */
    public record Tool(String name, String type, Json schema) {}

    /** What has happened since the user spoke last. */
    public record Turn(
            String prompt,
            List<List<ModelBlock.ToolUse>> steps,
            List<ModelBlock.ToolResult> results,
            int images) {}

    public ModelRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** The name on offer that equals one of these but for upper and lower case. */
    public Optional<String> toolNamed(String... names) {
        for (var name : names) {
            for (var tool : tools) {
                if (tool.name().equalsIgnoreCase(name)) {
                    return Optional.of(tool.name());
                }
            }
        }
        return Optional.empty();
    }

    public boolean offers(String name) {
        return tools.stream().anyMatch(tool -> tool.name().equals(name));
    }

    /** Everything that the user said, oldest first. */
    public List<String> prompts() {
        return messages.stream()
                .filter(message -> message.role().equals("user"))
                .map(Message::text)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /**
     * The running turn. It starts at the last message in which the user said something of his own;
     * a text that came along with tool results does not start a turn.
     */
    public Turn turn() {
        int start = 0;
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            boolean afterResults =
                    !message.results().isEmpty()
                            || (i > 0 && !messages.get(i - 1).results().isEmpty());
            if (message.role().equals("user") && !message.text().isEmpty() && !afterResults) {
                start = i;
            }
        }
        return turnFrom(start);
    }

    private Turn turnFrom(int start) {
        var steps = new ArrayList<List<ModelBlock.ToolUse>>();
        var results = new ArrayList<ModelBlock.ToolResult>();
        int images = 0;
        for (var message : messages.subList(start, messages.size())) {
            if (!message.calls().isEmpty()) {
                steps.add(message.calls());
            }
            results.addAll(message.results());
            images += message.blocks(ModelBlock.Image.class).size();
            images += message.results().stream().mapToInt(ModelBlock.ToolResult::images).sum();
        }
        var prompt = messages.isEmpty() ? "" : messages.get(start).text();
        return new Turn(prompt, steps, results, images);
    }
}
