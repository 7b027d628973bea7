package io.lynkr.provider.routing;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.EventStream;
import io.lynkr.provider.ForwardingSink;
import io.lynkr.provider.ProviderException;
import io.lynkr.sse.SseFrame;

import java.nio.charset.StandardCharsets;

/** A stream whose signatures of thinking are noticed as they pass. */
record SignatureWatch(EventStream inner, String provider, SignedThinking thinking)
        implements EventStream {
    private static final byte[] SIGNATURE = "signature_delta".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void pushTo(EventSink sink) throws ProviderException, InterruptedException {
        inner.pushTo(new Watching(sink));
    }

    @Override
    public void close() {
        inner.close();
    }

    private void look(StreamEvent event) {
        try {
            if (event.is(StreamEvent.CONTENT_BLOCK_DELTA) && has(event.frame())) {
                event.data()
                        .object("delta")
                        .flatMap(delta -> delta.string("signature"))
                        .ifPresent(signature -> thinking.signedBy(provider, signature));
            } else if (event.is(StreamEvent.CONTENT_BLOCK_START)) {
                thinking.saw(
                        provider, event.data().object("content_block").orElse(JsonObject.EMPTY));
            }
        } catch (JsonException unreadable) {
            // It travels on as it came, and tells us nothing.
            return;
        }
    }

    /** Most deltas are texts, which need not be read. */
    private static boolean has(SseFrame frame) {
        var buffer = frame.buffer();
        int last = frame.to() - SIGNATURE.length;
        for (int at = frame.from(); at <= last; at++) {
            int i = 0;
            while (i < SIGNATURE.length && buffer[at + i] == SIGNATURE[i]) {
                i++;
            }
            if (i == SIGNATURE.length) {
                return true;
            }
        }
        return false;
    }

    private final class Watching extends ForwardingSink {
        Watching(EventSink next) {
            super(next);
        }

        @Override
        public void event(StreamEvent event) {
            look(event);
            super.event(event);
        }
    }
}
