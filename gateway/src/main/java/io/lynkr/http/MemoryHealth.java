package io.lynkr.http;

import io.lynkr.observability.HealthCheck;
import io.lynkr.resilience.MemoryPressure.Step;

import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;

/**
 * Judges the memory as load shedding does, and shows what a person would look at besides: the heap
 * of this moment, and of the container (or else the machine) as a whole.
 */
public record MemoryHealth(LoadShedding shedding) implements HealthCheck {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Finding look(boolean deep) {
        var step = shedding.step();
        var finding =
                new Finding(step.compareTo(Step.REFUSE_NEW) < 0 ? Health.HEALTHY : Health.UNHEALTHY)
                        .with("heapUsedPercent", 100 * heapUsed());
        var total = shedding.containerUsed();
        double shown = total.isPresent() ? total.getAsDouble() : machineUsed().orElse(-1);
        return shown < 0 ? finding : finding.with("totalUsedPercent", 100 * shown);
    }

    private static double heapUsed() {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return (double) heap.getUsed() / Math.max(heap.getMax(), heap.getCommitted());
    }

    private static OptionalDouble machineUsed() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? OptionalDouble.of(
                        1
                                - (double) system.getFreeMemorySize()
                                        / Math.max(1, system.getTotalMemorySize()))
                : OptionalDouble.empty();
    }
}
