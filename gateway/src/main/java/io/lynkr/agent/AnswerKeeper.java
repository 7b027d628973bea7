package io.lynkr.agent;

import io.lynkr.cache.CachedAnswer;
import io.lynkr.cache.CachedAnswer.Form;
import io.lynkr.cache.ResponseCache.Claim;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.message.StreamEvent;
import io.lynkr.message.Usage;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.ForwardingSink;
import io.lynkr.provider.Served;

import java.io.ByteArrayOutputStream;

/**
 * Keeps an answer for the cache while it passes, unless it turns out that it may not be given
 * again: it calls a tool, was cut short or refused, failed, or is too large. Reads only those
 * events that can tell. Used by one thread at a time.
 */
final class AnswerKeeper {
    private final Claim claim;
    private final Served served;
    private final int maxBytes;
    private final boolean showsCreation;
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private Usage usage = Usage.NONE;
    private boolean keeps = true;
    private boolean complete;

    AnswerKeeper(Claim claim, Served served, int maxBytes, boolean showsCreation) {
        this.claim = claim;
        this.served = served;
        this.maxBytes = maxBytes;
        this.showsCreation = showsCreation;
    }

    /** Keeps a whole message, and returns what the client gets. */
    byte[] whole(byte[] body) {
        try {
            var message = JsonObject.parse(body);
            boolean plain = message.objects("content").stream().allMatch(AnswerKeeper::isPlain);
            if (!plain || !endsWell(message) || body.length > maxBytes) {
                claim.unusable();
                return body;
            }
            usage = usage.updatedBy(message.object("usage").orElse(JsonObject.EMPTY));
            claim.answered(answer(Form.MESSAGE, body));
            return showsCreation ? CacheUsage.created(message).toBytes() : body;
        } catch (JsonException unreadable) {
            claim.unusable();
            return body;
        }
    }

    /** Stands before the sink of a streamed answer. */
    EventSink before(EventSink sink) {
        return new Passing(sink);
    }

    /** The stream has ended without a failure of its own. */
    void end() {
        if (keeps && complete) {
            claim.answered(answer(Form.EVENTS, frames.toByteArray()));
        } else {
            claim.unusable();
        }
    }

    private CachedAnswer answer(Form form, byte[] bytes) {
        return new CachedAnswer(served.provider(), served.model(), form, bytes, usage.prompt());
    }

    /** Whether a block is all there is to it: no call, and no result of one. */
    private static boolean isPlain(JsonObject block) {
        return switch (block.type()) {
            case "text", "thinking", "redacted_thinking" -> true;
            default -> false;
        };
    }

    private static boolean endsWell(JsonObject ending) {
        return switch (ending.string("stop_reason").orElse("")) {
            case "end_turn", "stop_sequence" -> true;
            default -> false;
        };
    }

    private final class Passing extends ForwardingSink {
        Passing(EventSink next) {
            super(next);
        }

        @Override
        public void event(StreamEvent event) {
            if (keeps && event.isContent()) {
                keep(event);
            }
            super.event(showsCreation ? CacheUsage.created(event) : event);
        }

        private void keep(StreamEvent event) {
            try {
                keeps = mayBeKept(event);
            } catch (JsonException unreadable) {
                keeps = false;
            }
            var frame = event.frame();
            keeps &= frames.size() + frame.to() - frame.from() <= maxBytes;
            if (keeps) {
                frames.write(frame.buffer(), frame.from(), frame.to() - frame.from());
            } else {
                // At once: those who wait for the same answer need not wait for its end.
                frames.reset();
                claim.unusable();
            }
        }

        private boolean mayBeKept(StreamEvent event) {
            if (event.is(StreamEvent.CONTENT_BLOCK_DELTA)) {
                return true;
            }
            return switch (event.name()) {
                case StreamEvent.MESSAGE_START -> {
                    count(event.data().object("message").orElse(JsonObject.EMPTY));
                    yield true;
                }
                case StreamEvent.CONTENT_BLOCK_START ->
                        isPlain(event.data().object("content_block").orElse(JsonObject.EMPTY));
                case StreamEvent.MESSAGE_DELTA -> {
                    count(event.data());
                    yield endsWell(event.data().object("delta").orElse(JsonObject.EMPTY));
                }
                case StreamEvent.MESSAGE_STOP -> {
                    complete = true;
                    yield true;
                }
                case StreamEvent.ERROR -> false;
                default -> true;
            };
        }

        private void count(JsonObject holder) {
            usage = usage.updatedBy(holder.object("usage").orElse(JsonObject.EMPTY));
        }
    }
}
