package io.lynkr.provider;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Bytes for Vert.x without copying them. */
final class Buffers {
    private Buffers() {}

    /** A buffer on these very bytes, which must not change afterwards. */
    static Buffer wrap(byte[] bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }
}
