package io.lynkr.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.resilience.GracefulShutdown;
import io.lynkr.resilience.Lifecycle;
import io.lynkr.resilience.MemoryPressure;
import io.lynkr.resilience.MemoryPressure.Reading;
import io.lynkr.resilience.MemoryPressure.Step;
import io.lynkr.testing.VirtualTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

class LoadSheddingTest {
    private static final long MOST_BYTES = 10_000_000;

    private final InFlight inFlight = new InFlight();
    private final Lifecycle lifecycle = new Lifecycle();
    private final List<String> heard = new ArrayList<>();
    private Reading memory = Reading.UNKNOWN;
    private final LoadShedding shedding =
            new LoadShedding(
                    new SheddingSettings(3, new MemoryPressure(0.90, 0.85)),
                    MOST_BYTES,
                    inFlight,
                    lifecycle,
                    () -> memory,
                    () -> 0.999,
                    new SheddingListener() {
                        @Override
                        public void shed(String reason) {
                            heard.add(reason);
                        }

                        @Override
                        public void dropCaches() {
                            heard.add("drop caches");
                        }
                    });

    @Test
    void refusesMoreRequestsThanTheThreshold() {
        var first = shedding.admit(post(1));
        shedding.admit(post(1));
        shedding.admit(post(1));

        refused(post(1));
        first.close();
        shedding.admit(post(1));

        assertThat(heard).containsExactly("requests");
    }

    @Test
    void tellsWhenToComeBack() {
        fill();

        var refusal = refused(post(1));

        assertThat(refusal.error().status()).isEqualTo(503);
        assertThat(refusal.error().type()).isEqualTo("overloaded_error");
        assertThat(refusal.headers().first("retry-after")).contains("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void neverRefusesWhatOnlyLooks(String method) {
        fill();
        memory(0.99, 0.99);

        assertThatCode(() -> shedding.admit(head(method, Headers.NONE))).doesNotThrowAnyException();
    }

    @Test
    void refusesMoreBytesThanMayBeHeld() {
        shedding.admit(post(MOST_BYTES - 10));

        shedding.admit(post(10));
        refused(post(1));

        assertThat(heard).containsExactly("bytes");
    }

    @Test
    void countsBytesThatNoHeadAnnounced() {
        var chunked = shedding.admit(head("POST", Headers.of("transfer-encoding", "chunked")));
        var other = shedding.admit(post(100));

        shedding.grown(chunked, MOST_BYTES - 100);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> shedding.grown(chunked, MOST_BYTES - 99));

        other.close();
        assertThatCode(() -> shedding.grown(chunked, MOST_BYTES + 1))
                .as("alone it may be as large as any body")
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "0.50, 0.50, 2000000, true",
        "0.82, 0.50, 2000000, true",
        "0.86, 0.50, 2000000, false",
        "0.86, 0.50, 1000000, true",
        "0.91, 0.50, 1,       false",
        "0.50, 0.81, 2000000, false",
        "0.50, 0.86, 1,       false",
        "0.96, 0.50, 1,       false"
    })
    void refusesByMemoryStepByStep(double heap, double container, long length, boolean comesIn) {
        shedding.admit(post(1));
        memory(heap, container);

        if (comesIn) {
            shedding.admit(post(length));
        } else {
            refused(post(length));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.85, 0.9, 0.95, 1})
    void neverRefusesTheOnlyRequest(double full) {
        memory(full, full);

        for (int i = 0; i < 100; i++) {
            shedding.admit(post(32L << 20)).close();
        }

        assertThat(heard).doesNotContain("memory", "bytes", "requests");
    }

    @Test
    void dropsCachesOnceWhenMemoryBecomesShort() {
        memory(0.81, 0);
        memory(0.86, 0);
        memory(0.81, 0);
        assertThat(heard).containsExactly("drop caches");

        memory(0.10, 0);
        memory(0.81, 0);

        assertThat(heard).containsExactly("drop caches", "drop caches");
    }

    @Test
    void endsTheYoungestWhenMemoryIsAllButGone() {
        var cut = new ArrayList<String>();
        shedding.admit(post(1)).cutBy(why -> cut.add("old " + why.type()));
        shedding.admit(post(1)).cutBy(why -> cut.add("young " + why.type()));

        memory(0.96, 0);

        assertThat(cut).containsExactly("young overloaded_error");
    }

    @Test
    void neverCutsTheOnlyOne() {
        var cut = new ArrayList<String>();
        shedding.admit(post(1)).cutBy(why -> cut.add(why.type()));

        memory(0.96, 0);

        assertThat(cut).isEmpty();
    }

    @Test
    void comesBackToCalm() {
        memory(0.96, 0.96);
        assertThat(shedding.step()).isEqualTo(Step.CUT_YOUNGEST);

        memory(0.10, 0.10);

        assertThat(shedding.step()).isEqualTo(Step.CALM);
    }

    @Test
    void takesNoWorkOnceTheGatewayHasDrained() throws InterruptedException {
        lifecycle.ready();
        lifecycle.drain();
        shedding.admit(post(1)).close();

        new GracefulShutdown(Duration.ZERO, Duration.ZERO)
                .run(lifecycle, nothingToDo(), new VirtualTime());

        assertThat(refused(post(1)).error().type()).isEqualTo("overloaded_error");
        assertThatCode(() -> shedding.admit(head("GET", Headers.NONE))).doesNotThrowAnyException();
        assertThat(heard).containsExactly("shutdown");
    }

    private static GracefulShutdown.Work nothingToDo() {
        return new GracefulShutdown.Work() {
            @Override
            public CompletableFuture<?> idle() {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void cut() {}
        };
    }

    private void fill() {
        for (int i = 0; i < 3; i++) {
            shedding.admit(post(1));
        }
    }

    private ApiException refused(RequestHead head) {
        try {
            shedding.admit(head);
        } catch (ApiException refusal) {
            return refusal;
        }
        throw new AssertionError("the request came in");
    }

    private void memory(double heap, double container) {
        memory = new Reading(OptionalDouble.of(heap), OptionalDouble.of(container));
        shedding.look();
    }

    private static RequestHead post(long length) {
        return head("POST", Headers.of("content-length", Long.toString(length)));
    }

    private static RequestHead head(String method, Headers headers) {
        return new RequestHead(method, "/v1/messages", "", headers, "127.0.0.1:9", "req_1");
    }
}
