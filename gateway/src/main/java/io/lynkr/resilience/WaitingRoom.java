package io.lynkr.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Lets as many in as the limit says; a few more may wait for a short time. Who came first goes
 * first, but when many wait the newest does, since the oldest are about to give up. Safe for many
 * threads.
 */
public final class WaitingRoom {
    private final AdaptiveLimit limit;
    private final int chairs;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;

    // Guarded by this.
    private final FairShares shares = new FairShares();
    private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
    private int held;

    /**
     * What is going on in the room.
     *
     * @param limit how many may be in
     * @param held how many are in
     * @param waiting how many would like to be
     */
    public record State(int limit, int held, int waiting) {}

    private static final class Waiter {
        private final String owner;
        private final CompletableFuture<Boolean> called = new CompletableFuture<>();

        Waiter(String owner) {
            this.owner = owner;
        }

        String owner() {
            return owner;
        }

        boolean mayGoIn() {
            return called.getNow(false);
        }
    }

    /**
     * @param limit belongs to this room from now on
     * @param chairs how many may wait
     */
    public WaitingRoom(AdaptiveLimit limit, int chairs, LongSupplier nanoTime, Sleeper sleeper) {
        this.limit = limit;
        this.chairs = chairs;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
    }

    /**
     * A place, perhaps after some waiting; empty if there is none to be had.
     *
     * @param owner who asks; places are shared fairly between owners
     */
    public Optional<Place> enter(String owner, Duration patience) throws InterruptedException {
        Waiter waiter;
        synchronized (this) {
            callIn();
            if (waiting.isEmpty() && held < limit.current()) {
                return Optional.of(take(owner));
            }
            if (waiting.size() >= chairs && !sendAwayOneFor(owner)) {
                return Optional.empty();
            }
            waiter = new Waiter(owner);
            waiting.addLast(waiter);
        }
        try {
            sleeper.await(waiter.called, patience);
        } catch (InterruptedException clientLeft) {
            leave(waiter).ifPresent(Place::close);
            throw clientLeft;
        }
        return leave(waiter);
    }

    public synchronized State state() {
        return new State(limit.current(), held, waiting.size());
    }

    /** The place that the waiter was called to, if it was. */
    private synchronized Optional<Place> leave(Waiter waiter) {
        waiting.remove(waiter);
        return waiter.mayGoIn()
                ? Optional.of(new Place(waiter.owner, nanoTime.getAsLong()))
                : Optional.empty();
    }

    private Place take(String owner) {
        held++;
        shares.take(owner);
        return new Place(owner, nanoTime.getAsLong());
    }

    /** Gives free places to those who wait. */
    private void callIn() {
        int places = limit.current();
        while (held < places && !waiting.isEmpty()) {
            var order = waiting.size() > chairs / 2 ? waiting.reversed() : waiting;
            var next = shares.next(order, Waiter::owner, places).orElseThrow();
            waiting.remove(next);
            held++;
            shares.take(next.owner);
            next.called.complete(true);
        }
    }

    /** No chair is free: whoever has most of them, and more than this owner, must give one up. */
    private boolean sendAwayOneFor(String owner) {
        var chairsOf = new HashMap<String, Integer>();
        waiting.forEach(waiter -> chairsOf.merge(waiter.owner, 1, Integer::sum));
        var most = chairsOf.entrySet().stream().max(Map.Entry.comparingByValue());
        if (most.isEmpty() || most.get().getValue() <= chairsOf.getOrDefault(owner, 0) + 1) {
            return false;
        }
        for (var waiter : waiting.reversed()) {
            if (waiter.owner.equals(most.get().getKey())) {
                waiting.remove(waiter);
                waiter.called.complete(false);
                return true;
            }
        }
        return false;
    }

    /** One call's right to be under way, until it is closed. */
    public final class Place implements AutoCloseable {
        private final String owner;
        private final long since;

        // Guarded by the room.
        private boolean left;

        private Place(String owner, long since) {
            this.owner = owner;
            this.since = since;
        }

        /** The backend refused this call, or did not answer in time: it bears fewer. */
        public void refused() {
            synchronized (WaitingRoom.this) {
                limit.refused(since, held);
            }
        }

        @Override
        public void close() {
            synchronized (WaitingRoom.this) {
                if (!left) {
                    left = true;
                    held--;
                    shares.giveBack(owner);
                    callIn();
                }
            }
        }
    }
}
