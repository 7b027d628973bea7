package io.lynkr.cli;

import io.lynkr.app.ProbeResult;
import io.lynkr.json.JsonObject;

import java.util.Locale;

/**
 * One line of the doctor's report.
 *
 * @param section what it is about
 * @param name what was looked at
 * @param detail what was found
 */
record Check(String section, String name, Mark mark, String detail) {

    /** How it looks. */
    enum Mark {
        GOOD("✓"),
        /** Works, but not as one would wish. */
        ODD("!"),
        BAD("✗"),
        NOT_TRIED("-");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }
    }

    static Check of(String section, ProbeResult result) {
        var mark =
                switch (result.outcome()) {
                    case PASS -> Mark.GOOD;
                    case FAIL -> result.isFatal() ? Mark.BAD : Mark.ODD;
                    case SKIPPED -> Mark.NOT_TRIED;
                };
        return new Check(section, result.name(), mark, result.detail());
    }

    boolean isBad() {
        return mark == Mark.BAD;
    }

    String line() {
        return "  " + mark.sign + " " + name + ": " + detail;
    }

    JsonObject toJson() {
        return JsonObject.of("section", section)
                .with("name", name)
                .with("result", mark.name().toLowerCase(Locale.ROOT))
                .with("detail", detail);
    }
}
