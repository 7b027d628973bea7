package io.lynkr.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.VirtualTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class GracefulShutdownTest {
    private final VirtualTime time = new VirtualTime();
    private final Lifecycle life = new Lifecycle();
    private final List<String> told = new ArrayList<>();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private final GracefulShutdown shutdown =
            new GracefulShutdown(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private final GracefulShutdown.Work work =
            new GracefulShutdown.Work() {
                @Override
                public CompletableFuture<?> idle() {
                    return idle;
                }

                @Override
                public void cut() {
                    tell("cut");
                    time.after(Duration.ofMillis(10), () -> idle.complete(null));
                }
            };

    @Test
    void endsAtOnceAfterTheDelayWhenNothingRuns() {
        idle.complete(null);

        shutDownAt(0);
        time.run();

        assertThat(told).containsExactly("stopped at 5000");
    }

    @Test
    void waitsForWhatRuns() {
        shutDownAt(0);
        time.after(Duration.ofSeconds(12), () -> idle.complete(null));
        time.run();

        assertThat(told).containsExactly("stopped at 12000");
    }

    @Test
    void cutsWhatRunsTooLong() {
        shutDownAt(0);
        time.run();

        assertThat(told).containsExactly("cut at 35000", "stopped at 35010");
    }

    @Test
    void takesWorkDuringTheDelayAndNotAfter() {
        var takes = new ArrayList<Boolean>();
        time.after(Duration.ofMillis(4_999), () -> takes.add(life.takesWork()));
        time.after(Duration.ofMillis(5_001), () -> takes.add(life.takesWork()));
        shutDownAt(0);
        time.run();

        assertThat(takes).containsExactly(true, false);
    }

    @Test
    void hurriesWhenAskedAgainDuringTheDelay() {
        shutDownAt(0);
        time.after(Duration.ofSeconds(1), life::drain);
        time.run();

        assertThat(told).containsExactly("cut at 1000", "stopped at 1010");
    }

    @Test
    void hurriesWhenAskedAgainWhileItWaits() {
        shutDownAt(0);
        time.after(Duration.ofSeconds(7), life::drain);
        time.run();

        assertThat(told).containsExactly("cut at 7000", "stopped at 7010");
    }

    private void shutDownAt(long millis) {
        time.start(
                Duration.ofMillis(millis),
                () -> {
                    life.ready();
                    life.drain();
                    shutdown.run(life, work, time);
                    assertThat(life.state()).isEqualTo(new Lifecycle.State.Stopped());
                    tell("stopped");
                });
    }

    private void tell(String what) {
        told.add(what + " at " + time.elapsed().toMillis());
    }
}
