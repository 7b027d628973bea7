/**
 * The command line: one class for each command, and {@link io.lynkr.cli.Cli} that lists them.
 *
 * <p>What a command touches of the outside comes in through {@link io.lynkr.cli.Surroundings}; a
 * command returns an {@link io.lynkr.cli.ExitCode} and never ends the process itself.
 */
@NullMarked
package io.lynkr.cli;

import org.jspecify.annotations.NullMarked;
