package io.lynkr.tool.git;

import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolException;

/** Runs the configured tests where commands of models run; the fuse box plugs it in. */
@FunctionalInterface
public interface TestCommand {

    /**
     * Runs them in the workspace and waits.
     *
     * @param line for bash
     * @throws ToolException if they cannot be run here
     */
    Run run(String line, CallContext context) throws ToolException, InterruptedException;

    /**
     * How they went.
     *
     * @param ending for people, such as {@code exit code 1}
     * @param output what they printed, perhaps without its middle
     */
    record Run(boolean passed, String ending, String output) {}
}
