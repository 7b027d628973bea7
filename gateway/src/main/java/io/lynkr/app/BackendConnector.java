package io.lynkr.app;

import io.lynkr.config.ConfigException;
import io.lynkr.config.Settings;

/** Opens the configured backend for a look at it, without a gateway around it. */
@FunctionalInterface
public interface BackendConnector {

    /**
     * Builds what would answer requests; says nothing to the backend yet.
     *
     * @throws ConfigException if the settings cannot be used
     */
    Backend connect(Settings settings);
}
