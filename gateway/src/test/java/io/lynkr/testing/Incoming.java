package io.lynkr.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The reading side of a connection. A thread of its own takes bytes off the socket all the time, so
 * the moment at which the peer leaves is known even while a reply is being written.
 */
final class Incoming extends InputStream {
    private static final int CAPACITY = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock.
    private final byte[] ring = new byte[CAPACITY];
    private int head;
    private int size;
    private boolean ended;
    private long endNanos;

    /** Pumps until the peer closes or resets. */
    void pump(InputStream socket) {
        var buffer = new byte[64 * 1024];
        try {
            for (int n = socket.read(buffer); n >= 0; n = socket.read(buffer)) {
                put(buffer, n);
            }
        } catch (IOException | InterruptedException _) {
            // Reset by the peer, or closed by ourselves: the end, either way.
        } finally {
            end();
        }
    }

    /** When the peer closed its side, if it has. */
    OptionalLong endNanos() {
        lock.lock();
        try {
            return ended ? OptionalLong.of(endNanos) : OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for this long, or until the peer has left; true if it has. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            while (size == 0 && !ended) {
                changed.await();
            }
            if (size == 0) {
                return -1;
            }
            int n = Math.min(length, Math.min(size, CAPACITY - head));
            System.arraycopy(ring, head, target, offset, n);
            head = (head + n) % CAPACITY;
            size -= n;
            changed.signalAll();
            return n;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the upstream is closing");
        } finally {
            lock.unlock();
        }
    }

    private void put(byte[] bytes, int length) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (int done = 0; done < length; ) {
                while (size == CAPACITY) {
                    changed.await();
                }
                int tail = (head + size) % CAPACITY;
                int n = Math.min(length - done, Math.min(CAPACITY - size, CAPACITY - tail));
                System.arraycopy(bytes, done, ring, tail, n);
                size += n;
                done += n;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            endNanos = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
