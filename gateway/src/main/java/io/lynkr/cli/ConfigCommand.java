package io.lynkr.cli;

import io.lynkr.app.AllSettings;
import io.lynkr.app.SettingsReference;
import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;

/** Shows the settings: what they are, where they come from, what they mean. */
@Command(
        name = "config",
        description =
                "Shows every setting with its value, where the value comes from, and what it means."
                        + " Secrets are masked.",
        footer = {
            "  lynkr config",
            "  lynkr config --problems && lynkr start",
            "  lynkr config --json | jq '.settings[] | select(.origin != \"default\")'",
            "  lynkr config --env-example > .env",
        })
final class ConfigCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    /** The ways to show it; one at a time. */
    static final class Form {
        @Option(names = "--json", description = "Prints settings and problems as JSON.")
        boolean json;

        @Option(
                names = "--problems",
                description = "Prints only what is wrong; exit code 2 if there is anything.")
        boolean problems;

        @Option(names = "--markdown", description = "Prints the reference of all settings.")
        boolean markdown;

        @Option(
                names = "--env-example",
                description = "Prints a .env file with every setting as a comment.")
        boolean envExample;
    }

    @ArgGroup Form form = new Form();

    ConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var out = surroundings.console().out();
        if (form.markdown) {
            out.print(SettingsReference.markdown());
        } else if (form.envExample) {
            out.print(SettingsReference.envExample());
        } else {
            return show(surroundings.settings());
        }
        out.flush();
        return ExitCode.OK;
    }

    private int show(Settings settings) {
        var problems = AllSettings.problems(settings);
        var warnings = AllSettings.misspelled(settings);
        if (form.json) {
            surroundings.console().out().println(json(settings, problems, warnings));
            return ExitCode.OK;
        }
        if (!form.problems) {
            list(settings);
        }
        surroundings.warn(warnings);
        if (!problems.isEmpty()) {
            ProblemReport.print(surroundings.console().err(), problems);
        }
        return form.problems && !problems.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
    }

    private void list(Settings settings) {
        var out = surroundings.console().out();
        for (var group : AllSettings.groups()) {
            out.println(group.title());
            for (var setting : group.settings()) {
                out.println(
                        "  "
                                + setting.name()
                                + "="
                                + settings.shown(setting)
                                + "  ("
                                + settings.origin(setting).label()
                                + ")");
                out.println("      " + setting.doc());
            }
            out.println();
        }
    }

    private static JsonObject json(
            Settings settings, List<ConfigProblem> problems, List<ConfigProblem> warnings) {
        return JsonObject.of(
                        "settings",
                        JsonArray.copyOf(
                                AllSettings.groups().stream()
                                        .flatMap(
                                                group ->
                                                        group.settings().stream()
                                                                .map(
                                                                        setting ->
                                                                                json(
                                                                                        group
                                                                                                .title(),
                                                                                        setting,
                                                                                        settings)))
                                        .toList()))
                .with("problems", json(problems))
                .with("warnings", json(warnings));
    }

    private static JsonObject json(String group, Setting<?> setting, Settings settings) {
        return JsonObject.of("name", setting.name())
                .with("group", group)
                .with("value", settings.shown(setting))
                .with("origin", settings.origin(setting).label())
                .with("default", setting.defaultText())
                .with("expected", setting.expected())
                .with("secret", setting.secret())
                .with("meaning", setting.doc());
    }

    private static JsonArray json(List<ConfigProblem> problems) {
        return JsonArray.copyOf(
                problems.stream()
                        .map(
                                problem ->
                                        JsonObject.of("setting", problem.setting())
                                                .with("problem", problem.problem())
                                                .with("remedy", problem.remedy()))
                        .toList());
    }
}
