package io.lynkr.provider;

import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.resilience.RetryAfter;
import io.lynkr.resilience.RetryBudget;
import io.lynkr.resilience.Sleeper;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Asks again if an answer failed for a passing reason before it had begun. A stream that breaks off
 * later is never asked for again: the client would see two beginnings.
 */
record RetryingProvider(
        Provider inner,
        RetrySettings settings,
        RetryBudget budget,
        GuardListener listener,
        Clock clock,
        Sleeper sleeper,
        DoubleSupplier random)
        implements Layer {
    /** A longer silence is better spent in the client, which knows why it waits. */
    private static final Duration LONGEST_THROTTLE = Duration.ofSeconds(5);

    /** No try begins later than this after the first: clients give up after 300 s of silence. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What a backend names that means "not today", or is a mistake: it says nothing about now. */
    private static final Duration ABSURD = Duration.ofDays(1);

    private static final Duration COME_BACK = Duration.ofSeconds(3);

    @Override
    public Reply send(ProviderCall call) throws ProviderException, InterruptedException {
        var leftAtStart = call.deadline().remaining();
        budget.firstTry();
        int retry = 1;
        while (true) {
            try {
                return inner.send(call);
            } catch (ProviderException failure) {
                var passed = leftAtStart.minus(call.deadline().remaining());
                var delay = delayBefore(retry, failure, call, passed);
                if (delay.isEmpty()) {
                    throw told(failure, retry - 1);
                }
                listener.retrying(name(), call, failure, retry, delay.get());
                sleeper.sleep(delay.get());
                retry++;
            }
        }
    }

    /** How long to wait before asking again; empty if that makes no sense, or may not be. */
    private Optional<Duration> delayBefore(
            int retry, ProviderException failure, ProviderCall call, Duration passed) {
        var verdict = Verdict.on(failure);
        if (retry > mostRetries(verdict)) {
            return Optional.empty();
        }
        var asked = retryAfter(failure);
        if (asked.compareTo(mostToWait(failure)) > 0) {
            return Optional.empty();
        }
        var delay = asked.plus(backoff(retry, verdict));
        boolean inTime =
                passed.plus(delay).compareTo(PATIENCE) < 0
                        && delay.compareTo(call.deadline().remaining()) < 0;
        // What the cool-down refused never reached the backend, so it may be asked for again free.
        boolean paid = failure.what() == Cause.COOLING_DOWN || (inTime && budget.tryRetry());
        return inTime && paid ? Optional.of(delay) : Optional.empty();
    }

    private int mostRetries(Verdict verdict) {
        return Math.min(verdict.retries(), settings.policy().maxRetries());
    }

    private Duration backoff(int retry, Verdict verdict) {
        return verdict.atOnce() && retry == 1
                ? Duration.ZERO
                : settings.policy().delayBefore(retry, random);
    }

    private Duration retryAfter(ProviderException failure) {
        return failure.headers()
                .first(BackOff.RETRY_AFTER)
                .flatMap(text -> RetryAfter.parse(text, clock.instant()))
                .filter(asked -> isThrottled(failure) || asked.compareTo(ABSURD) < 0)
                .orElse(Duration.ZERO);
    }

    private Duration mostToWait(ProviderException failure) {
        return isThrottled(failure) ? LONGEST_THROTTLE : settings.policy().maxDelay();
    }

    private static boolean isThrottled(ProviderException failure) {
        return failure.error().status() == 429;
    }

    /** The failure as the client should hear of it: when to come back, or that there is no use. */
    private ProviderException told(ProviderException failure, int retriesMade) {
        var headers = failure.headers();
        switch (failure.error().status()) {
            case 429, 503, 529 -> {
                if (!headers.has(BackOff.RETRY_AFTER)) {
                    return failure.with(BackOff.after(COME_BACK, random));
                }
            }
            default -> {
                int most = mostRetries(Verdict.on(failure));
                boolean inVain = most > 0 && retriesMade >= most;
                if (inVain && settings.stopsClient() && !headers.has("x-should-retry")) {
                    return failure.with(BackOff.NO_RETRY);
                }
            }
        }
        return failure;
    }
}
