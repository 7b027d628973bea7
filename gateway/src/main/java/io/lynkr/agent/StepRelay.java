package io.lynkr.agent;

import io.lynkr.json.JsonObject;
import io.lynkr.message.MessageFolder;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.EventSink;

/**
 * Shows a step as it comes: text and thinking at once. From the first call of a tool on it holds
 * everything back, since what follows depends on whose tool it is.
 */
final class StepRelay implements EventSink {
    private final ReplySink sink;
    private final Answer answer;
    private final MessageFolder folder = new MessageFolder();
    private final int offset;
    private int shown;
    private boolean holding;
    private boolean failed;

    StepRelay(ReplySink sink, Answer answer) {
        this.sink = sink;
        this.answer = answer;
        this.offset = answer.blocks();
    }

    @Override
    public void event(StreamEvent event) {
        if (!event.isContent()) {
            answer.relay(event);
            return;
        }
        folder.add(event);
        switch (event.data().type()) {
            case StreamEvent.MESSAGE_START -> answer.start(event);
            case StreamEvent.CONTENT_BLOCK_START -> blockBegins(event);
            case StreamEvent.CONTENT_BLOCK_DELTA, StreamEvent.CONTENT_BLOCK_STOP ->
                    relayUnlessHolding(event);
            case StreamEvent.MESSAGE_DELTA, StreamEvent.MESSAGE_STOP -> {}
            case StreamEvent.ERROR -> {
                failed = true;
                answer.relay(event);
            }
            default -> answer.relay(event);
        }
    }

    private void blockBegins(StreamEvent event) {
        var block = event.data().object("content_block").orElse(JsonObject.EMPTY);
        holding |= block.type().equals("tool_use");
        if (!holding) {
            shown++;
            answer.relayed(1);
        }
        relayUnlessHolding(event);
    }

    private void relayUnlessHolding(StreamEvent event) {
        if (!holding) {
            answer.relay(event, offset);
        }
    }

    /** Whether the step ended with an {@code error} event; the client has it then. */
    boolean hasFailed() {
        return failed;
    }

    /** The step's message, when it is over. */
    JsonObject message() {
        return folder.message();
    }

    /** How many blocks of the step the client has seen. */
    int shown() {
        return shown;
    }

    @Override
    public void flush() {
        sink.flush();
    }

    @Override
    public boolean isFull() {
        return sink.isFull();
    }

    @Override
    public void whenWritable(Runnable action) {
        sink.whenWritable(action);
    }
}
