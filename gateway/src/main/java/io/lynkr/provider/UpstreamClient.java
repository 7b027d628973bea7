package io.lynkr.provider;

import io.lynkr.resilience.Deadline;

/** Speaks HTTP to upstreams: pooled connections, timeouts, nothing of what is said. */
public interface UpstreamClient extends AutoCloseable {

    /**
     * Sends a request and returns when the response's head is there. Interrupting the thread
     * cancels the call.
     *
     * @throws ProviderException with cause {@code UNREACHABLE}, {@code RESET} or {@code TIMEOUT}
     */
    UpstreamResponse send(UpstreamRequest request, Deadline deadline)
            throws ProviderException, InterruptedException;

    @Override
    void close();
}
