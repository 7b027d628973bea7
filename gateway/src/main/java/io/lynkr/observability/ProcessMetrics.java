package io.lynkr.observability;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import org.jspecify.annotations.Nullable;

/**
 * What the Java machine and the operating system tell of the process. Asked for the first time when
 * somebody looks, as management beans take a seventh of a second to set up, which a start can
 * spare.
 */
final class ProcessMetrics implements MultiCollector {
    private @Nullable PrometheusRegistry beans;

    @Override
    public MetricSnapshots collect() {
        return beans().scrape();
    }

    private synchronized PrometheusRegistry beans() {
        if (beans == null) {
            beans = new PrometheusRegistry();
            JvmMetrics.builder().register(beans);
        }
        return beans;
    }
}
