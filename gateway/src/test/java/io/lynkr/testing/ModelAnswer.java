package io.lynkr.testing;

import java.util.List;
import java.util.function.UnaryOperator;

/** What a model decides to do with a question. */
public sealed interface ModelAnswer {

    /** A message. The fault is applied to its reply, once that has been rendered. */
    record Message(List<ModelBlock> blocks, Stop stop, Usage usage, UnaryOperator<Reply> fault)
            implements ModelAnswer {
        public Message {
            blocks = List.copyOf(blocks);
        }

        public Message with(UnaryOperator<Reply> newFault) {
            return new Message(blocks, stop, usage, newFault);
        }

        public Message stop(Stop newStop) {
            return new Message(blocks, newStop, usage, fault);
        }

        public Message usage(Usage newUsage) {
            return new Message(blocks, stop, newUsage, fault);
        }

        boolean callsTools() {
            return blocks.stream().anyMatch(ModelBlock.ToolUse.class::isInstance);
        }
    }

    /** An HTTP error, in the words of whichever wire was asked. */
    record Failure(int status, String message) implements ModelAnswer {}

    enum Stop {
        END_TURN,
        TOOL_USE,
        MAX_TOKENS,
        REFUSAL
    }

    /** As the Messages API counts: input is what neither came from the cache nor went into it. */
    record Usage(long input, long cacheRead, long cacheCreation, long output) {
        long wholePrompt() {
            return input + cacheRead + cacheCreation;
        }
    }

    static Message message(List<ModelBlock> blocks) {
        boolean tools = blocks.stream().anyMatch(ModelBlock.ToolUse.class::isInstance);
        return new Message(
                blocks,
                tools ? Stop.TOOL_USE : Stop.END_TURN,
                new Usage(0, 0, 0, 0),
                UnaryOperator.identity());
    }

    static Message say(String text) {
        return message(List.of(new ModelBlock.Text(text)));
    }

    static Message ask(ModelBlock... blocks) {
        return message(List.of(blocks));
    }
}
