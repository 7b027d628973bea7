package io.lynkr.agent;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.StreamEvent;
import io.lynkr.observability.Outcome;
import io.lynkr.observability.RequestFacts;
import io.lynkr.session.Transcripts;
import io.lynkr.tool.ToolRuns;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Writes a turn down for its transcript, just before its answer is closed. On the way it only
 * copies the bytes that the client gets; they are read later, by the thread that keeps them.
 */
final class TurnRecorder implements ReplySink {
    private static final int MOST_BYTES = 16 << 20;

    private final ReplySink next;
    private final Turn turn;
    private final RequestFacts facts;
    private final Transcripts transcripts;
    private final ToolRuns tools = new ToolRuns();
    private final ByteArrayOutputStream events = new ByteArrayOutputStream();
    private boolean cut;
    private boolean written;

    TurnRecorder(ReplySink next, Turn turn, RequestFacts facts, Transcripts transcripts) {
        this.next = next;
        this.turn = turn;
        this.facts = facts;
        this.transcripts = transcripts;
    }

    /** Hears of the tools that the turn runs. */
    ToolRuns tools() {
        return tools;
    }

    @Override
    public void begin(Headers headers) {
        next.begin(headers);
    }

    @Override
    public void event(StreamEvent event) {
        var frame = event.frame();
        int length = frame.to() - frame.from();
        cut |= events.size() + length > MOST_BYTES;
        if (!cut) {
            events.write(frame.buffer(), frame.from(), length);
        }
        next.event(event);
    }

    @Override
    public void flush() {
        next.flush();
    }

    @Override
    public boolean isFull() {
        return next.isFull();
    }

    @Override
    public void whenWritable(Runnable action) {
        next.whenWritable(action);
    }

    @Override
    public void end() {
        write(ToldAnswer.streamed(events.toByteArray(), cut), facts.outcome());
        next.end();
    }

    @Override
    public void whole(Headers headers, byte[] message) {
        write(ToldAnswer.whole(message), facts.outcome());
        next.whole(headers, message);
    }

    @Override
    public void fail(ApiError error, Headers headers, Optional<byte[]> body) {
        write(ToldAnswer.failed(events.toByteArray(), cut, error), facts.outcome());
        next.fail(error, headers, body);
    }

    /** The turn ended without an answer of its own: its client left, or it was refused. */
    void abandoned(Outcome outcome) {
        write(ToldAnswer.streamed(events.toByteArray(), true), Optional.of(outcome));
    }

    private void write(ToldAnswer answer, Optional<Outcome> outcome) {
        if (!written) {
            written = true;
            var told = ToldTurn.of(turn, facts, outcome.orElse(Outcome.SERVED), tools, answer);
            transcripts.add(
                    new Transcripts.Draft(
                            (long) turn.request().bytes().length + answer.bytes(), told::read));
        }
    }
}
