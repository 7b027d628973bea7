package io.lynkr.app;

import io.lynkr.config.Setting;

/** The settings as documents: the reference page, and an example of a {@code .env} file. */
public final class SettingsReference {
    private SettingsReference() {}

    /** The page {@code docs/configuration.md}. */
    public static String markdown() {
        var page =
                new StringBuilder(
                        """
                        # Settings

                        <!-- Written by ./dev docs from the declarations in the code; changes here are lost. -->

                        Settings are environment variables. They may also stand in a file `.env` in the folder that
                        Lynkr is started in, one `NAME=value` a line; the environment wins. `lynkr config` shows the
                        values that are in force and where they come from, `lynkr config --problems` what is wrong
                        with them.

                        A setting marked *secret* can also be read from a file: `NAME_FILE` names it. Switches take
                        `true` or `false` (or `1` or `0`), lists take commas or semicolons, sizes are written like
                        `512kb` or `32mb`. Anything else stops the start with a message that names the variable, the
                        value and the remedy.
                        """);
        for (var group : AllSettings.groups()) {
            page.append("\n## ").append(group.title()).append("\n\n");
            page.append("| Variable | Default | Meaning |\n|---|---|---|\n");
            group.settings().forEach(setting -> page.append(row(setting)));
        }
        return page.toString();
    }

    private static String row(Setting<?> setting) {
        var byDefault = setting.defaultText().isEmpty() ? "–" : "`" + setting.defaultText() + "`";
        var kind = setting.secret() ? "*secret*" : setting.expected();
        var meaning = setting.doc() + (kind.equals("a text") ? "" : " (" + kind + ")");
        return "| `%s` | %s | %s |\n".formatted(setting.name(), byDefault, cell(meaning));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    /** The file {@code .env.example}. */
    public static String envExample() {
        var file =
                new StringBuilder(
                        """
                        # Settings of Lynkr: copy to .env and take the # off what you set. The environment wins.
                        # Written by ./dev docs from the declarations in the code; changes here are lost.
                        """);
        for (var group : AllSettings.groups()) {
            file.append("\n## ").append(group.title()).append("\n");
            for (var setting : group.settings()) {
                file.append("\n# ").append(setting.doc()).append("\n");
                file.append("#%s=%s\n".formatted(setting.name(), setting.defaultText()));
            }
        }
        return file.toString();
    }
}
