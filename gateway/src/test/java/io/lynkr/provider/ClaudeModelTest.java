package io.lynkr.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeModelTest {

    @ParameterizedTest
    @CsvSource({
        "claude-opus-4-8, opus, 408, true",
        "claude-opus-4-6, opus, 406, false",
        "claude-sonnet-4-5-20250929, sonnet, 405, false",
        "claude-opus-4-20250514, opus, 400, false",
        "databricks-claude-sonnet-5, sonnet, 500, true",
        "system.ai.claude-haiku-5-5, haiku, 505, true",
        "claude-3-5-haiku-20241022, haiku, 305, false",
        "claude-3-opus-20240229, opus, 300, false",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0, sonnet, 405, false",
        "anthropic/claude-opus-4.8, opus, 408, true",
        "Claude-Fable-5.1, fable, 501, true",
        "claude-opus-latest, opus, 9900, true"
    })
    void readsFamilyAndVersion(String name, String family, int version, boolean isNew) {
        var model = ClaudeModel.of(name).orElseThrow();

        assertThat(model).isEqualTo(new ClaudeModel(family, version));
        assertThat(model.isNewGeneration()).isEqualTo(isNew);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "claude-2.1", "opus", "qwen3-opus-4", ""})
    void readsNothingIntoOtherNames(String name) {
        assertThat(ClaudeModel.of(name)).isEmpty();
    }
}
