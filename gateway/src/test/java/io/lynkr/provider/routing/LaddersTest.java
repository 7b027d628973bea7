package io.lynkr.provider.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class LaddersTest {
    private static final List<String> KNOWN = List.of("databricks", "ollama", "openai");

    @Test
    void namesTheProvidersOfItsRungs() {
        var settings =
                new Settings(
                        Map.of("MODEL_ROUTES", "haiku=ollama:qwen3:8b>databricks; *=databricks"));

        var ladders = Ladders.from(settings, "databricks", KNOWN);

        assertThat(settings.problems()).isEmpty();
        assertThat(ladders.providers()).containsExactly("ollama", "databricks");
        assertThat(Rung.parse("ollama:qwen3:8b").model()).hasValue("qwen3:8b");
    }

    @Test
    void hasNoRulesUnlessSomebodyWritesThem() {
        assertThat(Ladders.from(new Settings(Map.of()), "openai", KNOWN).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "haiku",
                "=ollama",
                "haiku=",
                "haiku=nobody",
                "haiku=ollama>",
                "haiku=ollama>nobody:x",
                ":big=ollama",
                "a*b*=ollama"
            })
    void saysWhichRuleIsWrong(String rule) {
        var settings = new Settings(Map.of("MODEL_ROUTES", rule));

        Ladders.from(settings, "databricks", KNOWN);

        assertThat(settings.problems())
                .extracting(ConfigProblem::toString)
                .singleElement()
                .asString()
                .contains("MODEL_ROUTES", rule);
    }

    @Test
    void saysThatTheFallbackIsUnknown() {
        var settings = new Settings(Map.of("PREFER_OLLAMA", "true", "FALLBACK_PROVIDER", "nobody"));

        Ladders.from(settings, "databricks", KNOWN);

        assertThat(settings.problems()).hasSize(1);
    }
}
