package io.lynkr.app;

import java.util.List;

/** The configured backend, as {@code lynkr doctor} looks at it. */
public interface Backend extends AutoCloseable {

    /**
     * Goes to its door, through a proxy if one stands on the way; nothing to report if it lives in
     * this process.
     */
    List<ProbeResult> reach();

    /** Asks the backend what it accepts, in requests that cost a few tokens each. */
    BackendProbe probe();

    @Override
    void close();
}
