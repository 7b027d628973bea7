package io.lynkr.provider;

import io.lynkr.message.ApiError;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.resilience.CircuitBreaker;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;

/** Refuses calls at once while the circuit to their model is open. */
record BreakingProvider(Provider inner, PerModel<CircuitBreaker> breakers, DoubleSupplier random)
        implements Layer {
    private static final Duration SOON = Duration.ofSeconds(1);

    @Override
    public Reply send(ProviderCall call) throws ProviderException, InterruptedException {
        if (call.deadline().isOver()) {
            // What nobody has time to wait for would count as the backend's failure.
            throw new ProviderException(
                    Cause.TIMEOUT, ApiError.timeout("no time was left to ask " + name()));
        }
        return switch (breakers.of(call.request().model()).tryCall()) {
            case CircuitBreaker.Refused(var retryAfter) ->
                    throw open(call.request().model(), retryAfter);
            case CircuitBreaker.Permit permit ->
                    ReportedCall.send(inner, call, new Verdicts(permit));
        };
    }

    /** Counts what speaks for or against the backend, and nothing else. */
    private record Verdicts(CircuitBreaker.Permit permit) implements CallReport {

        @Override
        public void answered() {
            permit.answered();
        }

        @Override
        public void succeeded() {
            permit.succeeded();
        }

        @Override
        public void failed(Verdict verdict, String what) {
            if (verdict.counts()) {
                permit.failed();
            } else {
                permit.close();
            }
        }

        @Override
        public void abandoned() {
            permit.close();
        }
    }

    private ProviderException open(String model, Duration retryAfter) {
        var message =
                "the gateway does not ask %s for %s at the moment, since too many calls failed (circuit breaker open, CIRCUIT_BREAKER_TIMEOUT); it tries again by itself"
                        .formatted(name(), model);
        return new ProviderException(
                Cause.CIRCUIT_OPEN,
                ApiError.overloaded(503, message),
                BackOff.after(retryAfter, random),
                Optional.empty());
    }

    /** Without a vote, but while the circuit is open nobody should wait for a count either. */
    @Override
    public OptionalLong countTokens(ProviderCall call)
            throws ProviderException, InterruptedException {
        var model = call.request().model();
        if (!breakers.of(model).isClosed()) {
            throw open(model, SOON);
        }
        return inner.countTokens(call);
    }
}
