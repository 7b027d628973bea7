/**
 * Tools that run programs: a line for bash, a program for Python.
 *
 * <p>Start reading at {@link io.lynkr.tool.exec.CommandRunner}: it finds out once where commands
 * run here ({@link io.lynkr.tool.exec.CommandPlace}), and runs each of them there, within its time,
 * with a filtered environment. The box is the boundary; what policy says about the words of a
 * command is there for clear messages.
 */
@NullMarked
package io.lynkr.tool.exec;

import org.jspecify.annotations.NullMarked;
