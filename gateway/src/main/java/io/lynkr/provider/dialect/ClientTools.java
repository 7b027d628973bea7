package io.lynkr.provider.dialect;

import io.lynkr.json.JsonObject;

import java.util.Optional;

/**
 * Tools of the Messages API whose schema stands in the model, not in the request, although the
 * client runs them. Other models need the schema told.
 */
final class ClientTools {
    private static final Definition BASH =
            new Definition(
                    "Runs a command in a bash shell that stays open between calls.",
                    """
                    {"type":"object","properties":{
                     "command":{"type":"string","description":"The command to run. Required unless restart is true."},
                     "restart":{"type":"boolean","description":"Starts the shell anew."}}}
                    """);

    private static final String EDITOR_PROPERTIES =
            """
            "path":{"type":"string","description":"Absolute path of a file or directory."},
            "view_range":{"type":"array","items":{"type":"integer"},"description":"For view: first and last line, counted from 1; -1 for the end."},
            "file_text":{"type":"string","description":"For create: the whole content of the file."},
            "old_str":{"type":"string","description":"For str_replace: the text to replace; it must occur exactly once."},
            "insert_line":{"type":"integer","description":"For insert: the line after which the text goes; 0 for the start."},
            """;

    private static final String EDITOR_DESCRIPTION = "Views, creates and edits text files.";

    private static final Definition FIRST_EDITOR =
            new Definition(
                    EDITOR_DESCRIPTION,
                    """
                    {"type":"object","required":["command","path"],"properties":{
                     "command":{"type":"string","enum":["view","create","str_replace","insert","undo_edit"]},
                    %s
                     "new_str":{"type":"string","description":"For str_replace and insert: the new text."}}}
                    """
                            .formatted(EDITOR_PROPERTIES));

    private static final Definition EDITOR =
            new Definition(
                    EDITOR_DESCRIPTION,
                    """
                    {"type":"object","required":["command","path"],"properties":{
                     "command":{"type":"string","enum":["view","create","str_replace","insert"]},
                    %s
                     "new_str":{"type":"string","description":"For str_replace: the new text."},
                     "insert_text":{"type":"string","description":"For insert: the new text."}}}
                    """
                            .formatted(EDITOR_PROPERTIES));

    private static final Definition MEMORY =
            new Definition(
                    "Keeps notes in files under /memories that last between conversations.",
                    """
                    {"type":"object","required":["command"],"properties":{
                     "command":{"type":"string","enum":["view","create","str_replace","insert","delete","rename"]},
                     "path":{"type":"string","description":"Path under /memories, for all but rename."},
                     "view_range":{"type":"array","items":{"type":"integer"},"description":"For view: first and last line."},
                     "file_text":{"type":"string","description":"For create: the whole content."},
                     "old_str":{"type":"string","description":"For str_replace: the text to replace."},
                     "new_str":{"type":"string","description":"For str_replace: the new text."},
                     "insert_line":{"type":"integer","description":"For insert: the line after which the text goes."},
                     "insert_text":{"type":"string","description":"For insert: the new text."},
                     "old_path":{"type":"string","description":"For rename: the path now."},
                     "new_path":{"type":"string","description":"For rename: the path then."}}}
                    """);

    /** What a model is told of a tool. */
    record Definition(String description, JsonObject schema) {
        Definition(String description, String schema) {
            this(description, JsonObject.parse(schema));
        }
    }

    private ClientTools() {}

    /** The published definition of a typed tool; empty for those that Anthropic runs. */
    static Optional<Definition> of(String type) {
        return Optional.ofNullable(
                switch (family(type)) {
                    case "bash" -> BASH;
                    case "text_editor" -> type.endsWith("_20250124") ? FIRST_EDITOR : EDITOR;
                    case "memory" -> MEMORY;
                    default -> null;
                });
    }

    /** A type without its date: {@code bash} of {@code bash_20250124}. */
    private static String family(String type) {
        return type.replaceFirst("_\\d{8}$", "");
    }
}
