package io.lynkr.store.memory;

import io.lynkr.json.JsonObject;
import io.lynkr.session.KeptTurn;
import io.lynkr.session.NewPart;
import io.lynkr.session.SessionStore;
import io.lynkr.session.SessionSummary;
import io.lynkr.session.SessionTurn;
import io.lynkr.session.Talk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns in memory, as many of the newest as there is room for. Guarded by itself. */
public final class MemorySessionStore implements SessionStore {
    private final TreeMap<Long, Row> rows = new TreeMap<>();
    private final long room;
    private long lastId;

    /**
     * @param room for how many bytes, roughly
     */
    public MemorySessionStore(long room) {
        this.room = room;
    }

    private record Row(KeptTurn turn, String digest, String answerDigest, long bytes) {
        static Row of(KeptTurn turn, NewPart part) {
            return new Row(turn, part.digest(), part.answerDigest(), turn.toJson().sizeHint());
        }

        boolean isOf(String owner, String session) {
            return turn.talk().owner().equals(owner) && turn.talk().session().equals(session);
        }
    }

    @Override
    public synchronized void append(List<SessionTurn> turns) {
        for (var turn : turns) {
            var part = NewPart.of(turn, new Heads(turn.talk()));
            long id = ++lastId;
            rows.put(id, Row.of(alone(KeptTurn.of(id, turn, part)), part));
        }
        forget(Instant.EPOCH, room);
    }

    /** Without the request that its messages were read from, which holds the whole history. */
    private static KeptTurn alone(KeptTurn turn) {
        return new KeptTurn(
                turn.id(),
                turn.talk(),
                turn.begunAt(),
                turn.took(),
                turn.history(),
                turn.after(),
                turn.earlier(),
                turn.messages().stream().map(MemorySessionStore::copy).toList(),
                turn.answer().map(MemorySessionStore::copy),
                copy(turn.facts()));
    }

    private static JsonObject copy(JsonObject json) {
        return JsonObject.parse(json.toBytes());
    }

    private final class Heads implements NewPart.Heads<RuntimeException> {
        private final Talk talk;

        Heads(Talk talk) {
            this.talk = talk;
        }

        @Override
        public boolean isEmpty() {
            return rows.values().stream().noneMatch(row -> row.turn.talk().equals(talk));
        }

        @Override
        public List<NewPart.Head> with(String digest) {
            return rows.descendingMap().values().stream()
                    .filter(row -> row.turn.talk().equals(talk) && row.digest.equals(digest))
                    .map(row -> new NewPart.Head(row.turn.id(), row.answerDigest, continued(row)))
                    .toList();
        }

        private boolean continued(Row before) {
            return rows.values().stream()
                    .filter(row -> !row.digest.equals(before.digest))
                    .anyMatch(row -> row.turn.after().orElse(0) == before.turn.id());
        }
    }

    @Override
    public synchronized Optional<SessionSummary> find(String owner, String session) {
        var found = rows.values().stream().filter(row -> row.isOf(owner, session)).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(summary(found));
    }

    private static SessionSummary summary(SequencedCollection<Row> turns) {
        var first = turns.getFirst().turn;
        return new SessionSummary(
                first.talk().owner(),
                first.talk().session(),
                times(turns).min(Comparator.naturalOrder()).orElseThrow(),
                times(turns).max(Comparator.naturalOrder()).orElseThrow(),
                turns.size(),
                turns.stream().mapToLong(Row::bytes).sum());
    }

    private static Stream<Instant> times(Collection<Row> turns) {
        return turns.stream().map(row -> row.turn.begunAt());
    }

    @Override
    public synchronized List<SessionSummary> list(int most) {
        var sessions =
                rows.values().stream()
                        .collect(
                                Collectors.groupingBy(
                                        row ->
                                                List.of(
                                                        row.turn.talk().owner(),
                                                        row.turn.talk().session())));
        return sessions.values().stream()
                .map(MemorySessionStore::summary)
                .sorted(Comparator.comparing(SessionSummary::updatedAt).reversed())
                .limit(most)
                .toList();
    }

    @Override
    public synchronized List<KeptTurn> turns(String owner, String session, long after, int most) {
        return rows.tailMap(after, false).values().stream()
                .filter(row -> row.isOf(owner, session))
                .map(Row::turn)
                .limit(most)
                .toList();
    }

    @Override
    public synchronized boolean delete(String owner, String session) {
        return rows.values().removeIf(row -> row.isOf(owner, session));
    }

    @Override
    public synchronized int forget(Instant before, long mostBytes) {
        var gone = new ArrayList<Long>();
        long bytes = 0;
        for (var row : rows.descendingMap().values()) {
            bytes += row.bytes();
            boolean old = row.turn.begunAt().isBefore(before) || bytes > mostBytes;
            if (old && row.turn.id() != lastId) {
                gone.add(row.turn.id());
            }
        }
        gone.forEach(rows::remove);
        return gone.size();
    }
}
