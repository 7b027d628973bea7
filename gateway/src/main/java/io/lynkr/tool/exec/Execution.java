package io.lynkr.tool.exec;

import io.lynkr.tool.ToolResult;
import io.lynkr.workspace.ProcessResult;

/** What became of a command. */
public sealed interface Execution {

    /**
     * It ran.
     *
     * @param sandbox the name of the box that it ran in
     */
    record Ran(ProcessResult result, String sandbox) implements Execution {}

    /** It may not run on this machine. */
    record Refused(ToolResult.Denied denied) implements Execution {}

    /** It may not run, for a reason that a rule's name and a sentence tell. */
    static Execution refused(String rule, String reason) {
        return new Refused(new ToolResult.Denied(rule, reason));
    }
}
