package io.lynkr.session;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the turns of sessions: added at the end, never changed, read by page. */
public interface SessionStore {

    /**
     * Adds turns, all or none of them, each without what earlier ones hold; they are safe when this
     * returns.
     *
     * @throws IOException if they could not be kept; the message is for people
     */
    void append(List<SessionTurn> turns) throws IOException;

    /** What is known of one session; empty if nothing of it is kept. */
    Optional<SessionSummary> find(String owner, String session) throws IOException;

    /** The sessions of all owners, the one used last first. */
    List<SessionSummary> list(int most) throws IOException;

    /**
     * Turns of a session in the order in which they were kept.
     *
     * @param after the id of the last turn that the caller has; 0 to begin
     */
    List<KeptTurn> turns(String owner, String session, long after, int most) throws IOException;

    /** Forgets a session; tells whether there was one. */
    boolean delete(String owner, String session) throws IOException;

    /**
     * Forgets turns that began before a time, and then the oldest until no more than so many bytes
     * are left; the newest turn of all stays.
     *
     * @return how many are gone
     */
    int forget(Instant before, long mostBytes) throws IOException;
}
