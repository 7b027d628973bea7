package io.lynkr.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;

class AllSettingsTest {

    @Test
    void listsEverySettingThatIsDeclared() {
        assertThat(AllSettings.all().map(Setting::name))
                .containsExactlyInAnyOrderElementsOf(declared());
    }

    @Test
    void explainsEverySettingInASentence() {
        assertThat(AllSettings.all())
                .allSatisfy(setting -> assertThat(setting.doc()).matches("[A-Z].*\\."));
    }

    @Test
    void acceptsEveryDefault() {
        var settings = new Settings(Map.of());

        AllSettings.all().forEach(settings::get);

        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void findsNoFaultWithTheDemo() {
        var settings = new Settings(Map.of("MODEL_PROVIDER", "demo"));

        assertThat(AllSettings.problems(settings)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "databricks, DATABRICKS_API_BASE",
        "azure-anthropic, AZURE_ANTHROPIC_ENDPOINT",
        "anthropic, ANTHROPIC_UPSTREAM_API_KEY",
        "azure-openai, AZURE_OPENAI_ENDPOINT",
        "databrick, MODEL_PROVIDER",
    })
    void saysWhatAProviderStillNeeds(String provider, String missing) {
        var settings = new Settings(Map.of("MODEL_PROVIDER", provider));

        assertThat(AllSettings.problems(settings))
                .extracting(ConfigProblem::setting)
                .contains(missing);
    }

    @Test
    void leavesSettingsOfOtherProvidersAlone() {
        var settings =
                new Settings(Map.of("MODEL_PROVIDER", "demo", "OLLAMA_ENDPOINT", "nonsense"));

        assertThat(AllSettings.problems(settings)).isEmpty();
    }

    @Test
    void knowsWhichVariablesAreSecret() {
        assertThat(AllSettings.secretVariables())
                .contains("ACCESS_TOKENS", "DATABRICKS_API_KEY", "DATABRICKS_API_KEY_FILE")
                .doesNotContain("PORT", "DATABRICKS_API_BASE");
    }

    private static List<String> declared() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.lynkr")
                        .stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getRawType().isEquivalentTo(Setting.class))
                        .map(JavaField::reflect)
                        .filter(field -> Modifier.isPublic(field.getModifiers()))
                        .map(AllSettingsTest::nameOf)
                        .toList();
    }

    private static String nameOf(java.lang.reflect.Field constant) {
        try {
            return ((Setting<?>) constant.get(null)).name();
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(hidden);
        }
    }
}
