package io.lynkr.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.message.ApiError;

import java.util.List;
import java.util.Locale;

/**
 * What a failure means: the table of {@code docs/resilience.md}, row by row.
 *
 * @param retries how often asking again makes sense at most, if nothing has been sent on yet
 * @param atOnce whether the first retry need not wait
 * @param counts whether it speaks against the backend, so that the circuit breaker counts it
 * @param overload whether the backend bears fewer calls at once than it was given
 */
record Verdict(int retries, boolean atOnce, boolean counts, boolean overload) {
    private static final List<String> EMPTY_PURSE =
            List.of(
                    "billing",
                    "insufficient_quota",
                    "credit balance",
                    "spend limit",
                    "spend_limit");

    private static final int AS_SET = Integer.MAX_VALUE;

    private static final Verdict NEUTRAL = new Verdict(0, false, false, false);
    private static final Verdict ONCE = NEUTRAL.retried(1);
    private static final Verdict RETRIED = NEUTRAL.retried(AS_SET);

    static Verdict on(ProviderException failure) {
        return switch (failure.what()) {
            case UNREACHABLE -> RETRIED.counted();
            case UNTRUSTED, UNUSABLE -> NEUTRAL.counted();
            // A kept connection may have been closed the moment it was used: a new one will do.
            case RESET -> RETRIED.counted().withoutWaiting();
            // The backend may still be at work on it, and bill it.
            case TIMEOUT -> NEUTRAL.counted().overloaded();
            case STATUS -> onStatus(failure);
            case GARBLED -> ONCE.counted();
            case CUT -> isCancelled(failure.error()) ? NEUTRAL : ONCE.counted();
            case COOLING_DOWN -> RETRIED;
            case CREDENTIALS, UNSUPPORTED, CIRCUIT_OPEN, NO_PLACE -> NEUTRAL;
        };
    }

    private static Verdict onStatus(ProviderException failure) {
        var verdict = onStatus(failure.error());
        boolean wantsNoRetry =
                failure.headers().first("x-should-retry").filter("false"::equals).isPresent();
        return wantsNoRetry || isSpent(failure) ? verdict.retried(0) : verdict;
    }

    private static Verdict onStatus(ApiError error) {
        return switch (error.status()) {
            case 408, 409 -> ONCE;
            case 429 -> RETRIED.overloaded();
            case 529 -> RETRIED.counted().overloaded();
            default -> error.status() >= 500 ? RETRIED.counted() : NEUTRAL;
        };
    }

    /** What an {@code error} event in the middle of a stream means. */
    static Verdict inStream(ApiError error) {
        return onStatus(error).retried(0);
    }

    /** An empty purse is not filled by waiting a few seconds. */
    private static boolean isSpent(ProviderException failure) {
        var said = failure.body().map(body -> new String(body, UTF_8)).orElse("");
        var text = (failure.error().message() + said).toLowerCase(Locale.ROOT);
        return failure.error().status() == 429 && EMPTY_PURSE.stream().anyMatch(text::contains);
    }

    private static boolean isCancelled(ApiError error) {
        return error.status() == Failures.CLIENT_LEFT;
    }

    private Verdict retried(int times) {
        return new Verdict(times, atOnce, counts, overload);
    }

    private Verdict withoutWaiting() {
        return new Verdict(retries, true, counts, overload);
    }

    private Verdict counted() {
        return new Verdict(retries, atOnce, true, overload);
    }

    private Verdict overloaded() {
        return new Verdict(retries, atOnce, counts, true);
    }
}
