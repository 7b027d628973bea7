package io.lynkr.provider;

import io.lynkr.observability.Metrics;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts every call to a backend, each attempt by itself, when it is over. */
public record MeteredProvider(Provider inner, Metrics metrics, LongSupplier nanoTime)
        implements Layer {
    private static final String ANSWERED = "answered";

    @Override
    public Reply send(ProviderCall call) throws ProviderException, InterruptedException {
        return ReportedCall.send(inner, call, new Attempt(call.request().model()));
    }

    private final class Attempt implements CallReport {
        private final String model;
        private final long start = nanoTime.getAsLong();

        Attempt(String model) {
            this.model = model;
        }

        @Override
        public void answered() {}

        @Override
        public void succeeded() {
            over(ANSWERED);
        }

        @Override
        public void failed(Verdict verdict, String what) {
            over(what);
        }

        @Override
        public void abandoned() {
            over(ProviderException.CANCELLED);
        }

        private void over(String result) {
            var took = Duration.ofNanos(nanoTime.getAsLong() - start);
            metrics.upstreamCall(name(), model, result, took);
        }
    }
}
