package io.lynkr.app;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Other names under which models and people call tools; in lower case. */
final class ToolAliases {
    private static final Map<String, List<String>> NAMES =
            Map.ofEntries(
                    entry("fs_read", List.of("read", "fileread")),
                    entry("fs_write", List.of("write", "filewrite")),
                    entry("workspace_list", List.of("list", "ls", "dir")),
                    entry("workspace_search", List.of("grep", "search", "find")),
                    entry("workspace_index_rebuild", List.of("reindex", "index", "scan")),
                    entry("project_summary", List.of("summary", "projectsummary", "overview")),
                    entry(
                            "workspace_symbol_search",
                            List.of("symbol", "symbols", "findsymbol", "symbolsearch")),
                    entry(
                            "workspace_symbol_references",
                            List.of("references", "ref", "findreferences", "usages")),
                    entry("edit_patch", List.of("patch", "edit")),
                    entry("workspace_edit_history", List.of("history", "edits")),
                    entry("workspace_edit_revert", List.of("undo", "revert")),
                    entry("web_search", List.of("websearch")),
                    entry("web_fetch", List.of("webfetch")),
                    entry("shell", List.of("bash", "sh", "terminal")),
                    entry("python_exec", List.of("python")),
                    entry("workspace_diff", List.of("diff")),
                    entry("workspace_git_status", List.of("status")),
                    entry("workspace_git_stage", List.of("stage")),
                    entry("workspace_git_unstage", List.of("unstage")),
                    entry("workspace_git_commit", List.of("commit")),
                    entry("workspace_git_push", List.of("push")),
                    entry("workspace_git_pull", List.of("pull")),
                    entry("workspace_git_merge", List.of("merge")),
                    entry("workspace_git_rebase", List.of("rebase")),
                    entry("workspace_git_conflicts", List.of("conflicts")),
                    entry("workspace_git_branches", List.of("branches")),
                    entry("workspace_git_checkout", List.of("checkout", "branch")),
                    entry("workspace_git_stash", List.of("stash")),
                    entry("workspace_diff_by_commit", List.of("diffstat")),
                    entry("workspace_release_notes", List.of("releasenotes")),
                    entry("workspace_changelog_generate", List.of("changelog")),
                    entry("workspace_pr_template_generate", List.of("prtemplate")),
                    entry("workspace_mcp_servers", List.of("mcpservers")),
                    entry("workspace_mcp_call", List.of("mcpcall")),
                    entry("workspace_sandbox_sessions", List.of("sandbox", "mcpsessions")),
                    entry(
                            "workspace_diff_summary",
                            List.of("diffsummary", "summarizediff", "diffsum")),
                    entry("workspace_diff_review", List.of("review")),
                    entry("workspace_git_patch_plan", List.of("patchplan")),
                    entry("workspace_test_run", List.of("testrun", "runtests")),
                    entry("workspace_test_history", List.of("testhistory")),
                    entry("workspace_test_summary", List.of("tests", "testsummary")));

    private ToolAliases() {}

    /** Each alias with the tool that it means. */
    static Map<String, String> all() {
        var aliases = new HashMap<String, String>();
        NAMES.forEach((tool, names) -> names.forEach(name -> aliases.put(name, tool)));
        return aliases;
    }
}
