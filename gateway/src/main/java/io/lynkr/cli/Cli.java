package io.lynkr.cli;

import io.lynkr.app.BackendConnector;
import io.lynkr.app.GatewayStarter;
import io.lynkr.app.ToolBench;
import io.lynkr.config.ConfigException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line: the list of its commands, and how mistakes in using it are answered. */
@Command(
        name = "lynkr",
        description =
                "Lets Claude Code, or any client of the Anthropic Messages API, talk to the model"
                        + " backend of your choice.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "  lynkr demo              a gateway with a built-in scripted model, no credentials",
            "  lynkr claude --demo     Claude Code on that model, in one step",
            "  lynkr doctor            what is configured, what works, and what does not",
            "",
            "Settings come from the environment and from .env in this folder; 'lynkr config' lists"
                    + " them.",
        })
public final class Cli {
    private static final int WIDTH = 100;

    private final Surroundings surroundings;
    private final CommandLine commands;

    public Cli(
            Surroundings surroundings,
            GatewayStarter starter,
            BackendConnector backends,
            ToolBench.Opener tools) {
        this.surroundings = surroundings;
        var running = new RunningGateways();
        var claude = new CommandLine(new ClaudeCommand(surroundings, starter, running));
        this.commands =
                new CommandLine(this)
                        .addSubcommand(new StartCommand(surroundings, starter))
                        .addSubcommand(new DemoCommand(surroundings, starter))
                        .addSubcommand(claude)
                        .addSubcommand(new DoctorCommand(surroundings, backends, tools, running))
                        .addSubcommand(toolCommands(surroundings, tools))
                        .addSubcommand(McpCommand.withSubcommands(surroundings))
                        .addSubcommand(sessionCommands(surroundings))
                        .addSubcommand(new ConfigCommand(surroundings))
                        .addSubcommand(new AotTrainCommand(surroundings, starter))
                        .addSubcommand(new HelpCommand());
        arrange();
        passArgumentsOn(claude);
    }

    private static CommandLine toolCommands(Surroundings surroundings, ToolBench.Opener tools) {
        return new CommandLine(new ToolsCommand(surroundings))
                .addSubcommand(new ToolsListCommand(surroundings, tools))
                .addSubcommand(new ToolsCallCommand(surroundings, tools));
    }

    private static CommandLine sessionCommands(Surroundings surroundings) {
        return new CommandLine(new SessionsCommand(surroundings))
                .addSubcommand(new SessionsListCommand(surroundings))
                .addSubcommand(new SessionsShowCommand(surroundings))
                .addSubcommand(new SessionsExportCommand(surroundings));
    }

    /** Runs what the arguments say and returns the {@link ExitCode}. */
    public int run(String... args) {
        if (args.length == 0) {
            commands.usage(surroundings.console().err());
            return ExitCode.USAGE;
        }
        return commands.execute(args);
    }

    private void arrange() {
        commands.setOut(surroundings.console().out())
                .setErr(surroundings.console().err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setUsageHelpWidth(WIDTH)
                .setParameterExceptionHandler(new UsageMistakes())
                .setExecutionExceptionHandler(this::failed);
        addVersion(commands);
        addHelp(commands);
        commands.getSubcommands().values().forEach(Cli::addHelpToAll);
    }

    private static void addHelpToAll(CommandLine command) {
        addHelp(command);
        command.getSubcommands().values().forEach(Cli::addHelpToAll);
    }

    private void addVersion(CommandLine command) {
        IVersionProvider version = () -> new String[] {"lynkr " + surroundings.version()};
        command.getCommandSpec()
                .versionProvider(version)
                .addOption(
                        OptionSpec.builder("--version")
                                .versionHelp(true)
                                .description("Prints the version.")
                                .build());
    }

    private static void addHelp(CommandLine command) {
        var spec = command.getCommandSpec();
        spec.usageMessage()
                .sortOptions(false)
                .headerHeading("%n")
                .descriptionHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .footerHeading("%nExamples:%n");
        if (!spec.name().equals("help")) {
            spec.addOption(
                    OptionSpec.builder("--help", "-h")
                            .usageHelp(true)
                            .description("Shows this.")
                            .build());
        }
    }

    /** From the first argument that is not ours on, nothing is looked at. */
    private static void passArgumentsOn(CommandLine claude) {
        claude.setStopAtPositional(true).setUnmatchedOptionsArePositionalParams(true);
    }

    private int failed(Exception failure, CommandLine command, ParseResult arguments)
            throws Exception {
        var err = surroundings.console().err();
        return switch (failure) {
            case ConfigException refused -> {
                ProblemReport.print(err, refused.problems());
                yield ExitCode.USAGE;
            }
            case CommandFailedException known -> {
                err.println("lynkr: " + known.getMessage());
                yield ExitCode.FAILURE;
            }
            case InterruptedException _ -> ExitCode.FAILURE;
            default -> throw failure;
        };
    }
}
