package io.lynkr.benchmarks;

import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.GuardListener;
import io.lynkr.provider.Guards;
import io.lynkr.provider.LimitSettings;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Reply;
import io.lynkr.provider.RetrySettings;
import io.lynkr.resilience.AdaptiveLimit;
import io.lynkr.resilience.BreakerPolicy;
import io.lynkr.resilience.CircuitBreaker;
import io.lynkr.resilience.CircuitBreaker.Permit;
import io.lynkr.resilience.Deadline;
import io.lynkr.resilience.RetryPolicy;
import io.lynkr.resilience.Sleeper;
import io.lynkr.resilience.WaitingRoom;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What the guards around a provider cost a call that goes well, and one that is refused. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GuardsBenchmark {
    private static final BreakerPolicy POLICY = new BreakerPolicy(5, 2, Duration.ofSeconds(60));
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final CircuitBreaker closed = breaker();
    private final CircuitBreaker open = breaker();
    private final WaitingRoom room =
            new WaitingRoom(
                    new AdaptiveLimit(50, System::nanoTime), 100, System::nanoTime, Sleeper.REAL);
    private final Provider bare = new AnsweringProvider("claude-x", new byte[0]);
    private final Guards guards =
            new Guards(
                    new RetrySettings(
                            new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                            true),
                    POLICY,
                    new LimitSettings(50, 100, PATIENCE),
                    _ -> "",
                    GuardListener.NONE,
                    Guards.Time.real());
    private final Provider guarded = guards.around(bare);
    private final ProviderCall call = call("claude-x");
    private final ProviderCall refused = call("broken");

    public GuardsBenchmark() {
        open.forceOpen();
        guards.openCircuit("answering", "broken");
    }

    private static CircuitBreaker breaker() {
        return new CircuitBreaker(POLICY, System::nanoTime, Clock.systemUTC(), (_, _) -> {});
    }

    private static ProviderCall call(String model) {
        var body =
                "{\"model\":\"%s\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                        .formatted(model);
        return new ProviderCall(
                MessagesRequest.parse(body.getBytes(StandardCharsets.UTF_8)),
                Headers.NONE,
                Deadline.after(Duration.ofDays(1)),
                "req_1");
    }

    @Benchmark
    public void closedBreaker() {
        if (closed.tryCall() instanceof Permit permit) {
            permit.succeeded();
        }
    }

    @Benchmark
    public CircuitBreaker.Admission openBreaker() {
        return open.tryCall();
    }

    @Benchmark
    public void placeAtTheBackend() throws InterruptedException {
        room.enter("me", PATIENCE).orElseThrow().close();
    }

    @Benchmark
    public Reply bareCall() throws ProviderException, InterruptedException {
        return bare.send(call);
    }

    @Benchmark
    public Reply guardedCall() throws ProviderException, InterruptedException {
        return guarded.send(call);
    }

    @Benchmark
    public ProviderException refusedCall() throws InterruptedException {
        try {
            guarded.send(refused);
        } catch (ProviderException circuitOpen) {
            return circuitOpen;
        }
        throw new IllegalStateException("the call was answered");
    }
}
