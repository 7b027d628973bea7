package io.lynkr.index;

import io.lynkr.index.FileFacts.Import;
import io.lynkr.index.FileFacts.Use;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The index's own SQLite file. One thread writes at a time; any number read beside it, each what
 * was there when it began. It can be made anew at any time, so what is no database any more is
 * deleted.
 */
final class IndexDatabase implements AutoCloseable {
    /** A file of another version is begun anew. */
    private static final int VERSION = 1;

    private static final int BUSY_MILLIS = 10_000;
    private static final int KNOWN_NAMES = 50_000;
    private static final int IDLE_READERS = 3;
    private static final List<String> SCHEMA =
            List.of(
                    "CREATE TABLE files(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, language"
                        + " TEXT NOT NULL, bytes INT NOT NULL, modified INT NOT NULL, hash BLOB NOT"
                        + " NULL, unit TEXT NOT NULL, origin TEXT NOT NULL, lines INT NOT NULL,"
                        + " note TEXT NOT NULL, imports TEXT NOT NULL, trigrams BLOB NOT NULL)",
                    "CREATE TABLE names(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
                    "CREATE TABLE symbols(file INT NOT NULL, ord INT NOT NULL, name INT NOT NULL,"
                        + " kind TEXT NOT NULL, container TEXT NOT NULL, line INT NOT NULL, col INT"
                        + " NOT NULL, end_line INT NOT NULL, type TEXT NOT NULL, supers TEXT NOT"
                        + " NULL, PRIMARY KEY(file, ord)) WITHOUT ROWID",
                    "CREATE INDEX symbols_by_name ON symbols(name)",
                    "CREATE TABLE uses(file INT NOT NULL, name INT NOT NULL, data BLOB NOT NULL,"
                            + " PRIMARY KEY(file, name)) WITHOUT ROWID",
                    "CREATE INDEX uses_by_name ON uses(name)");

    private final Path file;
    private final Connection writer;

    /** Guarded by itself. */
    private final Deque<Connection> readers = new ArrayDeque<>();

