package io.lynkr.app;

import java.net.URI;

/** A gateway that is running. Closing it ends it, after the requests in flight. */
public interface GatewayHandle extends AutoCloseable {

    /** Where it listens, with the port that it really got. */
    URI address();

    /** Returns when somebody has closed it. */
    void awaitShutdown() throws InterruptedException;

    @Override
    void close();
}
