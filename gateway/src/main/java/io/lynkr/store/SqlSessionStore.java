package io.lynkr.store;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.session.History;
import io.lynkr.session.KeptTurn;
import io.lynkr.session.NewPart;
import io.lynkr.session.SessionStore;
import io.lynkr.session.SessionSummary;
import io.lynkr.session.SessionTurn;
import io.lynkr.session.Talk;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The turns of all sessions in one table. */
public final class SqlSessionStore implements SessionStore {
    private static final String INSERT =
            """
            INSERT INTO session_turns (owner, session_id, agent, begun_at, took_millis, history,
                after_turn, earlier_messages, digest, answer_digest, bytes, messages, answer, facts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String WITH_DIGEST =
            """
            SELECT id, answer_digest, EXISTS (
                SELECT 1 FROM session_turns next
                WHERE next.after_turn = turn.id AND next.digest <> turn.digest) AS continued
            FROM session_turns turn
            WHERE owner = ? AND session_id = ? AND agent = ? AND digest = ?
            ORDER BY id DESC
            """;

    private static final String SUMMARIES =
            """
            SELECT owner, session_id, min(begun_at) AS created_at, max(begun_at) AS updated_at,
                count(*) AS turns, sum(bytes) AS bytes
            FROM session_turns
            """;

    private static final String FORGET =
            """
            DELETE FROM session_turns WHERE id IN (
                SELECT id FROM (
                    SELECT id, begun_at, sum(bytes) OVER (ORDER BY id DESC) AS bytes
                    FROM session_turns) AS aged
                WHERE begun_at < ? OR bytes > ?)
            AND id <> (SELECT max(id) FROM session_turns)
            """;

    private final SqlDatabase database;

    public SqlSessionStore(SqlDatabase database) {
        this.database = database;
    }

    @Override
    public void append(List<SessionTurn> turns) throws IOException {
        database.write(
                connection -> {
                    // What follows on what would be wrong if two gateways added to one talk.
                    database.lock(
                            connection, turns.stream().mapToInt(turn -> turn.talk().hashCode()));
                    for (var turn : turns) {
                        insert(
                                connection,
                                turn,
                                NewPart.of(turn, new Heads(connection, turn.talk())));
                    }
                    return turns.size();
                });
    }

    private static void insert(Connection connection, SessionTurn turn, NewPart part)
            throws SQLException {
        var messages = JsonArray.copyOf(part.messages()).toString();
        var answer = turn.answer().map(JsonObject::toString);
        var facts = turn.facts().toString();
        try (var insert = connection.prepareStatement(INSERT)) {
            bind(insert, turn.talk());
            insert.setLong(4, turn.begunAt().toEpochMilli());
            insert.setLong(5, turn.took().toMillis());
            Columns.set(insert, 6, part.history().word());
            if (part.after().isPresent()) {
                insert.setLong(7, part.after().getAsLong());
            } else {
                insert.setNull(7, Types.BIGINT);
            }
            insert.setInt(8, part.earlier());
            Columns.set(insert, 9, part.digest());
            Columns.set(insert, 10, part.answerDigest());
            insert.setLong(
                    11,
                    (long) messages.length()
                            + answer.map(String::length).orElse(0)
                            + facts.length());
            Columns.set(insert, 12, messages);
            Columns.set(insert, 13, answer);
            Columns.set(insert, 14, facts);
            insert.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Talk talk) throws SQLException {
        Columns.set(statement, 1, talk.owner());
        Columns.set(statement, 2, talk.session());
        Columns.set(statement, 3, talk.agent());
    }

    /** Looks inside the transaction that will add the turn. */
    private record Heads(Connection connection, Talk talk) implements NewPart.Heads<SQLException> {
        @Override
        public boolean isEmpty() throws SQLException {
            try (var select =
                    connection.prepareStatement(
                            "SELECT 1 FROM session_turns WHERE owner = ? AND session_id = ? AND"
                                    + " agent = ? LIMIT 1")) {
                bind(select, talk);
                try (var rows = select.executeQuery()) {
                    return !rows.next();
                }
            }
        }

        @Override
        public List<NewPart.Head> with(String digest) throws SQLException {
            try (var select = connection.prepareStatement(WITH_DIGEST)) {
                bind(select, talk);
                select.setString(4, digest);
                try (var rows = select.executeQuery()) {
                    var heads = new ArrayList<NewPart.Head>();
                    while (rows.next()) {
                        heads.add(
                                new NewPart.Head(
                                        rows.getLong("id"),
                                        Columns.neededText(rows, "answer_digest"),
                                        rows.getBoolean("continued")));
                    }
                    return heads;
                }
            }
        }
    }

    @Override
    public Optional<SessionSummary> find(String owner, String session) throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    SUMMARIES
                                            + " WHERE owner = ? AND session_id = ? GROUP BY"
                                            + " owner, session_id")) {
                        Columns.set(select, 1, owner);
                        Columns.set(select, 2, session);
                        return summaries(select).stream().findFirst();
                    }
                });
    }

    @Override
    public List<SessionSummary> list(int most) throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    SUMMARIES
                                            + " GROUP BY owner, session_id ORDER BY updated_at DESC"
                                            + " LIMIT ?")) {
                        select.setInt(1, most);
                        return summaries(select);
                    }
                });
    }

    private static List<SessionSummary> summaries(PreparedStatement select) throws SQLException {
        try (var rows = select.executeQuery()) {
            var summaries = new ArrayList<SessionSummary>();
            while (rows.next()) {
                summaries.add(
                        new SessionSummary(
                                Columns.neededText(rows, "owner"),
                                Columns.neededText(rows, "session_id"),
                                Instant.ofEpochMilli(rows.getLong("created_at")),
                                Instant.ofEpochMilli(rows.getLong("updated_at")),
                                rows.getLong("turns"),
                                rows.getLong("bytes")));
            }
            return summaries;
        }
    }

    @Override
    public List<KeptTurn> turns(String owner, String session, long after, int most)
            throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    "SELECT * FROM session_turns WHERE owner = ? AND session_id ="
                                            + " ? AND id > ? ORDER BY id LIMIT ?")) {
                        Columns.set(select, 1, owner);
                        Columns.set(select, 2, session);
                        select.setLong(3, after);
                        select.setInt(4, most);
                        try (var rows = select.executeQuery()) {
                            var turns = new ArrayList<KeptTurn>();
                            while (rows.next()) {
                                turns.add(turn(rows));
                            }
                            return turns;
                        }
                    }
                });
    }

    private static KeptTurn turn(ResultSet rows) throws SQLException {
        long after = rows.getLong("after_turn");
        return new KeptTurn(
                rows.getLong("id"),
                new Talk(
                        Columns.neededText(rows, "owner"),
                        Columns.neededText(rows, "session_id"),
                        Columns.neededText(rows, "agent")),
                Instant.ofEpochMilli(rows.getLong("begun_at")),
                Duration.ofMillis(rows.getLong("took_millis")),
                History.of(Columns.neededText(rows, "history")),
                after == 0 ? OptionalLong.empty() : OptionalLong.of(after),
                rows.getInt("earlier_messages"),
                JsonValue.parse(Columns.neededText(rows, "messages"))
                        .asArray()
                        .orElse(JsonArray.EMPTY)
                        .objects(),
                Columns.text(rows, "answer").map(JsonObject::parse),
                JsonObject.parse(Columns.neededText(rows, "facts")));
    }

    @Override
    public boolean delete(String owner, String session) throws IOException {
        return database.write(
                connection -> {
                    try (var delete =
                            connection.prepareStatement(
                                    "DELETE FROM session_turns WHERE owner = ? AND session_id ="
                                            + " ?")) {
                        Columns.set(delete, 1, owner);
                        Columns.set(delete, 2, session);
                        return delete.executeUpdate() > 0;
                    }
                });
    }

    @Override
    public int forget(Instant before, long mostBytes) throws IOException {
        return database.write(
                connection -> {
                    try (var delete = connection.prepareStatement(FORGET)) {
                        delete.setLong(1, before.toEpochMilli());
                        delete.setLong(2, mostBytes);
                        return delete.executeUpdate();
                    }
                });
    }
}
