package io.lynkr.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Other names under which models and people call tools; in lower case. */
final class ToolAliases {
    private static final Map<String, List<String>> NAMES =
            Map.of(
                    "fs_read", List.of("read", "fileread"),
                    "fs_write", List.of("write", "filewrite"),
                    "workspace_list", List.of("list", "ls", "dir"),
                    "workspace_search", List.of("grep", "search", "find"),
                    "edit_patch", List.of("patch", "edit"),
                    "workspace_edit_history", List.of("history", "edits"),
                    "workspace_edit_revert", List.of("undo", "revert"),
                    "shell", List.of("bash", "sh", "terminal"),
                    "python_exec", List.of("python"));

    private ToolAliases() {}

    /** Each alias with the tool that it means. */
    static Map<String, String> all() {
        var aliases = new HashMap<String, String>();
        NAMES.forEach((tool, names) -> names.forEach(name -> aliases.put(name, tool)));
        return aliases;
    }
}
