package io.lynkr.observability;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Percentiles of what histograms saw, merged over any number of series. Read from the exponential
 * buckets, whose width is a few percent of the value; within a bucket values are taken to lie
 * evenly on the same scale.
 */
final class Percentiles {
    private static final int FINEST = 8;

    private int schema = FINEST;
    private TreeMap<Integer, Long> buckets = new TreeMap<>();
    private long zeros;
    private long count;
    private double sum;

    void add(HistogramDataPointSnapshot series) {
        coarsenTo(series.getNativeSchema());
        int shift = series.getNativeSchema() - schema;
        for (var bucket : series.getNativeBucketsForPositiveValues()) {
            buckets.merge(coarser(bucket.getBucketIndex(), shift), bucket.getCount(), Long::sum);
            count += bucket.getCount();
        }
        zeros += series.getNativeZeroCount();
        count += series.getNativeZeroCount();
        sum += series.getSum();
    }

    long count() {
        return count;
    }

    double sum() {
        return sum;
    }

    /** The value below which this share of all values lies; empty if there were none. */
    OptionalDouble at(double share) {
        if (count == 0) {
            return OptionalDouble.empty();
        }
        double rank = share * count;
        double below = zeros;
        if (rank <= below) {
            return OptionalDouble.of(0);
        }
        for (var bucket : buckets.entrySet()) {
            if (rank <= below + bucket.getValue()) {
                return OptionalDouble.of(within(bucket, (rank - below) / bucket.getValue()));
            }
            below += bucket.getValue();
        }
        return OptionalDouble.of(upperBound(buckets.lastKey()));
    }

    /** A bucket reaches from the upper bound of the one before it to its own. */
    private double within(Map.Entry<Integer, Long> bucket, double part) {
        return upperBound(bucket.getKey() - 1 + part);
    }

    private double upperBound(double index) {
        return Math.pow(2, index * Math.pow(2, -schema));
    }

    private void coarsenTo(int other) {
        if (other >= schema) {
            return;
        }
        int shift = schema - other;
        var coarse = new TreeMap<Integer, Long>();
        buckets.forEach((index, n) -> coarse.merge(coarser(index, shift), n, Long::sum));
        buckets = coarse;
        schema = other;
    }

    /** The bucket of a coarser scale that holds this one: each step joins two neighbours. */
    private static int coarser(int index, int shift) {
        return ((index - 1) >> shift) + 1;
    }
}
