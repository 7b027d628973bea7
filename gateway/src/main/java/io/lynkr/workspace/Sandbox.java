package io.lynkr.workspace;

/**
 * Turns a program into one that runs boxed in. It is the boundary for commands; whatever rules look
 * at their words is there for clear messages.
 */
public interface Sandbox {

    /** For people and results, such as {@code bubblewrap}. */
    String name();

    /** Whether the box keeps the program away from the rest of the machine. */
    boolean isolates();

    /**
     * The same program, in the box.
     *
     * @param spec its folder must lie in the workspace
     */
    ProcessSpec wrap(ProcessSpec spec);

    /**
     * The same box without a network. A model may ask for a stricter box, never for a wider one.
     */
    Sandbox offline();
}
