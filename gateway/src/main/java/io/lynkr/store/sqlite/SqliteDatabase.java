package io.lynkr.store.sqlite;

import io.lynkr.store.SqlDatabase;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * One database file, opened when it is first needed. Reads run side by side; writes run one after
 * the other, each a transaction that is on the disk when {@link #write} returns.
 *
 * <p>The file is for its owner only. One that is no database any more is put aside, and a new one
 * begun.
 */
public final class SqliteDatabase implements SqlDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
    private static final int BUSY_MILLIS = 5_000;
    private static final int JOURNAL_BYTES = 64 << 20;
    private static final int IDLE_READERS = 4;

    private final Path file;
    private final Clock clock;

    /** Guards the writer, and is held while it is used. */
    private final ReentrantLock writing = new ReentrantLock();

    private @Nullable Connection writer;

    /** Connections nobody reads with just now. Guarded by itself. */
    private final Deque<Connection> readers = new ArrayDeque<>();

    private volatile boolean opened;
    private volatile boolean closed;

    public SqliteDatabase(Path file, Clock clock) {
        this.file = file.toAbsolutePath();
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "sqlite";
    }

    /** A file that nobody has needed yet is well: it is made when it is needed. */
    @Override
    public void check() throws IOException {
        if (opened) {
            read(
                    connection -> {
                        execute(connection, "SELECT version FROM schema_version LIMIT 1");
                        return true;
                    });
        }
    }

    @Override
    public <T> T read(Work<T> work) throws IOException {
        if (!opened) {
            write(_ -> true);
        }
        try {
            var connection = reader();
            try {
                return work.run(connection);
            } finally {
                giveBack(connection);
            }
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    @Override
    public <T> T write(Work<T> work) throws IOException {
        writing.lock();
        try {
            var connection = writer();
            execute(connection, "BEGIN IMMEDIATE");
            try {
                var result = work.run(connection);
                execute(connection, "COMMIT");
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw failure("written", e);
        } finally {
            writing.unlock();
        }
    }

    /** Whoever writes is alone already. */
    @Override
    public String forUpdate() {
        return "";
    }

    /** Whoever writes is alone already. */
    @Override
    public void lock(Connection connection, IntStream numbers) {}

    private Connection writer() throws SQLException, IOException {
        if (closed) {
            throw new IOException("the gateway is shutting down");
        }
        var known = writer;
        if (known != null) {
            return known;
        }
        var made = open();
        writer = made;
        opened = true;
        return made;
    }

    private Connection open() throws SQLException, IOException {
        makeFile();
        try {
            return migrated();
        } catch (SQLException e) {
            if (!isRuined(e)) {
                throw e;
            }
            putAside(e);
            makeFile();
            return migrated();
        }
    }

    private void makeFile() throws IOException {
        var folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        // SQLite gives its journals the permissions of the database.
        var ownersOnly = PosixFilePermissions.fromString("rw-------");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(ownersOnly));
        } catch (FileAlreadyExistsException _) {
            Files.setPosixFilePermissions(file, ownersOnly);
        }
    }

    private Connection migrated() throws SQLException {
        var connection = connect();
        try {
            execute(connection, "PRAGMA journal_mode = WAL");
            execute(connection, "BEGIN IMMEDIATE");
            try {
                Migrations.run(connection, clock.instant());
                execute(connection, "COMMIT");
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private Connection connect() throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        // What was acknowledged also survives a power cut.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setJournalSizeLimit(JOURNAL_BYTES);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static boolean isRuined(SQLException e) {
        int code = e.getErrorCode() & 0xFF;
        return code == SQLiteErrorCode.SQLITE_NOTADB.code
                || code == SQLiteErrorCode.SQLITE_CORRUPT.code;
    }

    private void putAside(SQLException why) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".corrupt-" + clock.millis());
        for (var end : List.of("", "-wal", "-shm")) {
            var part = file.resolveSibling(file.getFileName() + end);
            if (Files.exists(part)) {
                Files.move(part, aside.resolveSibling(aside.getFileName() + end));
            }
        }
        LOG.error(
                "{} is no database any more ({}); it was moved to {} and a new one begun",
                file,
                why.getMessage(),
                aside);
    }

    private Connection reader() throws SQLException, IOException {
        synchronized (readers) {
            if (closed) {
                throw new IOException("the gateway is shutting down");
            }
            var idle = readers.poll();
            if (idle != null) {
                return idle;
            }
        }
        var connection = connect();
        execute(connection, "PRAGMA query_only = true");
        return connection;
    }

    private void giveBack(Connection connection) {
        synchronized (readers) {
            if (!closed && readers.size() < IDLE_READERS) {
                readers.push(connection);
                return;
            }
        }
        closeQuietly(connection);
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            cause.addSuppressed(alreadyRolledBack);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private IOException failure(String what, SQLException e) {
        return new IOException(
                "the gateway's records in " + file + " cannot be " + what + ": " + e.getMessage(),
                e);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException nothingIsLost) {
            LOG.debug("a connection did not close", nothingIsLost);
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            synchronized (readers) {
                readers.forEach(SqliteDatabase::closeQuietly);
                readers.clear();
            }
            if (writer != null) {
                closeQuietly(writer);
                writer = null;
            }
        } finally {
            writing.unlock();
        }
    }
}
