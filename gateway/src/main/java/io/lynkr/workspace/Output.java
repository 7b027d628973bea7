package io.lynkr.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a program wrote to one channel.
 *
 * @param head its beginning, or all of it
 * @param tail its end, if something between was left out
 * @param leftOut how many bytes were left out between the two
 */
public record Output(String head, String tail, long leftOut) {

    /** All that was kept, with a line that says what was left out. */
    public String text() {
        return leftOut == 0
                ? head + tail
                : "%s%n[... %,d bytes left out ...]%n%s".formatted(head, leftOut, tail);
    }

    public boolean isCut() {
        return leftOut > 0;
    }

    /** Keeps the first and the last bytes of a stream. Guarded by itself. */
    static final class Collector {
        private final byte[] head;
        private final byte[] ring;
        private int headSize;
        private long beyondHead;

        Collector(int most) {
            head = new byte[most - most / 2];
            ring = new byte[most / 2];
        }

        synchronized void add(byte[] bytes, int count) {
            int toHead = Math.min(count, head.length - headSize);
            System.arraycopy(bytes, 0, head, headSize, toHead);
            headSize += toHead;
            for (int i = toHead; i < count; i++) {
                ring[(int) (beyondHead++ % ring.length)] = bytes[i];
            }
        }

        synchronized Output output() {
            int kept = (int) Math.min(beyondHead, ring.length);
            var end = new byte[kept];
            for (int i = 0; i < kept; i++) {
                end[i] = ring[(int) ((beyondHead - kept + i) % ring.length)];
            }
            if (beyondHead <= ring.length) {
                var all = new byte[headSize + kept];
                System.arraycopy(head, 0, all, 0, headSize);
                System.arraycopy(end, 0, all, headSize, kept);
                return new Output(new String(all, UTF_8), "", 0);
            }
            return new Output(
                    new String(head, 0, headSize, UTF_8),
                    new String(end, UTF_8),
                    beyondHead - ring.length);
        }
    }
}
