package io.lynkr.provider.demo;

import io.lynkr.json.JsonObject;
import io.lynkr.provider.demo.Conversation.ToolCall;
import io.lynkr.provider.demo.Conversation.ToolResult;
import io.lynkr.provider.demo.Directive.Act;
import io.lynkr.provider.demo.Directive.Call;
import io.lynkr.provider.demo.Directive.Delegate;
import io.lynkr.provider.demo.Directive.Edit;
import io.lynkr.provider.demo.Directive.Read;
import io.lynkr.provider.demo.Directive.Run;
import io.lynkr.provider.demo.Directive.Search;
import io.lynkr.provider.demo.Directive.Write;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The demo model's texts about itself, about what it received, and about what tools said. */
final class Wording {
    static final String IDENTITY =
            "I am the demo model built into Lynkr: a script that answers the same way every time,"
                    + " not a language model.";

    static final String PHRASES =
            """
            You can ask me to
            - `list files`, or `run <command>`
            - `read <file>`, `replace A with B in <file>`, `write <file>: <content>`
            - `run <command> and <command> in parallel`
            - `search the web for <words>`
            - `think about <something>`
            - `ask a sub-agent to <do one of these>`
            - `call <tool> {"its": "input"}`, for any tool on offer, such as `call workspace_list`
            - `fail with 529`, `cut the stream`, `stall for 5 seconds`
            - `say <something>`, `count to 100`

            Join several with `, then`. docs/demo.md tells the rest. \
            Set MODEL_PROVIDER to talk to a real model.\
            """;

    private static final int MOST_QUOTED_LINES = 20;
    private static final int MOST_QUOTED_CHARS = 1_200;

    private Wording() {}

    static String impossible(Act act) {
        var wanted =
                switch (act) {
                    case Run(var command) -> "run `" + command + "`";
                    case Read(var path) -> "read " + path;
                    case Edit(var path, _, _) -> "edit " + path;
                    case Write(var path, _) -> "write " + path;
                    case Delegate _ -> "ask a sub-agent";
                    case Search _ -> "search the web";
                    case Call(var tool, _, _, _) -> "call `" + tool + "`";
                };
        return "I would " + wanted + ", but this request offers no tool for that. ";
    }

    /** Images and documents in words; nothing if there are none. */
    static Optional<String> describe(List<JsonObject> attachments) {
        return attachments.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        attachments.stream()
                                .map(Wording::describe)
                                .collect(Collectors.joining(" and ")));
    }

    private static String describe(JsonObject attachment) {
        var source = attachment.object("source").orElse(JsonObject.EMPTY);
        var kind = attachment.type().equals("image") ? "an image" : "a document";
        return kind + " (" + describeSource(source) + ")";
    }

    private static String describeSource(JsonObject source) {
        return switch (source.type()) {
            case "base64" -> format(source) + ", " + decodedLength(source) + " bytes";
            case "text" -> format(source) + ", " + data(source).length() + " characters";
            default ->
                    source.string("url").or(() -> source.string("file_id")).orElse(source.type());
        };
    }

    private static String format(JsonObject source) {
        var media = source.string("media_type").orElse("unknown");
        return media.substring(media.indexOf('/') + 1).toUpperCase(Locale.ROOT);
    }

    private static String data(JsonObject source) {
        return source.string("data").orElse("");
    }

    private static int decodedLength(JsonObject source) {
        try {
            return Base64.getMimeDecoder().decode(data(source)).length;
        } catch (IllegalArgumentException broken) {
            return 0;
        }
    }

    static String quote(List<ToolCall> calls) {
        return calls.stream().map(Wording::quote).collect(Collectors.joining("\n\n"));
    }

    private static String quote(ToolCall call) {
        if (call.result().isEmpty()) {
            return "I see no result of `" + call.tool() + "`.";
        }
        var result = call.result().get();
        var attached = describe(result.attachments()).map(what -> "It came with " + what + ".");
        if (result.text().isEmpty()) {
            return "`"
                    + call.tool()
                    + "` "
                    + attached.map(what -> "is done. " + what).orElse("is done and said nothing.");
        }
        return opening(call, result)
                + "\n\n```\n"
                + excerpt(result.text())
                + "\n```"
                + attached.map(what -> "\n\n" + what).orElse("");
    }

    private static String opening(ToolCall call, ToolResult result) {
        if (result.failed()) {
            return "That did not work. `" + call.tool() + "` says:";
        }
        return switch (call.tool()) {
            case "Bash" ->
                    "`" + shortened(call.input().string("command").orElse(""), 60) + "` printed:";
            case "Read" -> call.input().string("file_path").orElse("The file") + " says:";
            case "Edit", "Write" -> "Done. `" + call.tool() + "` says:";
            case "Agent", "Task" -> "The sub-agent reports:";
            default -> "`" + call.tool() + "` answered:";
        };
    }

    private static String excerpt(String text) {
        var lines = text.lines().limit(MOST_QUOTED_LINES).collect(Collectors.joining("\n"));
        var excerpt = cut(lines, MOST_QUOTED_CHARS);
        return excerpt.length() < text.length() ? excerpt + "\n…" : excerpt;
    }

    static String shortened(String text, int most) {
        return text.length() <= most ? text : cut(text, most - 1) + "…";
    }

    /** The first characters, without half of a pair at the end. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
