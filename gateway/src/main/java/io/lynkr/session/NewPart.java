package io.lynkr.session;

import io.lynkr.json.JsonObject;

import java.util.List;
import java.util.OptionalLong;

/**
 * What of a turn is kept, since the rest is kept already.
 *
 * @param history how it goes on from what is there
 * @param after the turn that it goes on from
 * @param earlier how many messages of the request are not kept again
 * @param messages of the request that are kept now
 * @param digest of the request's whole history
 * @param answerDigest of the answer, by which the next request's echo of it is known; empty if
 *     there was none
 */
public record NewPart(
        History history,
        OptionalLong after,
        int earlier,
        List<JsonObject> messages,
        String digest,
        String answerDigest) {

    /**
     * A turn that is kept.
     *
     * @param isContinued whether another turn goes on from it
     */
    public record Head(long id, String answerDigest, boolean isContinued) {}

    /**
     * The turns of one talk that are kept.
     *
     * @param <E> how looking may fail
     */
    public interface Heads<E extends Exception> {
        /** Whether there are none. */
        boolean isEmpty() throws E;

        /** Those with exactly this history, the newest first. */
        List<Head> with(String digest) throws E;
    }

    /** Compares a turn with what is kept of its talk. */
    public static <E extends Exception> NewPart of(SessionTurn turn, Heads<E> heads) throws E {
        var messages = turn.messages();
        var digests = Digests.ofPrefixes(messages);
        var answer = turn.answer().map(Digests::ofMessage).orElse(Digests.NONE);
        for (int length = messages.size(); length > 0; length--) {
            var found = heads.with(digests.get(length));
            if (!found.isEmpty()) {
                return after(found, length, messages, digests.getLast(), answer);
            }
        }
        return new NewPart(
                heads.isEmpty() ? History.BEGINS : History.REPLACES,
                OptionalLong.empty(),
                0,
                messages,
                digests.getLast(),
                answer);
    }

    private static NewPart after(
            List<Head> found, int length, List<JsonObject> messages, String digest, String answer) {
        if (length == messages.size()) {
            return new NewPart(
                    History.REPEATS,
                    OptionalLong.of(found.getFirst().id()),
                    length,
                    List.of(),
                    digest,
                    answer);
        }
        var echo = Digests.ofMessage(messages.get(length));
        var echoed = found.stream().filter(head -> head.answerDigest().equals(echo)).findFirst();
        var head = echoed.orElseGet(found::getFirst);
        int earlier = echoed.isPresent() ? length + 1 : length;
        return new NewPart(
                head.isContinued() ? History.BRANCHES : History.CONTINUES,
                OptionalLong.of(head.id()),
                earlier,
                messages.subList(earlier, messages.size()),
                digest,
                answer);
    }
}
