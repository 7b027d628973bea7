/**
 * The command line: one class for each command, {@link io.lynkr.cli.Commands} that lists them.
 *
 * <p>What a command touches of the outside comes in through {@link io.lynkr.cli.Surroundings}; a
 * command returns an {@link io.lynkr.cli.ExitCode} and never ends the process itself.
 */
@NullMarked
package io.lynkr.cli;

import org.jspecify.annotations.NullMarked;
