package io.lynkr.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.BitSet;

/**
 * Which groups of three bytes a file has, as a Bloom filter: it may say yes where it is no, at one
 * in twenty, but never no where it is yes. Capital letters count as small ones.
 */
final class Trigrams {
    private static final int BITS_EACH = 8;
    private static final int MOST_BITS = 1 << 19;

    private Trigrams() {}

    static byte[] of(byte[] text) {
        var seen = new BitSet(1 << 16);
        var all = new int[Math.max(0, text.length - 2)];
        int count = 0;
        for (int i = 0; i + 2 < text.length; i++) {
            int hash = hash(text, i);
            if (!seen.get(hash >>> 16)) {
                seen.set(hash >>> 16);
                all[count++] = hash;
            }
        }
        int bits = Integer.highestOneBit(Math.clamp(count * (long) BITS_EACH, 64, MOST_BITS));
        var filter = new byte[bits / 8];
        // Those that share the upper half of their hash with another were not counted, but are set.
        for (int i = 0; i + 2 < text.length; i++) {
            set(filter, hash(text, i));
        }
        return filter;
    }

    /** Whether a file can hold a text. */
    static boolean mayHold(byte[] filter, String text) {
        var bytes = text.getBytes(UTF_8);
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (!has(filter, hash(bytes, i))) {
                return false;
            }
        }
        return true;
    }

    private static void set(byte[] filter, int hash) {
        int bit = hash & filter.length * 8 - 1;
        filter[bit >>> 3] |= (byte) (1 << (bit & 7));
    }

    private static boolean has(byte[] filter, int hash) {
        int bit = hash & filter.length * 8 - 1;
        return (filter[bit >>> 3] & 1 << (bit & 7)) != 0;
    }

    private static int hash(byte[] text, int at) {
        int three = lower(text[at]) << 16 | lower(text[at + 1]) << 8 | lower(text[at + 2]);
        int mixed = three * 0x9E3779B1;
        return mixed ^ mixed >>> 15;
    }

    private static int lower(byte letter) {
        return (letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) & 0xFF;
    }
}
