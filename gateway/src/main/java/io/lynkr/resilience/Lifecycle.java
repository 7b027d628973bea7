package io.lynkr.resilience;

import java.util.concurrent.CompletableFuture;

/**
 * Where a gateway is between its start and its end. Safe for many threads.
 *
 * <pre>
 *   Starting ── ready ──► Ready ── drain ──► Draining ── refuseWork ──► Draining ── stop ──► Stopped
 *      │                                    (takes work)               (refuses it)
 *      └──────────── drain ──────────────────────▲
 * </pre>
 *
 * <p>Each transition happens once; asked for at any other time, it does nothing.
 */
public final class Lifecycle {
    private final CompletableFuture<Void> hurried = new CompletableFuture<>();

    // Guarded by this.
    private State state = new State.Starting();

    /** What a gateway is at a moment. */
    public sealed interface State {

        /** Not ready yet. */
        record Starting() implements State {}

        /** Serves. */
        record Ready() implements State {}

        /**
         * Wants no more traffic.
         *
         * @param takesWork whether requests that still come are served
         */
        record Draining(boolean takesWork) implements State {}

        /** Serves nobody. */
        record Stopped() implements State {}
    }

    public synchronized State state() {
        return state;
    }

    /** Whether balancers should send traffic here. */
    public boolean isReady() {
        return state() instanceof State.Ready;
    }

    /** Whether a request that came in is served. */
    public boolean takesWork() {
        return switch (state()) {
            case State.Starting(), State.Ready() -> true;
            case State.Draining(var takesWork) -> takesWork;
            case State.Stopped() -> false;
        };
    }

    /** Whether somebody has asked it to end. */
    public boolean isEnding() {
        return switch (state()) {
            case State.Starting(), State.Ready() -> false;
            case State.Draining _, State.Stopped() -> true;
        };
    }

    public synchronized void ready() {
        if (state instanceof State.Starting) {
            state = new State.Ready();
        }
    }

    /**
     * Asks to end. The first time begins the draining; asking again means that there is no time for
     * it.
     *
     * @return whether this was the first time
     */
    public synchronized boolean drain() {
        return switch (state) {
            case State.Starting(), State.Ready() -> {
                state = new State.Draining(true);
                yield true;
            }
            case State.Draining _, State.Stopped() -> {
                hurried.complete(null);
                yield false;
            }
        };
    }

    synchronized void refuseWork() {
        if (state instanceof State.Draining) {
            state = new State.Draining(false);
        }
    }

    synchronized void stop() {
        state = new State.Stopped();
    }

    /** Completes when somebody asked twice. */
    CompletableFuture<Void> hurried() {
        return hurried;
    }
}
