package io.lynkr.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.metrics.core.metrics.Histogram;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

class PercentilesTest {

    /** What latencies may look like, in seconds. */
    enum Shape {
        EVEN,
        FEW_SLOW,
        OVER_FIVE_DECADES,
        ALL_THE_SAME;

        DoubleSupplier from(Random random) {
            return switch (this) {
                case EVEN -> () -> 0.05 + random.nextDouble();
                case FEW_SLOW -> () -> random.nextInt(100) == 0 ? 30 + random.nextDouble() : 0.01;
                case OVER_FIVE_DECADES -> () -> Math.pow(10, random.nextDouble() * 5 - 3);
                case ALL_THE_SAME -> () -> 0.125;
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void areWithinThreePercentOfTheTruth(Shape shape) {
        var values = DoubleStream.generate(shape.from(new Random(7))).limit(50_000).toArray();

        var seen = percentiles(histogram(values));

        Arrays.sort(values);
        for (double share : new double[] {0.5, 0.95, 0.995}) {
            double truth = values[(int) (share * values.length)];
            assertThat(seen.at(share).orElseThrow())
                    .as("the share %s", share)
                    .isCloseTo(truth, within(truth * 0.03));
        }
        assertThat(seen.count()).isEqualTo(50_000);
    }

    @Test
    void mergesSeriesOfDifferentResolution() {
        var narrow = histogram(0.1, 0.1, 0.1);
        var wide =
                histogram(
                        DoubleStream.iterate(1e-6, value -> value < 1e6, value -> value * 1.01)
                                .toArray());
        var merged = new Percentiles();
        narrow.collect().getDataPoints().forEach(merged::add);
        wide.collect().getDataPoints().forEach(merged::add);

        assertThat(merged.count()).isEqualTo(narrow.getCount() + wide.getCount());
        assertThat(merged.at(0.5).orElseThrow()).isCloseTo(1, within(0.1));
    }

    @Test
    void knowNothingOfNothing() {
        assertThat(percentiles(histogram()).at(0.5)).isEmpty();
    }

    @Test
    void keepZerosApart() {
        assertThat(percentiles(histogram(0, 0, 0, 8)).at(0.5)).hasValue(0);
    }

    private static Histogram histogram(double... values) {
        var histogram =
                Histogram.builder()
                        .name("seen")
                        .help("For the test.")
                        .nativeMaxNumberOfBuckets(512)
                        .build();
        Arrays.stream(values).forEach(histogram::observe);
        return histogram;
    }

    private static Percentiles percentiles(Histogram histogram) {
        var percentiles = new Percentiles();
        histogram.collect().getDataPoints().forEach(percentiles::add);
        return percentiles;
    }
}
