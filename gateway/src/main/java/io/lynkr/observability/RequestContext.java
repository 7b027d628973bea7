package io.lynkr.observability;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What belongs to the request that the current thread works for. Bound by the server, read by
 * whoever logs or opens a connection.
 *
 * @param requestId the id in logs, errors and response headers
 * @param eventLoop runs a task on the thread that owns the client's socket
 * @param facts what becomes known of the request on its way
 */
public record RequestContext(String requestId, Executor eventLoop, RequestFacts facts) {
    private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

    /** The context of the current thread; empty outside a request. */
    public static Optional<RequestContext> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Runs a task within this context. */
    public void run(Runnable task) {
        ScopedValue.where(CURRENT, this).run(task);
    }
}
