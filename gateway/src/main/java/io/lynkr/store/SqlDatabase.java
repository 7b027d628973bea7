package io.lynkr.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.IntStream;

/** A database that is asked in SQL, and the little that its kinds do differently. */
public interface SqlDatabase extends Database {

    /** Something done with a connection, which is the database's own again afterwards. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Reads.
     *
     * @throws IOException if the database cannot be read; the message is for people
     */
    <T> T read(Work<T> work) throws IOException;

    /**
     * Reads and writes, all or nothing; what it has returned from is safe.
     *
     * @throws IOException if it could not be done; then nothing of it was, unless a server's
     *     connection broke just while the end was told, when nobody can know
     */
    <T> T write(Work<T> work) throws IOException;

    /** Ends a {@code SELECT} of rows that are changed in the same transaction. */
    String forUpdate();

    /**
     * Waits until nobody else works on any of these, and keeps others out until the transaction
     * ends.
     *
     * @param numbers what everybody calls them
     */
    void lock(Connection connection, IntStream numbers) throws SQLException;
}
