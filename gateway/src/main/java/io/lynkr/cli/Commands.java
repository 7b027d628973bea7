package io.lynkr.cli;

import io.lynkr.app.BackendConnector;
import io.lynkr.app.GatewayStarter;
import io.lynkr.app.ToolBench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;

import java.util.function.ToIntFunction;

/** The list of the commands, as the parser knows them. */
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
final class Commands {
    private static final int WIDTH = 100;

    private final Surroundings surroundings;
    private final CommandLine commands;

    Commands(
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
                        .addSubcommand(new DiffCommand(surroundings, tools))
                        .addSubcommand(new ReviewCommand(surroundings, tools))
                        .addSubcommand(new TestCommand(surroundings, tools))
                        .addSubcommand(new ReleaseNotesCommand(surroundings, tools))
                        .addSubcommand(toolCommands(surroundings, tools))
                        .addSubcommand(new IndexCommand(surroundings, tools))
                        .addSubcommand(McpCommand.withSubcommands(surroundings))
                        .addSubcommand(sessionCommands(surroundings))
                        .addSubcommand(new ConfigCommand(surroundings))
                        .addSubcommand(new HelpCommand());
        arrange();
        passArgumentsOn(claude);
    }

    /**
     * Runs what the arguments say and returns the {@link ExitCode}.
     *
     * @param failed tells of a command's failure, and says with which code to end
     */
    int run(String[] args, ToIntFunction<Exception> failed) {
        if (args.length == 0) {
            commands.usage(surroundings.console().err());
            return ExitCode.USAGE;
        }
        return commands.setExecutionExceptionHandler((failure, _, _) -> failed.applyAsInt(failure))
                .execute(args);
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

    private void arrange() {
        commands.setOut(surroundings.console().out())
                .setErr(surroundings.console().err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setUsageHelpWidth(WIDTH)
                .setParameterExceptionHandler(new UsageMistakes());
        addVersion(commands);
        addHelp(commands);
        commands.getSubcommands().values().forEach(Commands::addHelpToAll);
    }

    private static void addHelpToAll(CommandLine command) {
        addHelp(command);
        command.getSubcommands().values().forEach(Commands::addHelpToAll);
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
}
