package io.lynkr.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.config.Settings;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.stream.Collectors;

class SettingsReferenceTest {

    @Test
    void namesEverySettingWithItsDefault() {
        assertThat(AllSettings.all())
                .allSatisfy(
                        setting ->
                                assertThat(SettingsReference.markdown())
                                        .contains("| `" + setting.name() + "` |"));
        assertThat(SettingsReference.markdown()).contains("| `PORT` | `8080` | The port");
    }

    @Test
    void givesAnExampleThatChangesNothingAsItIs() {
        var lines = SettingsReference.envExample().lines();

        assertThat(lines).allSatisfy(line -> assertThat(line).matches("(#.*)?"));
    }

    @Test
    void givesAnExampleOfGoodValues() {
        var values =
                SettingsReference.envExample()
                        .lines()
                        .filter(line -> line.matches("#[A-Z_]+=.+"))
                        .map(line -> line.substring(1).split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        var settings = new Settings(Map.copyOf(values));

        AllSettings.all().forEach(settings::get);

        assertThat(settings.problems()).isEmpty();
    }
}
