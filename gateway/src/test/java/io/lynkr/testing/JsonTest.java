package io.lynkr.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":[true,false,null],\"c\":{}}",
                "[1.0,-2e10,0,12345678901234567890]",
                "\"a\\\"b\\\\c\\nd\\u0001é世👋\"",
                "\"\\ud83d\""
            })
    void printsWhatItRead(String text) {
        assertThat(Json.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[1,]", "{\"a\"}", "01", "1 2", "\"a", "\"\\x\"", "nul", "\"\n\""})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void questionsChain() {
        var json = Json.parse("{\"a\":[{\"b\":\"x\"}],\"n\":3}");

        assertThat(json.get("a").at(0).text("b")).isEqualTo("x");
        assertThat(json.get("no").at(7).get("such").text("thing")).isEmpty();
        assertThat(json.number("n")).isEqualTo(3);
        assertThat(json.with("n", 4).without("a")).hasToString("{\"n\":4}");
    }
}
