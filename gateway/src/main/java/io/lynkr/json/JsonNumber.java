package io.lynkr.json;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A number in the spelling it came in: {@code 1.0} stays {@code 1.0}, and 30 digits stay 30 digits.
 *
 * @param text the number as JSON writes it
 */
public record JsonNumber(String text) implements JsonValue {
    /** Far more digits than anything that is counted or measured. */
    private static final int MAX_MAGNITUDE = 10_000;

    private static final Pattern NEGATIVE = Pattern.compile("-[0.]*[1-9]");

    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    public static JsonNumber of(BigDecimal value) {
        return new JsonNumber(value.toString());
    }

    /**
     * The exact value; empty for a size with which no sum should be done, as {@link BigDecimal}
     * would write out all its zeros, or cannot hold it at all.
     */
    public Optional<BigDecimal> value() {
        try {
            var exact = new BigDecimal(text);
            boolean sane = Math.abs((long) exact.precision() - exact.scale()) <= MAX_MAGNITUDE;
            return sane ? Optional.of(exact) : Optional.empty();
        } catch (NumberFormatException exponentTooLarge) {
            return Optional.empty();
        }
    }

    /** Whether it is below zero, whatever its size; {@code -0} is not. */
    public boolean isNegative() {
        return NEGATIVE.matcher(text).lookingAt();
    }

    /** The value, if it is a whole number that a {@code long} can hold ({@code 2.0} is). */
    public OptionalLong asLong() {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException notPlain) {
            return value().map(JsonNumber::whole).orElse(OptionalLong.empty());
        }
    }

    private static OptionalLong whole(BigDecimal exact) {
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
                && (text.equals(that.text) || isSame(value(), that.value()));
    }

    @Override
    public int hashCode() {
        return value().map(exact -> exact.stripTrailingZeros().hashCode()).orElse(text.hashCode());
    }

    private static boolean isSame(Optional<BigDecimal> one, Optional<BigDecimal> other) {
        return one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) == 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
