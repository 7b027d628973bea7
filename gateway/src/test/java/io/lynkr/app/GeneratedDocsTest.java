package io.lynkr.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class GeneratedDocsTest {
    /** The tests run in gateway/. */
    private static final Path CHECKOUT = Path.of("..");

    static final List<Arguments> PAGES =
            List.of(
                    Arguments.of("docs/configuration.md", SettingsReference.markdown()),
                    Arguments.of(".env.example", SettingsReference.envExample()),
                    Arguments.of("docs/metrics.md", MetricsReference.markdown()));

    @ParameterizedTest
    @FieldSource("PAGES")
    void isWhatTheDeclarationsSay(String page, String expected) throws IOException {
        var file = CHECKOUT.resolve(page);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, expected);
        }
        assertThat(file).exists();
        assertThat(Files.readString(file))
                .as("%s is stale; run ./dev docs", page)
                .isEqualTo(expected);
    }
}
