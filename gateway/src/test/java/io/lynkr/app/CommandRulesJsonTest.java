package io.lynkr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRulesJsonTest {

    @Test
    void readsRules() {
        var rules =
                CommandRulesJson.read(
                        """
                        {"rm": {"allowed": true, "allowedFlags": ["-r"], "blockedPatterns": ["^/"]},
                         "ls": {"allowed": false, "reason": "no", "severity": "low"}}
                        """);

        assertThat(rules).containsOnlyKeys("rm", "ls");
        assertThat(rules.get("rm").allowed()).isTrue();
        assertThat(rules.get("rm").allowedFlags())
                .hasValueSatisfying(f -> assertThat(f).containsOnly("-r"));
        assertThat(rules.get("rm").blockedPatterns().getFirst().pattern()).isEqualTo("^/");
        assertThat(rules.get("ls").allowed()).isFalse();
        assertThat(rules.get("ls").reason()).isEqualTo("no");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    {                                  | not JSON
                    []                                 | not JSON
                    {"rm": true}                       | no object
                    {"rm": {"allowed": "yes"}}         | no boolean
                    {"rm": {"allow": true}}            | unknown field 'allow'
                    {"rm": {"allowedFlags": "-r"}}     | no list
                    {"rm": {"allowedFlags": [1]}}      | no text
                    {"rm": {"blockedPatterns": ["("]}} | no regular expression
                    """)
    void saysWhatIsWrong(String text, String problem) {
        assertThatThrownBy(() -> CommandRulesJson.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }
}
