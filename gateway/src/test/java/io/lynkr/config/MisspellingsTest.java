package io.lynkr.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class MisspellingsTest {
    private static final List<Setting<?>> DECLARED =
            List.of(
                    Setting.text("PORT", "8080", "Port."),
                    Setting.text("OPENAI_MODEL", "A model."),
                    Setting.text("HTTPS_PROXY", "A proxy."),
                    Setting.secret("DATABRICKS_API_KEY", "A key."),
                    Setting.bool("POLICY_GIT_ALLOW_PUSH", false, "A switch."));

    @ParameterizedTest
    @CsvSource({
        "DATABRICKS_API_KEYY, DATABRICKS_API_KEY",
        "DATABRICKS_APIKEY, DATABRICKS_API_KEY",
        "DATABRIKCS_API_KEY, DATABRICKS_API_KEY",
        "DATABRICKS_API_KEY_FIEL, DATABRICKS_API_KEY_FILE",
        "POLICY_GIT_ALOW_PUSH, POLICY_GIT_ALLOW_PUSH",
        "OPENAI_MODLE, OPENAI_MODEL",
    })
    void suggestsWhatWasMeant(String given, String meant) {
        assertThat(Misspellings.of(List.of(given), DECLARED))
                .containsExactly(
                        new ConfigProblem(
                                given, "there is no such setting", "Did you mean " + meant + "?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PORT",
                "POST",
                "DATABRICKS_API_KEY",
                "DATABRICKS_API_KEY_FILE",
                "DATABRICKS_HOST",
                "HTTP_PROXY",
                "https_proxy",
                "OPENAI_API_KEY",
                "PATH",
                "",
            })
    void leavesOtherVariablesAlone(String given) {
        assertThat(Misspellings.of(List.of(given), DECLARED)).isEmpty();
    }
}
