package io.lynkr.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment, read through settings. A wrong value is noted as a problem and its default stands
 * in, so that one start-up reports all problems; {@link #check} then refuses.
 */
public final class Settings {
    private final Map<String, String> values;
    private final List<ConfigProblem> problems = new ArrayList<>();

    public Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** The value, or the default if it is not set, blank or wrong. */
    public <T> T get(Setting<T> setting) {
        var text = text(setting);
        if (text.isPresent()) {
            try {
                return setting.reader().apply(text.get());
            } catch (IllegalArgumentException wrong) {
                var shown = setting.secret() ? "the value" : "'" + text.get() + "'";
                problem(setting, shown + " is not " + setting.expected(), "Set it to " + setting.expected() + ", or remove it");
            }
        }
        return setting.reader().apply(setting.defaultText());
    }

    /** Whether the operator gave a value, right or wrong. */
    public boolean isSet(Setting<?> setting) {
        return text(setting).isPresent();
    }

    /** Notes a problem that only the component can see, such as a setting that another one needs. */
    public void problem(Setting<?> setting, String problem, String remedy) {
        problems.add(new ConfigProblem(setting.name(), problem, remedy));
    }

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
            throw new ConfigException(problems);
        }
    }

    private Optional<String> text(Setting<?> setting) {
        var text = plain(setting.name());
        if (!setting.secret() || text.isPresent()) {
            return text;
        }
        return plain(setting.name() + "_FILE").flatMap(file -> fromFile(setting, file));
    }

    private Optional<String> plain(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private Optional<String> fromFile(Setting<?> setting, String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)).strip()).filter(text -> !text.isEmpty());
        } catch (IOException | IllegalArgumentException unreadable) {
            problems.add(
                    new ConfigProblem(
                            setting.name() + "_FILE",
                            "the file '" + file + "' cannot be read",
                            "Point it at a readable file that holds the secret"));
            return Optional.empty();
        }
    }
}
