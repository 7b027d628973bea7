package io.lynkr.resilience;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a backend says in {@code Retry-After}: seconds, or a date. */
public final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    private static final double MILLIS = 1_000;

    private RetryAfter() {}

    /** The time to wait from now; empty if the text says nothing of the kind, or a past date. */
    public static Optional<Duration> parse(String text, Instant now) {
        var trimmed = text.strip();
        return SECONDS.matcher(trimmed).matches()
                ? Optional.of(Duration.ofMillis((long) (Double.parseDouble(trimmed) * MILLIS)))
                : untilDate(trimmed, now);
    }

    private static Optional<Duration> untilDate(String text, Instant now) {
        try {
            var date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            return Optional.of(Duration.between(now, date)).filter(Duration::isPositive);
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
