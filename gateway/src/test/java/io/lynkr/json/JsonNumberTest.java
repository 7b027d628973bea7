package io.lynkr.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "2.0, 2",
        "12e2, 1200",
        "0e999, 0",
        "1200e-2, 12",
        "9223372036854775807, 9223372036854775807"
    })
    void readsWholeNumbersInAnySpelling(String text, long value) {
        assertThat(new JsonNumber(text).asLong()).hasValue(value);
    }

    /** Java's own decimal numbers end at an exponent of ten digits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.5",
                "9223372036854775808",
                "1e400",
                "1e999999999",
                "1e2147483648",
                "1e99999999999",
                "-1e-99999999999",
                "0e99999999999"
            })
    void isNoWholeNumberAndNoFaultEither(String text) {
        var number = new JsonNumber(text);

        assertThat(number.asLong()).isEmpty();
        assertThat(number).isEqualTo(new JsonNumber(text)).hasSameHashCodeAs(new JsonNumber(text));
        assertThat(number).isNotEqualTo(new JsonNumber("17")).hasToString(text);
        assertThat(number.isNegative()).isEqualTo(text.startsWith("-"));
    }
}
