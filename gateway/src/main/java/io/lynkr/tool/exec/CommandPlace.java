package io.lynkr.tool.exec;

import io.lynkr.workspace.Sandbox;

/** Where the commands of models run on this machine. */
public sealed interface CommandPlace {

    /** There; whether it is a box, the sandbox tells. */
    record Somewhere(Sandbox sandbox) implements CommandPlace {}

    /**
     * Nowhere: commands are off.
     *
     * @param reason why each box does not work
     */
    record Nowhere(String reason) implements CommandPlace {}
}
