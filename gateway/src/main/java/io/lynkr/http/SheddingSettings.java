package io.lynkr.http;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.resilience.MemoryPressure;

/**
 * When the gateway refuses work because it has enough.
 *
 * @param mostRequests at a time
 * @param memory how full the memory may be
 */
public record SheddingSettings(int mostRequests, MemoryPressure memory) {

    public static final Setting<Integer> LOAD_SHEDDING_ACTIVE_REQUESTS_THRESHOLD =
            Setting.integer(
                    "LOAD_SHEDDING_ACTIVE_REQUESTS_THRESHOLD",
                    1_000,
                    1,
                    1_000_000,
                    "How many requests are answered at a time; further ones are told to come back"
                            + " later (503).");

    public static final Setting<Double> LOAD_SHEDDING_HEAP_THRESHOLD =
            Setting.share(
                    "LOAD_SHEDDING_HEAP_THRESHOLD",
                    0.90,
                    "The share of the heap that may still be in use after a collection before new"
                            + " requests are refused.");

    public static final Setting<Double> LOAD_SHEDDING_MEMORY_THRESHOLD =
            Setting.share(
                    "LOAD_SHEDDING_MEMORY_THRESHOLD",
                    0.85,
                    "The share of the container's memory that may be in use before new requests are"
                            + " refused.");

    /** Reads and checks; problems are left in the settings. */
    public static SheddingSettings from(Settings settings) {
        return new SheddingSettings(
                settings.get(LOAD_SHEDDING_ACTIVE_REQUESTS_THRESHOLD),
                new MemoryPressure(
                        settings.get(LOAD_SHEDDING_HEAP_THRESHOLD),
                        settings.get(LOAD_SHEDDING_MEMORY_THRESHOLD)));
    }
}
