package io.lynkr.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lynkr.resilience.MemoryPressure.Reading;
import io.lynkr.resilience.MemoryPressure.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.OptionalDouble;

class MemoryPressureTest {
    private final MemoryPressure seed = new MemoryPressure(0.90, 0.85);

    @ParameterizedTest
    @CsvSource({
        "0.00, 0.00, CALM",
        "0.79, 0.74, CALM",
        "0.80, 0.00, DROP_CACHES",
        "0.00, 0.75, DROP_CACHES",
        "0.85, 0.00, REFUSE_LARGE",
        "0.00, 0.80, REFUSE_LARGE",
        "0.90, 0.00, REFUSE_NEW",
        "0.00, 0.85, REFUSE_NEW",
        "0.81, 0.86, REFUSE_NEW",
        "0.951, 0.00, CUT_YOUNGEST",
        "0.00, 0.901, CUT_YOUNGEST",
        "1.00, 1.00, CUT_YOUNGEST"
    })
    void takesTheWorseOfHeapAndContainer(double heap, double container, Step step) {
        assertThat(seed.of(reading(heap, container))).isEqualTo(step);
    }

    @Test
    void isCalmWhereNobodyCanSay() {
        assertThat(seed.of(Reading.UNKNOWN)).isEqualTo(Step.CALM);
    }

    @Test
    void goesByTheContainerAloneBeforeTheFirstCollection() {
        var reading = new Reading(OptionalDouble.empty(), OptionalDouble.of(0.86));

        assertThat(seed.of(reading)).isEqualTo(Step.REFUSE_NEW);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 0.99, 1})
    void refusesFromTheThresholdOnWhereverItIs(double threshold) {
        var pressure = new MemoryPressure(threshold, 1);

        assertThat(pressure.of(reading(threshold, 0))).isGreaterThanOrEqualTo(Step.REFUSE_NEW);
        assertThat(pressure.of(reading(threshold - 0.001, 0))).isLessThan(Step.REFUSE_NEW);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.01, Double.NaN})
    void refusesThresholdsThatAreNoShare(double threshold) {
        assertThatThrownBy(() -> new MemoryPressure(threshold, 0.5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Reading reading(double heap, double container) {
        return new Reading(OptionalDouble.of(heap), OptionalDouble.of(container));
    }
}
