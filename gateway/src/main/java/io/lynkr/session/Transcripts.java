package io.lynkr.session;

import java.time.Instant;
import java.util.function.Function;

/** Takes turns that are over, to keep them. */
public interface Transcripts {
    /** Keeps nothing. */
    Transcripts NONE =
            new Transcripts() {
                @Override
                public boolean keep(Session session) {
                    return false;
                }

                @Override
                public void add(Draft draft) {}
            };

    /**
     * A turn that is still to be read off the bytes that went through.
     *
     * @param bytes that are held in memory for it, roughly
     * @param turn reads it, given when it ended; called once, on another thread
     */
    record Draft(long bytes, Function<Instant, SessionTurn> turn) {}

    /** Whether turns of this session are kept: those of sessions without a name never are. */
    boolean keep(Session session);

    /** Takes a turn; never waits. */
    void add(Draft draft);
}
