package io.lynkr.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What the reader finds is what the standard says, and never depends on how bytes arrive. */
class SseReaderTest {
    private static final List<String> PIECES =
            List.of(
                    "\n",
                    "\r\n",
                    "\r",
                    "\n",
                    "\n\n",
                    "\r\n\r\n",
                    "\r\r",
                    "\uFEFF",
                    ":",
                    ": note",
                    "data",
                    "data:",
                    "data: ",
                    "data:  x",
                    "data: {\"é\":\"😀\"}",
                    "event: ping",
                    "event:",
                    "event",
                    "id: 7",
                    "retry: 10",
                    "x",
                    " ",
                    "日");

    /** A frame as people see it. */
    private record Seen(String name, boolean hasData, String data) {}

    @Property(tries = 5_000)
    void findsTheSameHoweverTheNetworkCutsIt(@ForAll long seed) {
        var random = new Random(seed);
        byte[] bytes = text(random).getBytes(UTF_8);

        var whole = shown(read(bytes, List.of()));

        assertThat(shown(read(bytes, cuts(bytes.length, random)))).isEqualTo(whole);
        assertThat(shown(read(bytes, everywhere(bytes.length)))).isEqualTo(whole);
    }

    @Property(tries = 5_000)
    void findsWhatTheStandardSays(@ForAll long seed) {
        var text = text(new Random(seed));

        var seen = read(text.getBytes(UTF_8), List.of()).stream().map(SseReaderTest::seen).toList();

        assertThat(seen).isEqualTo(standard(text));
    }

    @Property(tries = 2_000)
    void passesEveryByteOnExceptBlankLines(@ForAll long seed) {
        byte[] bytes = text(new Random(seed)).getBytes(UTF_8);

        var passed = new ByteArrayOutputStream();
        for (var frame : read(bytes, everywhere(bytes.length))) {
            passed.write(frame.buffer(), frame.from(), frame.to() - frame.from());
        }

        assertThat(withoutLineEnds(passed.toString(UTF_8)))
                .isEqualTo(withoutLineEnds(withoutMark(new String(bytes, UTF_8))));
    }

    @Test
    void handsOverAFrameAtOnceWhateverItsLineEnds() {
        for (var end : List.of("\n\n", "\r\n\r\n", "\r\r")) {
            var frames = new ArrayList<SseFrame>();
            byte[] bytes = ("data: x" + end).getBytes(UTF_8);

            new SseReader(100).feed(bytes, 0, bytes.length, frames::add);

            assertThat(frames).singleElement().extracting(SseReaderTest::text).isEqualTo("x");
        }
    }

    @Test
    void refusesAFrameThatGrowsWithoutEnd() {
        var reader = new SseReader(100);
        byte[] bytes = "data: 90 bytes to go".getBytes(UTF_8);

        for (int i = 0; i < 5; i++) {
            reader.feed(bytes, 0, bytes.length, _ -> {});
        }

        assertThatThrownBy(() -> reader.feed(bytes, 0, bytes.length, _ -> {}))
                .isInstanceOf(SseException.class)
                .hasMessageContaining("100");
    }

    private static String text(SseFrame frame) {
        return new String(frame.data(), UTF_8);
    }

    private static Seen seen(SseFrame frame) {
        assertThat(frame.isNamed("ping")).isEqualTo(frame.name().equals("ping"));
        return new Seen(frame.name(), frame.hasData(), text(frame));
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static List<Integer> cuts(int length, Random random) {
        return random.ints(random.nextInt(8), 0, length + 1).sorted().boxed().toList();
    }

    private static List<Integer> everywhere(int length) {
        return IntStream.range(0, length).boxed().toList();
    }

    private static List<SseFrame> read(byte[] bytes, List<Integer> cuts) {
        var reader = new SseReader(1 << 20);
        var frames = new ArrayList<SseFrame>();
        int from = 0;
        for (int cut : cuts) {
            // A copy, so that nobody can look beyond what has arrived.
            byte[] piece = Arrays.copyOfRange(bytes, from, cut);
            reader.feed(piece, 0, piece.length, frame -> frames.add(frame.copy()));
            from = cut;
        }
        reader.feed(bytes, from, bytes.length, frame -> frames.add(frame.copy()));
        reader.end(frame -> frames.add(frame.copy()));
        return frames;
    }

    private static List<String> shown(List<SseFrame> frames) {
        return frames.stream()
                .map(f -> new String(f.buffer(), f.from(), f.to() - f.from(), UTF_8))
                .toList();
    }

    /**
     * The standard's rules, read off line by line; a comment is a frame here, and so is the end.
     */
    private static List<Seen> standard(String text) {
        var found = new ArrayList<Seen>();
        var name = "";
        var data = new ArrayList<String>();
        boolean blank = true;
        for (var line : (withoutMark(text) + "\n\n").split("\r\n|\n|\r", -1)) {
            if (line.isEmpty()) {
                if (!blank) {
                    found.add(new Seen(name, !data.isEmpty(), String.join("\n", data)));
                }
                name = "";
                data.clear();
                blank = true;
                continue;
            }
            blank = false;
            int colon = line.indexOf(':');
            var field = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (field.equals("data")) {
                data.add(value);
            } else if (field.equals("event")) {
                name = value;
            }
        }
        return found;
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String withoutLineEnds(String text) {
        return text.replaceAll("[\r\n]", "");
    }
}
