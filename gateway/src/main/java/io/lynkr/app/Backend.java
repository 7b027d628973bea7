package io.lynkr.app;

import java.net.URI;
import java.util.Optional;

/** The configured backend, as {@code lynkr doctor} looks at it. */
public interface Backend extends AutoCloseable {

    /** Where it is called; empty if it lives in this process. */
    Optional<URI> address();

    /** Asks the backend what it accepts, in requests that cost a few tokens each. */
    BackendProbe probe();

    @Override
    void close();
}
