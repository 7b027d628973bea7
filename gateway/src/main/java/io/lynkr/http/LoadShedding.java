package io.lynkr.http;

import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.resilience.GracefulShutdown;
import io.lynkr.resilience.Lifecycle;
import io.lynkr.resilience.MemoryPressure.Reading;
import io.lynkr.resilience.MemoryPressure.Step;

import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Refuses work at the door when there is enough inside: by the requests that are being answered, by
 * the bytes of their bodies, by memory that the collector could not free. What only looks (health,
 * metrics, lists) always comes in, and a gateway with nothing to do refuses nobody.
 */
public final class LoadShedding implements GracefulShutdown.Work {
    private static final long LARGE_BODY = 1L << 20;
    private static final int SOONEST_SECONDS = 2;
    private static final int SPREAD_SECONDS = 4;

    /** A twentieth of what runs, and never less than one. */
    private static final int CUT_PART = 20;

    private static final int PART_OF_HEAP = 4;

    private final SheddingSettings settings;
    private final long mostBytes;
    private final InFlight inFlight;
    private final Lifecycle lifecycle;
    private final Supplier<Reading> memory;
    private final DoubleSupplier random;
    private final SheddingListener listener;

    private volatile Step step = Step.CALM;
    private volatile Reading reading = Reading.UNKNOWN;

    /** Goes by this process's own memory. */
    public static LoadShedding real(
            SheddingSettings settings, Lifecycle lifecycle, SheddingListener listener) {
        return new LoadShedding(
                settings,
                Runtime.getRuntime().maxMemory() / PART_OF_HEAP,
                new InFlight(),
                lifecycle,
                MemoryReadings.real(),
                () -> ThreadLocalRandom.current().nextDouble(),
                listener);
    }

    /**
     * @param mostBytes how much the bodies of all requests may take together
     * @param memory how full the memory is now
     * @param random gives numbers from 0 to 1
     */
    LoadShedding(
            SheddingSettings settings,
            long mostBytes,
            InFlight inFlight,
            Lifecycle lifecycle,
            Supplier<Reading> memory,
            DoubleSupplier random,
            SheddingListener listener) {
        this.settings = settings;
        this.mostBytes = mostBytes;
        this.inFlight = inFlight;
        this.lifecycle = lifecycle;
        this.memory = memory;
        this.random = random;
        this.listener = listener;
    }

    /**
     * Lets a request in, on its head alone; it must be closed when it is answered.
     *
     * @throws ApiException 503 if there is enough to do
     */
    InFlight.Entry admit(RequestHead head) {
        long length = head.headers().first("content-length").map(Long::parseLong).orElse(0L);
        if (head.method().equals("POST")) {
            check(length);
        }
        var entry = inFlight.enter();
        entry.grownTo(length);
        return entry;
    }

    /** Whether the gateway is about to end, so that clients should not keep their connection. */
    boolean isEnding() {
        return lifecycle.isEnding();
    }

    private void check(long length) {
        if (!lifecycle.takesWork()) {
            throw shed("shutdown", "this gateway is shutting down");
        }
        int others = inFlight.count();
        if (others == 0) {
            return;
        }
        if (others >= settings.mostRequests()) {
            throw shed("requests", "the gateway is answering as many requests as it may");
        }
        if (inFlight.bytes() + length > mostBytes) {
            throw shed("bytes", "the gateway holds as many bytes of requests as it may");
        }
        switch (step) {
            case CALM, DROP_CACHES -> {}
            case REFUSE_LARGE -> {
                if (length > LARGE_BODY) {
                    throw shed("memory", "the gateway is short of memory for large requests");
                }
            }
            case REFUSE_NEW, CUT_YOUNGEST -> throw shed("memory", "the gateway is short of memory");
        }
    }

    /**
     * More of a body has come than its head may have said.
     *
     * @throws ApiException 503 if that is too much now
     */
    void grown(InFlight.Entry entry, long length) {
        entry.grownTo(length);
        if (inFlight.bytes() > mostBytes && inFlight.count() > 1) {
            throw shed("bytes", "the gateway holds as many bytes of requests as it may");
        }
    }

    private ApiException shed(String reason, String message) {
        listener.shed(reason);
        int seconds = SOONEST_SECONDS + (int) (random.getAsDouble() * SPREAD_SECONDS);
        return new ApiException(
                ApiError.overloaded(503, message + "; try again in a few seconds"),
                Headers.of("retry-after", Integer.toString(seconds)));
    }

    /** Looks at the memory, and acts on what it sees. To be called a few times a second. */
    void look() {
        reading = memory.get();
        var now = settings.memory().of(reading);
        var before = step;
        step = now;
        if (now != Step.CALM && before == Step.CALM) {
            listener.dropCaches();
        }
        if (now == Step.CUT_YOUNGEST) {
            // The last one is left alone, as who comes in alone is let in.
            int running = inFlight.count();
            inFlight.cutYoungest(
                    Math.min(running - 1, Math.max(1, running / CUT_PART)),
                    ApiError.overloaded(503, "the gateway ran short of memory; try again"));
        }
    }

    @Override
    public CompletableFuture<?> idle() {
        return inFlight.idle();
    }

    @Override
    public void cut() {
        inFlight.cutAll(
                ApiError.overloaded(503, "the gateway had to shut down in the middle; try again"));
    }

    /** The share of the container's memory that was in use at the last look. */
    OptionalDouble containerUsed() {
        return reading.container();
    }

    /** How short memory is. */
    Step step() {
        return step;
    }
}
