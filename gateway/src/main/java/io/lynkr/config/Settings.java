package io.lynkr.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The environment, read through settings. A wrong value is noted as a problem and its default
 * stands in, so that one start-up reports all problems; {@link #check} then refuses. Used by one
 * thread.
 */
public final class Settings {
    private final Map<String, Given> given;
    private final List<ConfigProblem> unreadable;
    private final Set<ConfigProblem> problems;

    /** A value under its variable, before anybody has read it. */
    private record Given(String text, Origin origin) {}

    /** What a setting was found to be. */
    private record Found(Optional<String> text, Origin origin) {
        static final Found NOTHING = new Found(Optional.empty(), Origin.DEFAULT);
    }

    public Settings(Map<String, String> environment) {
        this(environment, DotEnv.NONE);
    }

    /** A variable of the environment wins over the file's, also when it is blank. */
    public Settings(Map<String, String> environment, DotEnv file) {
        this(merged(environment, file), file.problems());
    }

    private Settings(Map<String, Given> given, List<ConfigProblem> unreadable) {
        this.given = Map.copyOf(given);
        this.unreadable = unreadable;
        this.problems = new LinkedHashSet<>(unreadable);
    }

    private static Map<String, Given> merged(Map<String, String> environment, DotEnv file) {
        var given = new HashMap<String, Given>();
        file.values().forEach((name, text) -> given.put(name, new Given(text, Origin.DOT_ENV)));
        environment.forEach((name, text) -> given.put(name, new Given(text, Origin.ENVIRONMENT)));
        return given;
    }

    /** The same settings with a value that the command line gives. */
    public Settings with(Setting<?> setting, String text) {
        var more = new HashMap<>(given);
        more.put(setting.name(), new Given(text, Origin.COMMAND));
        return new Settings(more, unreadable);
    }

    /** The value, or the default if it is not set, blank or wrong. */
    public <T> T get(Setting<T> setting) {
        var text = find(setting).text();
        if (text.isPresent()) {
            try {
                return setting.reader().apply(text.get());
            } catch (IllegalArgumentException wrong) {
                var shown = setting.secret() ? "the value" : "'" + text.get() + "'";
                problem(
                        setting,
                        shown + " is not " + setting.expected(),
                        "Set it to " + setting.expected() + ", or remove it");
            }
        }
        return setting.reader().apply(setting.defaultText());
    }

    /** Whether the operator gave a value, right or wrong. */
    public boolean isSet(Setting<?> setting) {
        return find(setting).text().isPresent();
    }

    /** Where the setting's value comes from. */
    public Origin origin(Setting<?> setting) {
        return find(setting).origin();
    }

    /** The value as it was written, or the default; a secret only as a mask. */
    public String shown(Setting<?> setting) {
        var text = find(setting).text().orElse(setting.defaultText());
        return setting.secret() ? new Secret(text).toString() : text;
    }

    /** The names of all variables there are, our own and others. */
    public Collection<String> names() {
        return given.keySet();
    }

    /**
     * The variables of this process itself, our own and others: for child processes, which must not
     * get all of them.
     */
    public Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        given.forEach(
                (name, value) -> {
                    if (value.origin() == Origin.ENVIRONMENT) {
                        environment.put(name, value.text());
                    }
                });
        return environment;
    }

    /**
     * Notes a problem that only the component can see, such as a setting that another one needs.
     */
    public void problem(Setting<?> setting, String problem, String remedy) {
        problems.add(new ConfigProblem(setting.name(), problem, remedy));
    }

    /** What was found wrong so far, each once. */
    public List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    /**
     * Refuses a configuration that has problems.
     *
     * @throws ConfigException naming all of them
     */
    public void check() {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems());
        }
    }

    private Found find(Setting<?> setting) {
        var direct = plain(setting.name());
        if (!setting.secret()) {
            return direct;
        }
        var file = plain(setting.fileName());
        if (file.text().isEmpty() || direct.origin().compareTo(file.origin()) <= 0) {
            return direct;
        }
        return fromFile(setting, file.text().get());
    }

    private Found plain(String name) {
        var value = given.get(name);
        if (value == null || value.text().isBlank()) {
            return Found.NOTHING;
        }
        return new Found(Optional.of(value.text().strip()), value.origin());
    }

    private Found fromFile(Setting<?> setting, String file) {
        try {
            var text = Files.readString(Path.of(file)).strip();
            if (!text.isEmpty()) {
                return new Found(Optional.of(text), Origin.FILE);
            }
            fileProblem(setting, "the file '" + file + "' is empty");
        } catch (IOException | IllegalArgumentException unreadable) {
            fileProblem(setting, "the file '" + file + "' cannot be read");
        }
        return Found.NOTHING;
    }

    private void fileProblem(Setting<?> setting, String problem) {
        problems.add(
                new ConfigProblem(
                        setting.fileName(),
                        problem,
                        "Point it at a readable file that holds the secret"));
    }
}
