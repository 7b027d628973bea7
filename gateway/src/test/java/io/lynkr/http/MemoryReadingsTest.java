package io.lynkr.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lynkr.testing.VirtualTime;

import org.junit.jupiter.api.Test;

import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;

class MemoryReadingsTest {
    private final VirtualTime time = new VirtualTime();
    private MemoryUsage afterCollection = new MemoryUsage(0, 0, 100, 100);
    private final MemoryReadings readings =
            new MemoryReadings(Optional.of(pool()), Optional.empty(), time.nanoTime());

    @Test
    void saysWhatTheCollectorCouldNotFree() {
        found(90);

        assertThat(readings.get().heap()).hasValue(0.9);
    }

    @Test
    void saysNothingWhereThereIsNoControlGroup() {
        assertThat(readings.get().container()).isEmpty();
    }

    @Test
    void doesNotTrustAnOldFinding() {
        found(90);
        readings.get();

        time.advance(Duration.ofSeconds(31));

        assertThat(readings.get().heap()).as("nothing was worth collecting since").isEmpty();
    }

    @Test
    void trustsTheNextFindingAgain() {
        found(90);
        readings.get();
        time.advance(Duration.ofSeconds(31));

        found(91);

        assertThat(readings.get().heap()).hasValue(0.91);
    }

    @Test
    void readsThisVeryProcess() {
        assertThat(MemoryReadings.oldGeneration()).isPresent();

        var reading = MemoryReadings.real().get();

        reading.heap().ifPresent(heap -> assertThat(heap).isCloseTo(0.5, within(0.5)));
        reading.container().ifPresent(used -> assertThat(used).isCloseTo(0.5, within(0.5)));
    }

    private void found(long used) {
        afterCollection = new MemoryUsage(0, used, 100, 100);
    }

    private MemoryPoolMXBean pool() {
        return (MemoryPoolMXBean)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {MemoryPoolMXBean.class},
                        (_, method, _) -> {
                            assertThat(method.getName()).isEqualTo("getCollectionUsage");
                            return afterCollection;
                        });
    }
}
