package io.lynkr.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What every store of sessions does. */
public abstract class SessionStoreContract {
    private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_123L);
    private static final String U1 = "{'role':'user','content':'one'}";
    private static final String U2 = "{'role':'user','content':'two'}";
    private static final String U3 = "{'role':'user','content':'three'}";

    /** An empty store. */
    protected abstract SessionStore store() throws IOException;

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        var store = store();
        var turn = turn("s", "größe", U1);

        store.append(List.of(turn));

        var kept = store.turns("", "s", 0, 10).getFirst();
        assertThat(kept.talk()).isEqualTo(turn.talk());
        assertThat(kept.begunAt()).isEqualTo(NOW);
        assertThat(kept.took()).isEqualTo(turn.took());
        assertThat(kept.messages()).isEqualTo(turn.messages());
        assertThat(kept.answer()).isEqualTo(turn.answer());
        assertThat(kept.facts()).isEqualTo(turn.facts());
        assertThat(kept.history()).isEqualTo(History.BEGINS);
        assertThat(kept.after()).isEmpty();
    }

    @Test
    void keepsOnlyWhatIsNew() throws IOException {
        var store = store();
        store.append(List.of(turn("s", "a1", U1)));
        store.append(List.of(turn("s", "a2", U1, said("a1"), U2)));
        store.append(List.of(turn("s", "a3", U1, said("a1"), U2, said("a2"), U3)));

        var turns = store.turns("", "s", 0, 10);

        assertThat(turns).extracting(KeptTurn::messages).containsExactly(all(U1), all(U2), all(U3));
        assertThat(turns)
                .extracting(KeptTurn::history)
                .containsExactly(History.BEGINS, History.CONTINUES, History.CONTINUES);
        assertThat(turns).extracting(KeptTurn::earlier).containsExactly(0, 2, 4);
        assertThat(turns.get(2).after()).hasValue(turns.get(1).id());
    }

    @Test
    void seesThroughOtherWordsForTheSameMessages() throws IOException {
        var store = store();
        store.append(List.of(turn("s", "a1", U1)));
        store.append(
                List.of(
                        turn(
                                "s",
                                "a2",
                                "{'content':[{'type':'text','text':'one','cache_control':{'type':'ephemeral'}}],'role':'user'}",
                                "{'role':'assistant','content':[{'text':'a1','citations':null,'type':'text'}]}",
                                U2)));

        assertThat(store.turns("", "s", 0, 10).get(1).messages()).isEqualTo(all(U2));
    }

    @Test
    void keepsAnAnswerThatTheClientTellsOtherwise() throws IOException {
        var store = store();
        store.append(List.of(turn("s", "a1", U1)));
        store.append(List.of(turn("s", "a2", U1, said("not what was said"), U2)));

        var second = store.turns("", "s", 0, 10).get(1);

        assertThat(second.messages()).isEqualTo(all(said("not what was said"), U2));
        assertThat(second.history()).isEqualTo(History.CONTINUES);
    }

    @Test
    void tellsThatTheHistoryWasEditedOrCompacted() throws IOException {
        var store = store();
        store.append(
                List.of(
                        turn("s", "a1", U1),
                        turn("s", "a2", U1, said("a1"), U2),
                        turn("s", "b2", U1, said("a1"), U3),
                        turn("s", "c", "{'role':'user','content':'a summary'}", said("ok"), U3),
                        turn("s", "b2 again", U1, said("a1"), U3)));

        var turns = store.turns("", "s", 0, 10);

        assertThat(turns)
                .extracting(KeptTurn::history)
                .containsExactly(
                        History.BEGINS,
                        History.CONTINUES,
                        History.BRANCHES,
                        History.REPLACES,
                        History.REPEATS);
        assertThat(turns.get(2).messages()).isEqualTo(all(U3));
        assertThat(turns.get(2).after()).hasValue(turns.get(0).id());
        assertThat(turns.get(3).messages()).hasSize(3);
        assertThat(turns.get(4).messages()).isEmpty();
        assertThat(turns.get(4).after()).hasValue(turns.get(2).id());
    }

    @Test
    void aQuestionAsideDoesNotMakeTheHistoryNew() throws IOException {
        var store = store();
        store.append(
                List.of(
                        turn("s", "a1", U1),
                        turn("s", "a title", U3),
                        turn("s", "a2", U1, said("a1"), U2)));

        assertThat(store.turns("", "s", 0, 10).get(2).messages()).isEqualTo(all(U2));
    }

    @Test
    void keepsAgentsAndOwnersApart() throws IOException {
        var store = store();
        store.append(List.of(turn(new Talk("", "s", ""), NOW, "a1", U1)));
        store.append(List.of(turn(new Talk("", "s", "helper"), NOW, "a1", U1)));
        store.append(List.of(turn(new Talk("ann", "s", ""), NOW, "a1", U1)));

        assertThat(store.turns("", "s", 0, 10))
                .extracting(turn -> turn.talk().agent(), KeptTurn::history)
                .containsExactly(tuple("", History.BEGINS), tuple("helper", History.BEGINS));
        assertThat(store.turns("ann", "s", 0, 10)).hasSize(1);
        assertThat(store.turns("bob", "s", 0, 10)).isEmpty();
        assertThat(store.find("bob", "s")).isEmpty();
        assertThat(store.delete("bob", "s")).isFalse();
    }

    @Test
    void isReadByPage() throws IOException {
        var store = store();
        for (int i = 0; i < 5; i++) {
            store.append(List.of(turn("s", "a" + i, "{'role':'user','content':'" + i + "'}")));
            store.append(List.of(turn("other", "b", U1)));
        }

        var first = store.turns("", "s", 0, 2);
        var second = store.turns("", "s", first.getLast().id(), 2);
        var third = store.turns("", "s", second.getLast().id(), 2);

        assertThat(List.of(first.size(), second.size(), third.size())).containsExactly(2, 2, 1);
        assertThat(third.getFirst().answer().orElseThrow()).isEqualTo(json(said("a4")));
        assertThat(store.turns("", "s", third.getLast().id(), 2)).isEmpty();
    }

    @Test
    void sumsSessionsUp() throws IOException {
        var store = store();
        store.append(
                List.of(
                        turn(new Talk("", "old", ""), NOW, "a", U1),
                        turn(new Talk("", "new", ""), NOW.plusSeconds(5), "a", U1),
                        turn(new Talk("", "new", "x"), NOW.plusSeconds(9), "a", U1)));

        assertThat(store.list(10)).extracting(SessionSummary::id).containsExactly("new", "old");
        assertThat(store.list(1)).hasSize(1);
        var found = store.find("", "new").orElseThrow();
        assertThat(found.turns()).isEqualTo(2);
        assertThat(found.createdAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(found.updatedAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(found.bytes()).isPositive();
    }

    @Test
    void deletesASession() throws IOException {
        var store = store();
        store.append(List.of(turn("s", "a", U1), turn("t", "a", U1)));

        assertThat(store.delete("", "s")).isTrue();

        assertThat(store.delete("", "s")).isFalse();
        assertThat(store.find("", "s")).isEmpty();
        assertThat(store.find("", "t")).isPresent();
    }

    @Test
    void forgetsByAge() throws IOException {
        var store = store();
        store.append(
                List.of(
                        turn(new Talk("", "s", ""), NOW.minusSeconds(100), "a", U1),
                        turn(new Talk("", "s", ""), NOW, "b", U2)));

        assertThat(store.forget(NOW.minusSeconds(50), Long.MAX_VALUE)).isEqualTo(1);
        assertThat(store.turns("", "s", 0, 10)).hasSize(1);
        assertThat(store.forget(Instant.EPOCH, Long.MAX_VALUE)).isZero();
    }

    @Test
    void forgetsTheOldestBySizeAndKeepsTheNewest() throws IOException {
        var store = store();
        for (int i = 0; i < 10; i++) {
            store.append(
                    List.of(turn("s", "x".repeat(1_000), "{'role':'user','content':'" + i + "'}")));
        }

        assertThat(store.forget(Instant.EPOCH, 5_000)).isBetween(5, 7);
        var left = store.turns("", "s", 0, 10);
        assertThat(left.getLast().messages().toString()).contains("9");
        store.forget(Instant.EPOCH, 1);
        assertThat(store.turns("", "s", 0, 10)).containsExactly(left.getLast());
    }

    private static SessionTurn turn(String session, String answer, String... messages) {
        return turn(new Talk("", session, ""), NOW, answer, messages);
    }

    private static SessionTurn turn(Talk talk, Instant at, String answer, String... messages) {
        return new SessionTurn(
                talk,
                at,
                Duration.ofMillis(1_234),
                all(messages),
                Optional.of(json(said(answer))),
                JsonObject.of("outcome", "served").with("usage", JsonObject.of("x", "y")));
    }

    private static String said(String text) {
        return "{'role':'assistant','content':[{'type':'text','text':'" + text + "'}]}";
    }

    private static List<JsonObject> all(String... messages) {
        return Arrays.stream(messages).map(SessionStoreContract::json).toList();
    }

    private static JsonObject json(String text) {
        return JsonValue.parse(text.replace('\'', '"')).asObject().orElseThrow();
    }
}
