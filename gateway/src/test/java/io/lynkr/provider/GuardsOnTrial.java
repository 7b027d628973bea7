package io.lynkr.provider;

import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.StreamEvent;
import io.lynkr.resilience.BreakerPolicy;
import io.lynkr.resilience.Circuit;
import io.lynkr.resilience.CircuitSnapshot;
import io.lynkr.resilience.Deadline;
import io.lynkr.resilience.RetryPolicy;
import io.lynkr.resilience.WaitingRoom;
import io.lynkr.testing.FakeProvider;
import io.lynkr.testing.VirtualTime;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A fake provider with the real guards around it, as set in the seed, in virtual time. */
final class GuardsOnTrial {
    final VirtualTime time = new VirtualTime();
    final FakeProvider upstream = new FakeProvider();
    final List<String> heard = new ArrayList<>();
    final Guards guards;
    final Provider provider;

    GuardsOnTrial() {
        this(3, 50);
    }

    GuardsOnTrial(int maxRetries, int maxSockets) {
        guards =
                new Guards(
                        new RetrySettings(
                                new RetryPolicy(
                                        maxRetries, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                                true),
                        new BreakerPolicy(5, 2, Duration.ofSeconds(60)),
                        new LimitSettings(maxSockets, 100, Duration.ofSeconds(2)),
                        _ -> "me",
                        listener(),
                        new Guards.Time(time.nanoTime(), time.clock(), time, () -> 0.5));
        provider = guards.around(upstream);
    }

    private GuardListener listener() {
        return new GuardListener() {
            @Override
            public void retrying(
                    String name,
                    ProviderCall call,
                    ProviderException failure,
                    int retry,
                    Duration delay) {
                heard.add("retry " + retry + " after " + delay.toMillis() + " ms");
            }

            @Override
            public void circuitChanged(String name, String model, Circuit before, Circuit after) {
                heard.add(name + "/" + model + " " + before + " -> " + after);
            }
        };
    }

    ProviderCall call(String model, Duration within) {
        var body =
                "{\"model\":\"%s\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                        .formatted(model);
        return new ProviderCall(
                MessagesRequest.parse(body.getBytes(StandardCharsets.UTF_8)),
                Headers.NONE,
                Deadline.after(within, time.nanoTime()),
                "req_1");
    }

    Reply ask() throws ProviderException, InterruptedException {
        return provider.send(call("m", Duration.ofMinutes(30)));
    }

    /** Asks, and reads a stream to its end. */
    void askAndRead() throws ProviderException, InterruptedException {
        if (ask() instanceof Reply.Streamed(_, var events)) {
            try (events) {
                events.pushTo(new Ignoring());
            }
        }
    }

    /** Asks for what must fail. */
    ProviderException failure() throws InterruptedException {
        try {
            askAndRead();
        } catch (ProviderException failure) {
            return failure;
        }
        throw new AssertionError("the call did not fail");
    }

    Circuits circuits() {
        return Objects.requireNonNull(guards.circuits().get("fake"));
    }

    /** What the circuit breakers of all models know together. */
    CircuitSnapshot circuit() {
        return circuits().overall();
    }

    /** How full the backend is. */
    WaitingRoom.State room() {
        return Objects.requireNonNull(guards.limits().get("fake"));
    }

    /** A client that takes everything. */
    static final class Ignoring implements EventSink {
        @Override
        public void event(StreamEvent event) {}

        @Override
        public void flush() {}

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void whenWritable(Runnable action) {
            action.run();
        }
    }
}
