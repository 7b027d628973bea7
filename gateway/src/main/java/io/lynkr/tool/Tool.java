package io.lynkr.tool;

/** Something that a model may ask the gateway to do. Safe for many calls at once. */
public interface Tool {

    /** What models and clients are told about it; always the same. */
    ToolSpec spec();

    /**
     * Reads a call's arguments and states what it would do; nothing happens yet.
     *
     * @throws ToolException if the arguments make no sense
     */
    Plan plan(Arguments arguments, CallContext context) throws ToolException;
}
