package io.lynkr.policy;

import io.lynkr.workspace.Glob;

import java.util.List;
import java.util.Locale;

/** Tools that the operator turned off, under whatever name they are called. */
final class DisallowedToolsRule implements PolicyRule {
    private final List<String> disallowed;
    private final Facts.ToolNames names;

    DisallowedToolsRule(List<String> disallowed, Facts.ToolNames names) {
        this.disallowed = disallowed;
        this.names = names;
    }

    @Override
    public Ruling judge(String tool, Action action) {
        var called = lower(tool);
        for (var entry : disallowed) {
            // Canonical names on both sides: the operator may have written an alias.
            if (Glob.matches(lower(entry), called)
                    || lower(names.canonical(entry)).equals(called)) {
                return Ruling.deny(
                        "tool_disallowed",
                        "'" + tool + "' is turned off by POLICY_DISALLOWED_TOOLS; do without it");
            }
        }
        return Ruling.NOT_MINE;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
