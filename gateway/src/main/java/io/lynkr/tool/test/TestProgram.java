package io.lynkr.tool.test;

import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;
import io.lynkr.workspace.WorkspacePath;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Runs tests where commands of models run; the fuse box plugs it in. */
@FunctionalInterface
public interface TestProgram {

    /**
     * What to run.
     *
     * @param variables further ones of its environment
     * @param mustBeBoxed whether it may run in a sandbox only
     */
    record Launch(
            List<String> argv,
            WorkspacePath folder,
            Map<String, String> variables,
            Duration time,
            boolean mustBeBoxed) {
        public Launch {
            argv = List.copyOf(argv);
            variables = Map.copyOf(variables);
        }
    }

    /** What became of it. */
    sealed interface Ending {

        /**
         * It ran.
         *
         * @param exitCode empty if it was killed
         * @param killedFor why it was; empty if it was not
         * @param sandbox the name of the box
         */
        record Ran(
                OptionalInt exitCode,
                boolean timedOut,
                String killedFor,
                Duration took,
                String sandbox,
                String stdout,
                String stderr)
                implements Ending {}

        /** It may not run on this machine. */
        record Refused(ToolResult denied) implements Ending {}
    }

    /** Runs it and waits. */
    Ending run(Launch launch, CallContext context) throws ToolException, InterruptedException;
}
