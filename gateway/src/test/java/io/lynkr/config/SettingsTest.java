package io.lynkr.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class SettingsTest {
    private static final Setting<Integer> PORT = Setting.integer("PORT", 8080, 0, 65535, "Port.");
    private static final Setting<Optional<Secret>> KEY = Setting.secret("API_KEY", "A key.");

    @TempDir Path folder;

    @Test
    void letsTheEnvironmentWinOverTheFile() {
        var settings = new Settings(Map.of("PORT", "1"), dotEnv("PORT=2"));

        assertThat(settings.get(PORT)).isEqualTo(1);
        assertThat(settings.origin(PORT)).isEqualTo(Origin.ENVIRONMENT);
    }

    @Test
    void readsTheFileForWhatTheEnvironmentLeavesOut() {
        var settings = new Settings(Map.of(), dotEnv("PORT=2"));

        assertThat(settings.get(PORT)).isEqualTo(2);
        assertThat(settings.origin(PORT)).isEqualTo(Origin.DOT_ENV);
    }

    @Test
    void letsABlankVariableSwitchTheFilesValueOff() {
        var settings = new Settings(Map.of("PORT", ""), dotEnv("PORT=2"));

        assertThat(settings.get(PORT)).isEqualTo(8080);
        assertThat(settings.origin(PORT)).isEqualTo(Origin.DEFAULT);
    }

    @Test
    void letsTheCommandWinOverAll() {
        var settings = new Settings(Map.of("PORT", "1"), dotEnv("PORT=2")).with(PORT, "3");

        assertThat(settings.get(PORT)).isEqualTo(3);
        assertThat(settings.origin(PORT)).isEqualTo(Origin.COMMAND);
    }

    @Test
    void readsASecretFromAFile() throws IOException {
        var settings = new Settings(Map.of("API_KEY_FILE", file("from-file\n")));

        assertThat(settings.get(KEY)).contains(new Secret("from-file"));
        assertThat(settings.origin(KEY)).isEqualTo(Origin.FILE);
    }

    @Test
    void prefersTheVariableToTheFileBesideIt() throws IOException {
        var settings = new Settings(Map.of("API_KEY_FILE", file("from-file"), "API_KEY", "direct"));

        assertThat(settings.get(KEY)).contains(new Secret("direct"));
    }

    @Test
    void prefersAFileNamedByTheEnvironmentToAKeyInDotEnv() throws IOException {
        var settings =
                new Settings(Map.of("API_KEY_FILE", file("from-file")), dotEnv("API_KEY=old"));

        assertThat(settings.get(KEY)).contains(new Secret("from-file"));
    }

    @Test
    void reportsASecretsFileThatCannotBeRead() {
        var settings = new Settings(Map.of("API_KEY_FILE", "no/such/file"));

        assertThat(settings.get(KEY)).isEmpty();
        assertThat(settings.problems())
                .singleElement()
                .hasToString(
                        "API_KEY_FILE: the file 'no/such/file' cannot be read. Point it at a"
                                + " readable file that holds the secret");
    }

    @Test
    void reportsASecretsFileThatIsEmpty() throws IOException {
        var settings = new Settings(Map.of("API_KEY_FILE", file(" \n")));

        assertThat(settings.get(KEY)).isEmpty();
        assertThat(settings.problems()).singleElement().asString().contains("is empty");
    }

    @Test
    void reportsEachProblemOnceHoweverOftenItIsRead() {
        var settings = new Settings(Map.of("PORT", "x"));

        settings.get(PORT);
        settings.get(PORT);

        assertThat(settings.problems()).hasSize(1);
    }

    @Test
    void refusesWithAllProblemsAtOnce() {
        var settings = new Settings(Map.of("PORT", "x"), dotEnv("what is this"));
        settings.get(PORT);
        settings.problem(KEY, "it is missing", "Set it");

        assertThatThrownBy(settings::check)
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refusal ->
                                assertThat(refusal.problems())
                                        .extracting(ConfigProblem::setting)
                                        .containsExactly(".env line 1", "PORT", "API_KEY"));
    }

    @Test
    void keepsASecretOutOfEveryMessage() {
        var picky =
                new Setting<>(
                        "API_KEY",
                        "",
                        "a key that starts with sk-",
                        "A key.",
                        true,
                        text -> {
                            if (!text.isEmpty()) {
                                throw new IllegalArgumentException("bad key " + text);
                            }
                            return text;
                        });
        var settings = new Settings(Map.of("API_KEY", "hunter2"), dotEnv("hunter2 without equals"));

        settings.get(picky);

        assertThat(settings.problems()).hasSize(2);
        assertThat(settings.problems().toString()).doesNotContain("hunter2");
        assertThat(settings.shown(picky)).isEqualTo("***");
        assertThat(new Secret("hunter2")).hasToString("***");
        assertThatThrownBy(settings::check).hasMessageNotContaining("hunter2");
    }

    @Test
    void showsDefaultsAndValuesAsWritten() {
        var settings = new Settings(Map.of("PORT", " 9000 "));

        assertThat(settings.shown(PORT)).isEqualTo("9000");
        assertThat(settings.shown(KEY)).isEqualTo("(not set)");
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("secret"), text).toString();
    }

    private static DotEnv dotEnv(String... lines) {
        return DotEnv.parse(List.of(lines));
    }
}
