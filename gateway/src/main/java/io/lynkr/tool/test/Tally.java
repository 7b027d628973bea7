package io.lynkr.tool.test;

import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many of some things were covered. */
record Tally(int total, int covered) {
    static final Tally NONE = new Tally(0, 0);

    Tally plus(Tally other) {
        return new Tally(total + other.total, covered + other.covered);
    }

    boolean isNone() {
        return total == 0;
    }

    /** In percent, with two digits; nothing to cover is all covered. */
    BigDecimal percent() {
        return total == 0
                ? BigDecimal.valueOf(100)
                : BigDecimal.valueOf(covered)
                        .multiply(BigDecimal.valueOf(100))
                        .divide(BigDecimal.valueOf(total), 2, RoundingMode.HALF_UP);
    }

    /** {@code {total, covered, pct}}. */
    JsonObject json() {
        return JsonObject.EMPTY
                .with("total", total)
                .with("covered", covered)
                .with("pct", JsonNumber.of(percent()));
    }
}
