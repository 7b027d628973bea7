package io.lynkr.policy;

import io.lynkr.workspace.WorkspacePath;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Something that a tool is about to do. Paths are those that {@code Workspace.resolve} gives. */
public sealed interface Action {

    /** A line for bash, as {@code bash -c} gets it. */
    record RunCommand(String line, WorkspacePath folder) implements Action {}

    /** A program with its arguments, no shell between. */
    record RunProgram(List<String> argv, WorkspacePath folder) implements Action {
        public RunProgram {
            argv = List.copyOf(argv);
        }
    }

    /** A program text for an interpreter that the gateway chooses. */
    record RunCode(String language, String code, WorkspacePath folder) implements Action {}

    /** The content of a file reaches the model. */
    record ReadFile(WorkspacePath path) implements Action {}

    /** A file is made, changed or deleted. */
    record WriteFile(WorkspacePath path) implements Action {}

    /** Names in a folder reach the model. */
    record ListFiles(WorkspacePath folder) implements Action {}

    /** Lines of any file below reach the model; the search leaves out what may not be read. */
    record SearchFiles(WorkspacePath folder) implements Action {}

    /** Git tells something and changes nothing but its index. */
    record GitRead(String command) implements Action {}

    /** Git changes the working tree, branches or the stash; no commit, no remote. */
    record GitChange(String command) implements Action {}

    /**
     * A commit is made.
     *
     * @param message empty if it is not known beforehand
     * @param testsFirst whether the tool itself runs the configured tests on the very content, and
     *     gives up unless they pass
     */
    record GitCommit(Optional<String> message, boolean testsFirst) implements Action {

        /** A commit before which nobody runs the tests. */
        public GitCommit(Optional<String> message) {
            this(message, false);
        }
    }

    /**
     * Something leaves for a remote.
     *
     * @param remote as it was named; empty for the default
     * @param force whether the remote's history may be rewritten
     */
    record GitPush(String remote, String branch, boolean force) implements Action {}

    /** Something is fetched from a remote. */
    record GitPull(String remote, String branch) implements Action {}

    /** A page of the web is fetched. */
    record FetchUrl(URI uri) implements Action {}

    /** The configured search service is asked. */
    record SearchWeb(String query) implements Action {}

    /**
     * Something is asked of an MCP server.
     *
     * @param tool which of its tools is called; or the method, such as {@code resources/read}
     * @param saysReadOnly whether the server claims that it changes nothing
     */
    record CallMcpTool(String server, String tool, boolean saysReadOnly) implements Action {}

    /** The gateway's own records are read or changed: tasks, edits, index, test runs. */
    record UseRecords(String kind) implements Action {}

    /** A tool cannot tell what it would do; always denied. */
    record Unknown(String description) implements Action {}
}
