package io.lynkr.provider;

import io.lynkr.resilience.AdaptiveLimit;
import io.lynkr.resilience.BreakerPolicy;
import io.lynkr.resilience.CircuitBreaker;
import io.lynkr.resilience.Cooldown;
import io.lynkr.resilience.RetryBudget;
import io.lynkr.resilience.Sleeper;
import io.lynkr.resilience.WaitingRoom;

import java.time.Clock;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Stands between the agent and providers that fail: the one place that knows which guard is where.
 */
public final class Guards {
    private final RetrySettings retries;
    private final BreakerPolicy breaking;
    private final LimitSettings limits;
    private final Function<ProviderCall, String> ownerOf;
    private final GuardListener listener;
    private final Time time;
    private final Map<String, PerModel<CircuitBreaker>> breakers = new ConcurrentHashMap<>();
    private final Map<String, WaitingRoom> rooms = new ConcurrentHashMap<>();
    private final Map<String, PerModel<Cooldown>> cooldowns = new ConcurrentHashMap<>();

    /**
     * Where time and chance come from.
     *
     * @param nanoTime the monotonic clock
     * @param clock the wall clock
     * @param random gives numbers from 0 to 1
     */
    public record Time(LongSupplier nanoTime, Clock clock, Sleeper sleeper, DoubleSupplier random) {

        public static Time real() {
            return new Time(
                    System::nanoTime,
                    Clock.systemUTC(),
                    Sleeper.REAL,
                    () -> ThreadLocalRandom.current().nextDouble());
        }
    }

    /**
     * @param ownerOf on whose behalf a call is made, as for fair shares
     */
    public Guards(
            RetrySettings retries,
            BreakerPolicy breaking,
            LimitSettings limits,
            Function<ProviderCall, String> ownerOf,
            GuardListener listener,
            Time time) {
        this.retries = retries;
        this.breaking = breaking;
        this.limits = limits;
        this.ownerOf = ownerOf;
        this.listener = listener;
        this.time = time;
    }

    /** The provider with all guards around it. What counts attempts belongs inside. */
    public Provider around(Provider provider) {
        return around(provider, retries);
    }

    /** The same for one that others can stand in for: it is asked again once at most. */
    public Provider hastilyAround(Provider provider) {
        return around(provider, retries.once());
    }

    private Provider around(Provider provider, RetrySettings retrying) {
        // Innermost: a place is held by one attempt, not while a retry waits for its time.
        var limited =
                new LimitedProvider(
                        provider,
                        roomOf(provider.name()),
                        limits.queueTimeout(),
                        ownerOf,
                        time.random());
        // Around the limit: nobody waits for a place at a backend that is down, and a full room is
        // our own trouble, which must not open the circuit.
        var breaking = new BreakingProvider(limited, breakersOf(provider.name()), time.random());
        // Around the breaker: a call that the cool-down refuses must not be its one probe.
        var cooling =
                new CoolingProvider(
                        breaking,
                        cooldowns.computeIfAbsent(
                                provider.name(),
                                _ -> new PerModel<>(_ -> new Cooldown(time.nanoTime()))),
                        time.clock(),
                        time.random());
        // Outermost: every try asks all the others again.
        return new RetryingProvider(
                cooling,
                retrying,
                new RetryBudget(time.nanoTime()),
                listener,
                time.clock(),
                time.sleeper(),
                time.random());
    }

    private WaitingRoom roomOf(String provider) {
        return rooms.computeIfAbsent(
                provider,
                _ ->
                        new WaitingRoom(
                                new AdaptiveLimit(limits.most(), time.nanoTime()),
                                limits.queueSize(),
                                time.nanoTime(),
                                time.sleeper()));
    }

    private PerModel<CircuitBreaker> breakersOf(String provider) {
        return breakers.computeIfAbsent(
                provider, _ -> new PerModel<>(model -> newBreaker(provider, model)));
    }

    private CircuitBreaker newBreaker(String provider, String model) {
        return new CircuitBreaker(
                breaking,
                time.nanoTime(),
                time.clock(),
                (before, after) -> listener.circuitChanged(provider, model, before, after));
    }

    /** The state of all circuits, by provider; a provider that was never asked has one, too. */
    public SortedMap<String, Circuits> circuits() {
        var all = new TreeMap<String, Circuits>();
        breakers.forEach((provider, models) -> all.put(provider, Circuits.of(models.all())));
        return all;
    }

    /** How full each provider is. */
    public SortedMap<String, WaitingRoom.State> limits() {
        var all = new TreeMap<String, WaitingRoom.State>();
        rooms.forEach((provider, room) -> all.put(provider, room.state()));
        return all;
    }

    /** Refuses all calls for this model until {@link #closeCircuit}; for operators. */
    public void openCircuit(String provider, String model) {
        breakersOf(provider).of(model).forceOpen();
    }

    /** Lets calls for this model through again, whatever happened before; for operators. */
    public void closeCircuit(String provider, String model) {
        breakersOf(provider).of(model).reset();
    }
}
