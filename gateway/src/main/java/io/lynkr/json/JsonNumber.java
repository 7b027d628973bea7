package io.lynkr.json;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * A number in the spelling it came in: {@code 1.0} stays {@code 1.0}, and 30 digits stay 30 digits.
 *
 * @param text the number as JSON writes it
 */
public record JsonNumber(String text) implements JsonValue {

    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    public static JsonNumber of(BigDecimal value) {
        return new JsonNumber(value.toString());
    }

    /** The exact value. */
    public BigDecimal value() {
        return new BigDecimal(text);
    }

    /** The value, if it is a whole number that a {@code long} can hold ({@code 2.0} is). */
    public OptionalLong asLong() {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException notPlain) {
            return fromDecimal();
        }
    }

    private OptionalLong fromDecimal() {
        var exact = value();
        // A huge exponent would make BigDecimal spell out as many digits.
        if (Math.abs((long) exact.precision() - exact.scale()) > 20) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(exact.longValueExact());
        } catch (ArithmeticException notWhole) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void writeTo(JsonOutput out) {
        out.ascii(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonNumber that
                && (text.equals(that.text) || value().compareTo(that.value()) == 0);
    }

    @Override
    public int hashCode() {
        return value().stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
