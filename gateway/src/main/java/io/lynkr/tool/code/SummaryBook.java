package io.lynkr.tool.code;

import io.lynkr.index.Summary;
import io.lynkr.index.Summary.Fact;
import io.lynkr.policy.Action;
import io.lynkr.workspace.TextFile;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a section of facts in {@code CLAUDE.md}, between marks. What people wrote around it stays.
 *
 * @param isOn whether it may be written at all
 */
public record SummaryBook(Workspace workspace, boolean isOn) {
    static final String BEGIN = "<!-- lynkr:begin, made by workspace_index_rebuild -->";
    static final String END = "<!-- lynkr:end -->";
    private static final int MOST_FACTS = 8;
    private static final WorkspacePath FILE = new WorkspacePath(List.of("CLAUDE.md"));

    /** What writing means, for the policy. */
    Optional<Action> action() {
        return isOn ? Optional.of(new Action.WriteFile(FILE)) : Optional.empty();
    }

    /** Tells what was done. */
    String write(Summary summary) {
        if (!isOn) {
            return "CLAUDE.md is left alone (WORKSPACE_INDEX_CLAUDE_MD=false)";
        }
        try {
            var file = workspace.find(FILE).isPresent() ? workspace.readText(FILE) : TextFile.EMPTY;
            var text = with(file.text(), section(summary));
            if (text.isEmpty()) {
                return "CLAUDE.md has only one of the two marks of our section, so it was left"
                        + " alone";
            }
            workspace.write(FILE, file.encode(text.get()));
            return "CLAUDE.md: the section of facts is up to date";
        } catch (WorkspaceException e) {
            return "CLAUDE.md was not written: " + e.getMessage();
        }
    }

    /** Empty if the marks are not a pair. */
    static Optional<String> with(String text, String section) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 && end < 0) {
            var gap = text.isEmpty() ? "" : text.endsWith("\n") ? "\n" : "\n\n";
            return Optional.of(text + gap + section + "\n");
        }
        return begin < 0 || end < begin
                ? Optional.empty()
                : Optional.of(
                        text.substring(0, begin) + section + text.substring(end + END.length()));
    }

    static String section(Summary summary) {
        var lines = new ArrayList<String>();
        lines.add(BEGIN);
        lines.add("## Facts about this repository");
        lines.add("");
        facts(lines, "Commands", summary.commands());
        facts(lines, "Built with", summary.frameworks());
        facts(lines, "Style", summary.style());
        facts(lines, "Tests", summary.tests());
        lines.add(
                "- To find definitions and uses, workspace_symbol_search and"
                        + " workspace_symbol_references are surer than grep.");
        lines.add(END);
        return String.join("\n", lines);
    }

    private static void facts(List<String> lines, String title, List<Fact> facts) {
        facts.stream()
                .limit(MOST_FACTS)
                .map(it -> "- " + title + ": `" + it.text() + "` (" + it.evidence() + ")")
                .forEach(lines::add);
    }
}
