package io.lynkr.agent;

import io.lynkr.json.JsonObject;
import io.lynkr.message.MessageEvents;
import io.lynkr.message.StreamEvent;
import io.lynkr.message.Usage;

import java.util.List;

/**
 * The one message that a client gets for a turn of several steps: blocks are numbered on, tokens
 * summed up. Used by one thread at a time.
 */
final class Answer {
    private final ReplySink sink;
    private int blocks;
    private Usage usage = Usage.NONE;
    private boolean begun;

    Answer(ReplySink sink) {
        this.sink = sink;
    }

    /** Passes on the first message's beginning; those of later steps are nobody's business. */
    void start(StreamEvent event) {
        if (!begun) {
            begun = true;
            sink.event(event);
        }
    }

    /** Passes on an event of a block that stands at this place in its own step. */
    void relay(StreamEvent event, int offset) {
        if (offset == 0) {
            sink.event(event);
        } else {
            var data = event.data();
            long index = data.integer("index").orElse(0) + offset;
            sink.event(StreamEvent.of(data.with("index", index)));
        }
    }

    /** Passes on what is no part of a block: pings, errors, kinds that nobody here knows. */
    void relay(StreamEvent event) {
        sink.event(event);
    }

    /** How many blocks the client has seen begin. */
    int blocks() {
        return blocks;
    }

    void relayed(int more) {
        blocks += more;
    }

    /** Adds a whole block. */
    void add(JsonObject block) {
        MessageEvents.block(block, blocks++).forEach(sink::event);
    }

    void add(List<JsonObject> all) {
        all.forEach(this::add);
        sink.flush();
    }

    void spent(Usage more) {
        usage = usage.plus(more);
    }

    /**
     * Ends as the last step's message ended, with the tokens of all steps.
     *
     * @param searches how often the API's own web search ran here
     */
    void end(JsonObject lastMessage, int searches) {
        var counts = lastMessage.object("usage").orElse(JsonObject.EMPTY);
        for (var sum : usage.toJson().members().entrySet()) {
            counts = counts.with(sum.getKey(), sum.getValue());
        }
        if (searches > 0) {
            counts =
                    counts.with(
                            "server_tool_use",
                            JsonObject.EMPTY.with("web_search_requests", searches));
        }
        MessageEvents.ending(lastMessage.with("usage", counts)).forEach(sink::event);
        sink.flush();
        sink.end();
    }
}