    /** Used by the writing thread only. */
    private final Map<String, Integer> names =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                    return size() > KNOWN_NAMES;
                }
            };

    private boolean closed;

    /** Something done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private IndexDatabase(Path file, Connection writer) {
        this.file = file;
        this.writer = writer;
    }

    static IndexDatabase open(Path file) throws IOException {
        try {
            makeFolder(file);
            try {
                return new IndexDatabase(file, prepared(file));
            } catch (SQLException e) {
                int code = e.getErrorCode() & 0xFF;
                if (code != SQLiteErrorCode.SQLITE_NOTADB.code
                        && code != SQLiteErrorCode.SQLITE_CORRUPT.code) {
                    throw e;
                }
                delete(file);
                return new IndexDatabase(file, prepared(file));
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static void makeFolder(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static void delete(Path file) throws IOException {
        for (var end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
        }
    }

    /** Deletes a database and its folder. */
    static void forget(Path file) {
        try {
            delete(file);
            Files.deleteIfExists(file.toAbsolutePath().getParent());
        } catch (IOException inUse) {
            // it lies among temporary files
        }
    }

    private static Connection prepared(Path file) throws SQLException, IOException {
        var connection = connect(file);
        if (version(connection) != VERSION) {
            connection.close();
            delete(file);
            connection = connect(file);
            execute(connection, "PRAGMA journal_mode = WAL");
            execute(connection, "BEGIN");
            for (var statement : SCHEMA) {
                execute(connection, statement);
            }
            execute(connection, "PRAGMA user_version = " + VERSION);
            execute(connection, "COMMIT");
        }
        return connection;
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setCacheSize(-32_000);
        config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, Integer.toString(32 << 20));
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static IOException failure(SQLException e) {
        return new IOException("the index cannot be used: " + e.getMessage(), e);
    }

    /** Reads; what others write meanwhile is not seen. */
    <T> T read(Work<T> work) throws IOException {
        try {
            var connection = reader();
            boolean usable = false;
            try {
                execute(connection, "BEGIN");
                var result = work.run(connection);
                execute(connection, "COMMIT");
                usable = true;
                return result;
            } finally {
                giveBack(connection, usable);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
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
        return connect(file);
    }

    private void giveBack(Connection connection, boolean usable) throws SQLException {
        synchronized (readers) {
            if (usable && !closed && readers.size() < IDLE_READERS) {
                readers.push(connection);
                return;
            }
        }
        connection.close();
    }

    /** Writes, all or nothing; called by one thread at a time. */
    void write(Work<?> work) throws IOException {
        try {
            execute(writer, "BEGIN IMMEDIATE");
            try {
                work.run(writer);
                execute(writer, "COMMIT");
            } catch (SQLException | RuntimeException e) {
                names.clear();
                execute(writer, "ROLLBACK");
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Replaces all that is known of a file. */
    void put(Connection connection, Scanned scanned) throws SQLException {
        remove(connection, scanned.path());
        int id;
        try (var insert =
                connection.prepareStatement(
                        "INSERT INTO files(path, language, bytes, modified, hash, unit, origin,"
                                + " lines, note, imports, trigrams) VALUES(?,?,?,?,?,?,?,?,?,?,?)"
                                + " RETURNING id")) {
            var facts = scanned.facts();
            insert.setString(1, scanned.path());
            insert.setString(2, scanned.language().map(Language::name).orElse(""));
            insert.setLong(3, scanned.bytes());
            insert.setLong(4, scanned.modified());
            insert.setBytes(5, scanned.hash());
            insert.setString(6, facts.unit());
            insert.setString(7, scanned.origin().name());
            insert.setInt(8, scanned.lines());
            insert.setString(9, scanned.note());
            insert.setString(10, join(facts.imports()));
            insert.setBytes(11, scanned.trigrams());
            try (var row = insert.executeQuery()) {
                id = row.getInt(1);
            }
        }
        putSymbols(connection, id, scanned.facts().symbols());
        putUses(connection, id, scanned.facts().uses());
    }

    private void putSymbols(Connection connection, int file, List<FileFacts.Definition> symbols)
            throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        "INSERT INTO symbols(file, ord, name, kind, container, line, col, end_line,"
                                + " type, supers) VALUES(?,?,?,?,?,?,?,?,?,?)")) {
            for (int i = 0; i < symbols.size(); i++) {
                var symbol = symbols.get(i);
                insert.setInt(1, file);
                insert.setInt(2, i);
                insert.setInt(3, nameId(connection, symbol.name()));
                insert.setString(4, symbol.kind().name());
                insert.setString(5, symbol.container());
                insert.setInt(6, symbol.line());
                insert.setInt(7, symbol.column());
                insert.setInt(8, symbol.endLine());
                insert.setString(9, symbol.type());
                insert.setString(10, String.join(" ", symbol.supers()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void putUses(Connection connection, int file, Map<String, List<Use>> uses)
            throws SQLException {
        try (var insert =
                connection.prepareStatement("INSERT INTO uses(file, name, data) VALUES(?,?,?)")) {
            for (var use : uses.entrySet()) {
                insert.setInt(1, file);
                insert.setInt(2, nameId(connection, use.getKey()));
                insert.setBytes(3, Packed.pack(use.getValue()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private int nameId(Connection connection, String name) throws SQLException {
        var known = names.get(name);
        if (known != null) {
            return known;
        }
        int id;
        try (var insert =
                connection.prepareStatement(
                        "INSERT INTO names(text) VALUES(?) ON CONFLICT(text) DO UPDATE SET"
                                + " text = text RETURNING id")) {
            insert.setString(1, name);
            try (var row = insert.executeQuery()) {
                id = row.getInt(1);
            }
        }
        names.put(name, id);
        return id;
    }

    private static String join(List<Import> imports) {
        var text = new StringBuilder();
        for (var each : imports) {
            text.append(each.local())
                    .append('\t')
                    .append(each.module())
                    .append('\t')
                    .append(each.item())
                    .append('\n');
        }
        return text.toString();
    }

    private static List<Import> imports(String text) {
        return text.lines()
                .map(line -> line.split("\t", -1))
                .filter(parts -> parts.length == 3)
                .map(parts -> new Import(parts[0], parts[1], parts[2]))
                .toList();
    }

    /** Forgets a file, or a folder with all that is in it. */
    void remove(Connection connection, String path) throws SQLException {
        var ids = new ArrayList<Integer>();
        try (var select =
                connection.prepareStatement(
                        "SELECT id FROM files WHERE path = ? OR path >= ? AND path < ?")) {
            select.setString(1, path);
            select.setString(2, path + "/");
            select.setString(3, path + "0");
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getInt(1));
                }
            }
        }
        for (int id : ids) {
            for (var table : List.of("files WHERE id", "symbols WHERE file", "uses WHERE file")) {
                try (var delete = connection.prepareStatement("DELETE FROM " + table + " = ?")) {
                    delete.setInt(1, id);
                    delete.executeUpdate();
                }
            }
        }
    }

    /** It was touched, but says what it said. */
    void touch(Connection connection, String path, long modified) throws SQLException {
        try (var update =
                connection.prepareStatement("UPDATE files SET modified = ? WHERE path = ?")) {
            update.setLong(1, modified);
            update.setString(2, path);
            update.executeUpdate();
        }
    }

    /** Forgets everything. */
    void clear(Connection connection) throws SQLException {
        for (var table : List.of("files", "symbols", "uses", "names")) {
            execute(connection, "DELETE FROM " + table);
        }
        names.clear();
    }

    static Optional<byte[]> hash(Connection connection, String path) throws SQLException {
        try (var select = connection.prepareStatement("SELECT hash FROM files WHERE path = ?")) {
            select.setString(1, path);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    static List<SourceFile> files(Connection connection) throws SQLException {
        try (var select =
                        connection.prepareStatement(
                                "SELECT id, path, language, bytes, modified, unit, origin, lines,"
                                        + " note, imports FROM files ORDER BY path");
                var rows = select.executeQuery()) {
            var files = new ArrayList<SourceFile>();
            while (rows.next()) {
                files.add(file(rows));
            }
            return files;
        }
    }

    private static SourceFile file(ResultSet row) throws SQLException {
        var language = row.getString(3);
        return new SourceFile(
                row.getInt(1),
                row.getString(2),
                language.isEmpty() ? Optional.empty() : Optional.of(Language.valueOf(language)),
                row.getLong(4),
                row.getLong(5),
                row.getString(6),
                Origin.valueOf(row.getString(7)),
                row.getInt(8),
                row.getString(9),
                imports(row.getString(10)));
    }

    static Map<Integer, byte[]> trigrams(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT id, trigrams FROM files");
                var rows = select.executeQuery()) {
            var all = new LinkedHashMap<Integer, byte[]>();
            while (rows.next()) {
                all.put(rows.getInt(1), rows.getBytes(2));
            }
            return all;
        }
    }

    private static final String SYMBOL =
            "SELECT file, ord, n.text, kind, container, line, col, end_line, type, supers FROM"
                    + " symbols s JOIN names n ON n.id = s.name ";

    static List<Symbol> symbolsNamed(Connection connection, String name) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        SYMBOL + "WHERE s.name = (SELECT id FROM names WHERE text = ?)")) {
            select.setString(1, name);
            return symbols(select);
        }
    }

    static List<Symbol> symbolsOf(Connection connection, int file) throws SQLException {
        try (var select = connection.prepareStatement(SYMBOL + "WHERE file = ? ORDER BY ord")) {
            select.setInt(1, file);
            return symbols(select);
        }
    }

    private static List<Symbol> symbols(PreparedStatement select) throws SQLException {
        try (var rows = select.executeQuery()) {
            var symbols = new ArrayList<Symbol>();
            while (rows.next()) {
                var supers = rows.getString(10);
                symbols.add(
                        new Symbol(
                                rows.getInt(1),
                                rows.getInt(2),
                                rows.getString(3),
                                Kind.valueOf(rows.getString(4)),
                                rows.getString(5),
                                rows.getInt(6),
                                rows.getInt(7),
                                rows.getInt(8),
                                rows.getString(9),
                                supers.isEmpty() ? List.of() : Arrays.asList(supers.split(" "))));
            }
            return symbols;
        }
    }

    /** By the number of the file. */
    static Map<Integer, List<Use>> uses(Connection connection, String name) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT file, data FROM uses WHERE name = (SELECT id FROM names WHERE text"
                                + " = ?)")) {
            select.setString(1, name);
            try (var rows = select.executeQuery()) {
                var uses = new LinkedHashMap<Integer, List<Use>>();
                while (rows.next()) {
                    uses.put(rows.getInt(1), Packed.unpack(rows.getBytes(2)));
                }
                return uses;
            }
        }
    }

    /** All names that something is defined under. */
    static List<String> definedNames(Connection connection) throws SQLException {
        try (var select =
                        connection.prepareStatement(
                                "SELECT text FROM names WHERE id IN (SELECT name FROM symbols)"
                                        + " ORDER BY text");
                var rows = select.executeQuery()) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    @Override
    public void close() {
        synchronized (readers) {
            closed = true;
            readers.forEach(IndexDatabase::closeQuietly);
            readers.clear();
        }
        closeQuietly(writer);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException nothingIsLost) {
            // what was committed is on the disk
        }
    }
}
