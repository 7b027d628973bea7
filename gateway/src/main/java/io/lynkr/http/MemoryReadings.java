package io.lynkr.http;

import io.lynkr.resilience.MemoryPressure.Reading;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Reads how full the memory is: of the heap, what the last collection of the old generation could
 * not free; of the container, what its control group has in use and could not give back. Used by
 * one thread at a time.
 */
final class MemoryReadings implements Supplier<Reading> {
    /** A collector that had nothing to do for so long is not short of memory, whatever it found. */
    private static final long FRESH_NANOS = Duration.ofSeconds(30).toNanos();

    private final Optional<MemoryPoolMXBean> oldGeneration;
    private final Optional<ControlGroup> controlGroup;
    private final LongSupplier nanoTime;
    private long lastUsed;
    private long lastChange;

    MemoryReadings(
            Optional<MemoryPoolMXBean> oldGeneration,
            Optional<ControlGroup> controlGroup,
            LongSupplier nanoTime) {
        this.oldGeneration = oldGeneration;
        this.controlGroup = controlGroup;
        this.nanoTime = nanoTime;
    }

    /** Of this process. */
    static MemoryReadings real() {
        return new MemoryReadings(
                oldGeneration(),
                ControlGroup.ofProcess(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup")),
                System::nanoTime);
    }

    /** The pool in which the collector keeps what has lived for a while. */
    static Optional<MemoryPoolMXBean> oldGeneration() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .filter(pool -> pool.getCollectionUsage() != null)
                .max(Comparator.comparing(pool -> pool.getName().matches(".*(Old|Tenured).*")));
    }

    @Override
    public Reading get() {
        return new Reading(heap(), container());
    }

    private OptionalDouble heap() {
        if (oldGeneration.isEmpty()) {
            return OptionalDouble.empty();
        }
        var afterCollection = oldGeneration.get().getCollectionUsage();
        long now = nanoTime.getAsLong();
        if (afterCollection.getUsed() != lastUsed) {
            lastUsed = afterCollection.getUsed();
            lastChange = now;
        }
        boolean fresh = now - lastChange < FRESH_NANOS;
        return fresh && afterCollection.getMax() > 0
                ? OptionalDouble.of((double) lastUsed / afterCollection.getMax())
                : OptionalDouble.empty();
    }

    private OptionalDouble container() {
        return controlGroup.map(ControlGroup::used).orElse(OptionalDouble.empty());
    }
}
