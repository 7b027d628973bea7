package io.lynkr.app;

import io.lynkr.json.JsonObject;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Reply;

import java.util.ArrayList;
import java.util.List;

/**
 * What a probe needs to know of an answer.
 *
 * @param blocks the types of its content blocks
 * @param events the names of its events; none if it came whole
 * @param edits what was changed in the request
 */
record ProbedAnswer(List<String> blocks, List<String> events, List<String> edits) {
    static final ProbedAnswer NOTHING = new ProbedAnswer(List.of(), List.of(), List.of());

    static ProbedAnswer of(Reply reply) throws ProviderException, InterruptedException {
        var edits = reply.served().edits();
        return switch (reply) {
            case Reply.Whole(_, var body) ->
                    new ProbedAnswer(types(JsonObject.parse(body)), List.of(), edits);
            case Reply.Streamed(_, var stream) -> {
                var collector = new Collector();
                try (stream) {
                    stream.pushTo(collector);
                }
                yield new ProbedAnswer(
                        List.copyOf(collector.blocks), List.copyOf(collector.events), edits);
            }
        };
    }

    private static List<String> types(JsonObject message) {
        return message.objects("content").stream().map(JsonObject::type).toList();
    }

    boolean hasContent() {
        return !blocks.isEmpty();
    }

    boolean isStreamed() {
        return hasContent()
                && !events.isEmpty()
                && events.getFirst().equals(StreamEvent.MESSAGE_START)
                && events.getLast().equals(StreamEvent.MESSAGE_STOP);
    }

    long toolUses() {
        return blocks.stream().filter("tool_use"::equals).count();
    }

    /** Keeps names only; never full. */
    private static final class Collector implements EventSink {
        private final List<String> blocks = new ArrayList<>();
        private final List<String> events = new ArrayList<>();

        @Override
        public void event(StreamEvent event) {
            if (!event.isContent()) {
                return;
            }
            events.add(event.name());
            if (event.is(StreamEvent.CONTENT_BLOCK_START)) {
                event.data().object("content_block").ifPresent(block -> blocks.add(block.type()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void whenWritable(Runnable action) {
            action.run();
        }
    }
}
