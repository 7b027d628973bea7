package io.lynkr.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@link FakeUpstream} writes back: a status, headers and a body in frames (the events of a
 * stream; one frame for a whole body), and everything that shall go wrong on the way. Every method
 * gives a changed copy.
 */
public record Reply(
        int status,
        List<Header> headers,
        List<byte[]> frames,
        Framing framing,
        Pace pace,
        Cut cut,
        Split split,
        boolean gzip) {

    /** How the end of the body is told. */
    public sealed interface Framing {
        /** The honest length. */
        record Length() implements Framing {}

        /** A length that may be a lie. */
        record ClaimedLength(long length) implements Framing {}

        record Chunked() implements Framing {}

        /** Neither length nor chunks: the body ends with the connection. */
        record UntilClose() implements Framing {}

        /** The frames are all there is on the wire, not even a head is written. */
        record Raw() implements Framing {}
    }

    /** When things are written. A gate with number n stands before frame n (0 is the first). */
    public record Pace(
            Duration beforeHead,
            Duration beforeFirst,
            Duration between,
            Optional<Gate> headGate,
            Map<Integer, Gate> gates,
            boolean endless) {
        public Pace {
            gates = Map.copyOf(gates);
        }

        Pace withBeforeHead(Duration delay) {
            return new Pace(delay, beforeFirst, between, headGate, gates, endless);
        }

        Pace withBeforeFirst(Duration delay) {
            return new Pace(beforeHead, delay, between, headGate, gates, endless);
        }

        Pace withBetween(Duration delay) {
            return new Pace(beforeHead, beforeFirst, delay, headGate, gates, endless);
        }

        Pace withHeadGate(Gate gate) {
            return new Pace(beforeHead, beforeFirst, between, Optional.of(gate), gates, endless);
        }

        Pace withGate(int frame, Gate gate) {
            var more = new HashMap<>(gates);
            more.put(frame, gate);
            return new Pace(beforeHead, beforeFirst, between, headGate, more, endless);
        }

        Pace withoutEnd() {
            return new Pace(beforeHead, beforeFirst, between, headGate, gates, true);
        }
    }

    /** Where the reply stops short, counted in frames or in body bytes, and how it ends. */
    public record Cut(OptionalInt afterFrames, OptionalInt afterBytes, Ending ending) {}

    /** Where the body is torn into separate writes: at every n-th byte, or at these offsets. */
    public record Split(int every, List<Integer> at) {
        public Split {
            at = List.copyOf(at);
        }
    }

    public enum Ending {
        /** As the framing says; a cut reply with this ending is closed like {@link #CLOSE}. */
        COMPLETE,
        /** TCP reset. */
        RESET,
        /** FIN, without the closing chunk or the promised bytes. */
        CLOSE,
        /** FIN of our side only; what the peer still sends is read. */
        HALF_CLOSE,
        /** A chunk that promises more than comes, then FIN. */
        TRUNCATED_CHUNK,
        /** Nothing more, ever; the connection stays open until the peer leaves. */
        HANG
    }

    private static final Pace AT_ONCE =
            new Pace(
                    Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty(), Map.of(), false);
    private static final Cut UNCUT =
            new Cut(OptionalInt.empty(), OptionalInt.empty(), Ending.COMPLETE);
    private static final Split UNSPLIT = new Split(0, List.of());

    public Reply {
        headers = List.copyOf(headers);
        frames = List.copyOf(frames);
    }

    public static Reply of(int status, String contentType, String body) {
        return new Reply(
                status,
                List.of(new Header("content-type", contentType)),
                List.of(utf8(body)),
                new Framing.Length(),
                AT_ONCE,
                UNCUT,
                UNSPLIT,
                false);
    }

    public static Reply json(int status, String body) {
        return of(status, "application/json", body);
    }

    public static Reply json(int status, Json body) {
        return json(status, body.toString());
    }

    public static Reply html(int status, String body) {
        return of(status, "text/html; charset=utf-8", body);
    }

    /** Server-sent events: each frame as it stands, blank line included. */
    public static Reply sse(List<String> frames) {
        return stream("text/event-stream; charset=utf-8", frames);
    }

    /** One JSON text a line. */
    public static Reply ndjson(List<String> lines) {
        return stream("application/x-ndjson", lines.stream().map(line -> line + "\n").toList());
    }

    public static Reply stream(String contentType, List<String> frames) {
        return of(200, contentType, "")
                .withFrames(frames.stream().map(Reply::utf8).toList())
                .framing(new Framing.Chunked());
    }

    /** Bytes that need not be HTTP at all; the connection is closed after them. */
    public static Reply garbage(byte[] bytes) {
        return of(0, "", "")
                .withFrames(List.of(bytes))
                .framing(new Framing.Raw())
                .ending(Ending.CLOSE);
    }

    /** No byte at all: the connection is reset as soon as the request is read. */
    public static Reply reset() {
        return garbage(new byte[0]).ending(Ending.RESET);
    }

    /** No byte at all, and the connection stays open. */
    public static Reply silence() {
        return garbage(new byte[0]).ending(Ending.HANG);
    }

    public Reply withStatus(int newStatus) {
        return new Reply(newStatus, headers, frames, framing, pace, cut, split, gzip);
    }

    /** Adds a header, or replaces the one of that name. */
    public Reply header(String name, String value) {
        var changed = new ArrayList<>(headers.stream().filter(h -> !h.is(name)).toList());
        changed.add(new Header(name, value));
        return new Reply(status, changed, frames, framing, pace, cut, split, gzip);
    }

    public Reply withFrames(List<byte[]> newFrames) {
        return new Reply(status, headers, newFrames, framing, pace, cut, split, gzip);
    }

    public Reply framing(Framing newFraming) {
        return new Reply(status, headers, frames, newFraming, pace, cut, split, gzip);
    }

    /** Claims this content-length, whatever the body is; too long a claim ends in a close. */
    public Reply contentLength(long claimed) {
        return framing(new Framing.ClaimedLength(claimed));
    }

    public Reply untilClose() {
        return framing(new Framing.UntilClose());
    }

    public Reply delayHead(Duration delay) {
        return pace(pace.withBeforeHead(delay));
    }

    public Reply delayFirst(Duration delay) {
        return pace(pace.withBeforeFirst(delay));
    }

    public Reply delayBetween(Duration delay) {
        return pace(pace.withBetween(delay));
    }

    /** Not even the head goes out before this gate opens. */
    public Reply holdHead(Gate gate) {
        return pace(pace.withHeadGate(gate));
    }

    /**
     * Frame number {@code frame} (0 is the first) waits for this gate; one past the last: the end.
     */
    public Reply holdBefore(int frame, Gate gate) {
        return pace(pace.withGate(frame, gate));
    }

    /** After the last frame that frame comes again and again, until the peer leaves. */
    public Reply endless() {
        return pace(pace.withoutEnd());
    }

    /** Stops after this many frames, by a reset unless {@link #ending} says otherwise. */
    public Reply cutAfterFrames(int count) {
        return cut(new Cut(OptionalInt.of(count), OptionalInt.empty(), cutEnding()));
    }

    /** Stops after this many body bytes, by a reset unless {@link #ending} says otherwise. */
    public Reply cutAfterBytes(int count) {
        return cut(new Cut(OptionalInt.empty(), OptionalInt.of(count), cutEnding()));
    }

    public Reply ending(Ending ending) {
        return cut(new Cut(cut.afterFrames, cut.afterBytes, ending));
    }

    /** Writes the body in pieces of this many bytes, each its own chunk and its own write. */
    public Reply splitEvery(int bytes) {
        return new Reply(
                status, headers, frames, framing, pace, cut, new Split(bytes, List.of()), gzip);
    }

    /** Tears the body at these byte offsets. */
    public Reply splitAt(int... offsets) {
        var at = Arrays.stream(offsets).boxed().toList();
        return new Reply(status, headers, frames, framing, pace, cut, new Split(0, at), gzip);
    }

    /** Sends the body compressed, flushed frame by frame. */
    public Reply gzipped() {
        return new Reply(status, headers, frames, framing, pace, cut, split, true)
                .header("content-encoding", "gzip");
    }

    /** The body as it is meant, before any fault. */
    public String text() {
        var text = new StringBuilder();
        frames.forEach(frame -> text.append(new String(frame, StandardCharsets.UTF_8)));
        return text.toString();
    }

    private Ending cutEnding() {
        return cut.ending == Ending.COMPLETE ? Ending.RESET : cut.ending;
    }

    private Reply pace(Pace newPace) {
        return new Reply(status, headers, frames, framing, newPace, cut, split, gzip);
    }

    private Reply cut(Cut newCut) {
        return new Reply(status, headers, frames, framing, pace, newCut, split, gzip);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
