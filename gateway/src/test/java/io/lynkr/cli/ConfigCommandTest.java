package io.lynkr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.app.AllSettings;
import io.lynkr.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ConfigCommandTest {
    @TempDir Path folder;

    @Test
    void showsEverySettingWithItsOriginAndMeaning() throws IOException {
        Files.writeString(folder.resolve(".env"), "HOST=localhost");
        var cli = TestCli.with("PORT", "9000", "ACCESS_TOKENS", "ann:hunter2").in(folder);

        int code = cli.run("config");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.said())
                .contains("PORT=9000  (environment)")
                .contains("HOST=localhost  (.env)")
                .contains("REQUEST_JSON_LIMIT=32mb  (default)")
                .contains("ACCESS_TOKENS=***  (environment)")
                .contains("      The largest request body.")
                .doesNotContain("hunter2");
        assertThat(AllSettings.all())
                .allSatisfy(
                        setting -> assertThat(cli.said()).contains("  " + setting.name() + "="));
    }

    @Test
    void showsTheSameAsJson() {
        var cli =
                TestCli.with("MODEL_PROVIDER", "demo", "PORT", "x", "ACCESS_TOKENS", "ann:hunter2");

        int code = cli.run("config", "--json");

        var json = JsonObject.parse(cli.said());
        var port = setting(json, "PORT");
        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(port.string("value")).contains("x");
        assertThat(port.string("origin")).contains("environment");
        assertThat(port.string("default")).contains("8080");
        assertThat(setting(json, "ACCESS_TOKENS").string("value")).contains("***");
        assertThat(json.objects("problems").getFirst().string("setting")).contains("PORT");
        assertThat(cli.toString()).doesNotContain("hunter2");
    }

    @Test
    void listsProblemsOnlyAndFails() {
        var cli = TestCli.with("MODEL_PROVIDER", "demo", "PORT", "x");

        int code = cli.run("config", "--problems");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(cli.said()).isEmpty();
        assertThat(cli.complained()).contains("1 problem in the configuration", "PORT: 'x'");
    }

    @Test
    void hasNothingToSayAboutAGoodConfiguration() {
        var cli = TestCli.with("MODEL_PROVIDER", "demo");

        int code = cli.run("config", "--problems");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.said()).isEmpty();
        assertThat(cli.complained()).isEmpty();
    }

    private static JsonObject setting(JsonObject json, String name) {
        return json.objects("settings").stream()
                .filter(setting -> setting.string("name").orElse("").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
