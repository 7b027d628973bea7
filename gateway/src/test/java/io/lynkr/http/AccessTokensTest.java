package io.lynkr.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokensTest {

    @Test
    void tellsWhoseTokenItIs() {
        var tokens = AccessTokens.parse("ann:one, bob.b@example:two:with:colons;");

        assertThat(tokens.isEmpty()).isFalse();
        assertThat(tokens.nameOf("one")).contains("ann");
        assertThat(tokens.nameOf("two:with:colons")).contains("bob.b@example");
        assertThat(tokens.nameOf("three")).isEmpty();
        assertThat(tokens.nameOf("")).isEmpty();
        assertThat(tokens.nameOf("on")).isEmpty();
    }

    @Test
    void letsNobodyInByDefault() {
        assertThat(AccessTokens.NONE.isEmpty()).isTrue();
        assertThat(AccessTokens.NONE.nameOf("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hunter2 | item 1 is not name:token",
                ":hunter2 | item 1 is not name:token",
                "ann: | item 1 is not name:token",
                "a b:hunter2 | item 1 is not name:token",
                "ann:one,,hunter2 | item 2 is not name:token",
                "ann:hunter2,ann:two | item 2 has the name 'ann' again",
            })
    void refusesWithoutShowingTheToken(String text, String message) {
        assertThatThrownBy(() -> AccessTokens.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void printsNamesOnly() {
        assertThat(AccessTokens.parse("ann:one,bob:two")).hasToString("[ann, bob]");
    }
}
