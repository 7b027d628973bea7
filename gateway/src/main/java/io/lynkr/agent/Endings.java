package io.lynkr.agent;

import io.lynkr.message.ApiError;
import io.lynkr.observability.Outcome;
import io.lynkr.provider.ProviderException;

/** What a provider's failure means for the request: its one {@link Outcome}. */
final class Endings {
    private Endings() {}

    static Outcome of(ProviderException failure) {
        return switch (failure.what()) {
            case UNREACHABLE, UNTRUSTED -> Outcome.UPSTREAM_UNAVAILABLE;
            case RESET, GARBLED, UNUSABLE, CREDENTIALS -> Outcome.UPSTREAM_ERRORED;
            case TIMEOUT -> Outcome.UPSTREAM_TIMED_OUT;
            case STATUS -> ofStatus(failure.error().status());
            case CUT -> ofCut(failure.error().status());
            case UNSUPPORTED -> Outcome.CLIENT_ERROR;
            case CIRCUIT_OPEN -> Outcome.CIRCUIT_OPEN;
            case COOLING_DOWN -> Outcome.UPSTREAM_THROTTLED;
            case NO_PLACE -> Outcome.SHED;
        };
    }

    /** What an {@code error} event in the middle of an answer means. */
    static Outcome ofEvent(String errorType) {
        return ofStatus(ApiError.statusFor(errorType));
    }

    private static Outcome ofCut(int status) {
        return switch (status) {
            case 499 -> Outcome.CLIENT_CANCELLED;
            case 504 -> Outcome.UPSTREAM_TIMED_OUT;
            default -> Outcome.UPSTREAM_ERRORED;
        };
    }

    /** What the backend's own status means. */
    private static Outcome ofStatus(int status) {
        return switch (status) {
            case 402 ->
                    Outcome.UPSTREAM_ERRORED; // the gateway's account is empty, not the client's
            case 408, 504 -> Outcome.UPSTREAM_TIMED_OUT;
            case 429 -> Outcome.UPSTREAM_THROTTLED;
            case 503, 529 -> Outcome.UPSTREAM_UNAVAILABLE;
            default -> status < 500 ? Outcome.CLIENT_ERROR : Outcome.UPSTREAM_ERRORED;
        };
    }
}
