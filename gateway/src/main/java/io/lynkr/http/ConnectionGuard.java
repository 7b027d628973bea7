package io.lynkr.http;

import io.vertx.core.http.HttpConnection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends connections that hold a place and do nothing with it: no request after connecting, a body
 * that does not come, long idleness. One sweep a second looks at all of them.
 */
final class ConnectionGuard {
    private static final long FIRST_REQUEST = Duration.ofSeconds(10).toNanos();
    private static final long IDLE = Duration.ofSeconds(65).toNanos();
    private static final long BODY_START = Duration.ofSeconds(30).toNanos();
    private static final long NANOS_PER_BYTE = Duration.ofSeconds(1).toNanos() / (64 * 1024);

    private final Map<HttpConnection, Watch> watches = new ConcurrentHashMap<>();

    /** What is known of one connection; written on its event loop, read by the sweep. */
    private static final class Watch {
        private volatile long endNanos;

        Watch(long nanos) {
            expect(nanos);
        }

        void expect(long nanos) {
            endNanos = System.nanoTime() + nanos;
        }
    }

    void opened(HttpConnection connection) {
        watches.put(connection, new Watch(FIRST_REQUEST));
        connection.closeHandler(_ -> watches.remove(connection));
    }

    /** A head has come; its body must follow. */
    void bodyBegins(HttpConnection connection, int bytes) {
        expect(connection, BODY_START + bytes * NANOS_PER_BYTE);
    }

    /** A request is whole: however long the answer takes is not the client's fault. */
    void answering(HttpConnection connection) {
        expect(connection, Duration.ofDays(1).toNanos());
    }

    void answered(HttpConnection connection) {
        expect(connection, IDLE);
    }

    private void expect(HttpConnection connection, long nanos) {
        var watch = watches.get(connection);
        if (watch != null) {
            watch.expect(nanos);
        }
    }

    /** Closes what is overdue. */
    void sweep() {
        long now = System.nanoTime();
        watches.forEach(
                (connection, watch) -> {
                    if (now - watch.endNanos > 0) {
                        connection.close();
                    }
                });
    }
}
