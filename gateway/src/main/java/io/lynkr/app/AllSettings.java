package io.lynkr.app;

import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Misspellings;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.http.HttpSettings;
import io.lynkr.provider.ProviderSettings;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting there is, grouped by what it is about. A new setting is one line here. */
public final class AllSettings {

    /**
     * Settings that belong together.
     *
     * @param title for people, as a heading
     * @param settings in the order in which one would read about them
     */
    public record Group(String title, List<Setting<?>> settings) {
        public Group {
            settings = List.copyOf(settings);
        }

        private static Group of(String title, Setting<?>... settings) {
            return new Group(title, List.of(settings));
        }
    }

    private static final List<Group> GROUPS =
            List.of(
                    Group.of(
                            "Backend",
                            ProviderSettings.MODEL_PROVIDER,
                            ProviderSettings.UPSTREAM_CONNECT_TIMEOUT_MS,
                            ProviderSettings.UPSTREAM_FIRST_BYTE_TIMEOUT_MS,
                            ProviderSettings.UPSTREAM_IDLE_TIMEOUT_MS,
                            ProviderSettings.UPSTREAM_CONTENT_TIMEOUT_MS,
                            ProviderSettings.UPSTREAM_TOTAL_TIMEOUT_MS,
                            ProviderSettings.UPSTREAM_MAX_SOCKETS),
                    Group.of(
                            "Server",
                            HttpSettings.PORT,
                            HttpSettings.HOST,
                            HttpSettings.ACCESS_TOKENS,
                            HttpSettings.ALLOWED_HOSTS,
                            HttpSettings.REQUEST_JSON_LIMIT,
                            HttpSettings.STREAM_PING_INTERVAL_MS));

    private AllSettings() {}

    public static List<Group> groups() {
        return GROUPS;
    }

    public static Stream<Setting<?>> all() {
        return GROUPS.stream().flatMap(group -> group.settings().stream());
    }

    /** Everything that is wrong with the settings, as a start would say it. */
    public static List<ConfigProblem> problems(Settings settings) {
        all().forEach(settings::get);
        HttpSettings.from(settings);
        ProviderSettings.from(settings);
        return settings.problems();
    }

    /** The variables that hold secrets, or say where they are. */
    public static Set<String> secretVariables() {
        return all().filter(Setting::secret)
                .flatMap(setting -> Stream.of(setting.name(), setting.fileName()))
                .collect(Collectors.toSet());
    }

    /** Variables that look like a setting of ours with a slip of the pen. */
    public static List<ConfigProblem> misspelled(Settings settings) {
        return Misspellings.of(settings.names(), all().toList());
    }
}
