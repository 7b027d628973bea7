package io.lynkr.index;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageTest {
    private static FileFacts read(Language language, String text) {
        try (var parser = new Parser()) {
            var analyzer = language.analyzer();
            return analyzer.read(
                    parser.parse(analyzer.grammar(), text.getBytes(UTF_8)).orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource
    void loadsGrammarAndPatterns(Language language) {
        assertThat(language.analyzer().grammar().kinds()).isNotEmpty();
    }

    @Test
    void readsJava() {
        var facts =
                read(
                        Language.JAVA,
                        """
                        package a.b;
                        import c.D;
                        class Greeter extends Base {
                            private final D helper = new D();
                            String greet(String name) { int n = 1; helper.run(n); return other(name); }
                        }
                        """);
        assertThat(facts.unit()).isEqualTo("a.b");
        assertThat(facts.symbols())
                .extracting(FileFacts.Definition::qualified)
                .containsExactly("Greeter", "Greeter.helper", "Greeter.greet");
        assertThat(facts.uses()).containsKeys("run", "other", "D").doesNotContainKeys("n", "name");
        assertThat(facts.uses().get("run").getFirst().receiver()).isEqualTo("nhelper");
    }
}
