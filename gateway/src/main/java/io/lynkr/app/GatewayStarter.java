package io.lynkr.app;

import io.lynkr.config.ConfigException;
import io.lynkr.config.Settings;

import java.net.BindException;

/** Starts a gateway; what the command line needs to know of it. */
@FunctionalInterface
public interface GatewayStarter {

    /**
     * Starts a gateway and returns when it accepts connections.
     *
     * @throws ConfigException if the settings cannot be used; names all problems
     * @throws BindException if the port is taken, or the address is not this machine's
     */
    GatewayHandle start(Settings settings) throws BindException;
}
