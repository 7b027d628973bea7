package io.lynkr.sse;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into frames, wherever the network cut it. Accepts LF, CRLF and CR, a byte
 * order mark, and a last frame without its blank line; blank lines between frames are passed over.
 * Not safe for several threads.
 */
public final class SseReader {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int maxFrameLength;
    private byte[] pending = new byte[0];
    private int pendingLength;
    private boolean started;

    /**
     * @param maxFrameLength the largest frame in bytes that the reader holds
     */
    public SseReader(int maxFrameLength) {
        this.maxFrameLength = maxFrameLength;
    }

    /**
     * Takes the next bytes and hands over every frame that is complete now.
     *
     * @throws SseException if a frame grows beyond the limit
     */
    public void feed(byte[] chunk, int from, int to, Consumer<SseFrame> frames) {
        if (pendingLength == 0) {
            int used = cut(chunk, from, to, from, frames);
            keep(chunk, used, to);
        } else {
            int searchFrom = Math.max(0, pendingLength - 3);
            keep(chunk, from, to);
            // The handler must not see the buffer change, so it gets its own while frames are out.
            var whole = pending;
            int length = pendingLength;
            pending = new byte[0];
            pendingLength = 0;
            int used = cut(whole, 0, length, searchFrom, frames);
            keep(whole, used, length);
        }
    }

    /** The stream ended: hands over a last frame that lacks its blank line, if there is one. */
    public void end(Consumer<SseFrame> frames) {
        if (!isTold(pending, 0, pendingLength)) {
            return;
        }
        var last = Arrays.copyOf(pending, pendingLength + 2);
        last[pendingLength] = '\n';
        last[pendingLength + 1] = '\n';
        pendingLength = 0;
        frames.accept(new SseFrame(last, 0, last.length));
    }

    /** Hands over complete frames; returns where the incomplete rest starts. */
    private int cut(byte[] bytes, int from, int to, int searchFrom, Consumer<SseFrame> frames) {
        int frame = skipMark(bytes, from, to);
        for (int at = Math.max(frame, searchFrom); at < to; at++) {
            byte b = bytes[at];
            if ((b == '\n' && endsBlankLine(bytes, frame, at))
                    || (b == '\r' && isBlankLine(bytes, frame, at, to))) {
                if (at + 1 - frame > 2) {
                    frames.accept(new SseFrame(bytes, frame, at + 1));
                }
                frame = at + 1;
            }
        }
        return frame;
    }

    /** Whether the line that ends here is empty, so that the frame is complete. */
    private static boolean endsBlankLine(byte[] bytes, int frame, int lineFeed) {
        int before = lineFeed - 1;
        if (before >= frame && bytes[before] == '\r') {
            before--;
        }
        return before < frame || bytes[before] == '\n';
    }

    /**
     * Whether a carriage return is an empty line by itself. After a line feed it is more likely the
     * first half of CRLF, so the next byte decides.
     */
    private static boolean isBlankLine(byte[] bytes, int frame, int carriageReturn, int to) {
        int before = carriageReturn - 1;
        if (before >= frame && bytes[before] != '\n') {
            return bytes[before] == '\r';
        }
        int after = carriageReturn + 1;
        return after < to && bytes[after] != '\n';
    }

    /** Where the text begins; bytes that may still become a mark hold no line end. */
    private int skipMark(byte[] bytes, int from, int to) {
        if (started || to == from) {
            return from;
        }
        for (int i = 0; i < MARK.length; i++) {
            if (from + i == to) {
                return from;
            }
            if (bytes[from + i] != MARK[i]) {
                started = true;
                return from;
            }
        }
        started = true;
        return from + MARK.length;
    }

    private static boolean isTold(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] != '\n' && bytes[at] != '\r') {
                return true;
            }
        }
        return false;
    }

    private void keep(byte[] bytes, int from, int to) {
        int more = to - from;
        if (more == 0) {
            return;
        }
        if ((long) pendingLength + more > maxFrameLength) {
            throw new SseException("an event of more than " + maxFrameLength + " bytes");
        }
        if (pending.length - pendingLength < more) {
            pending = Arrays.copyOf(pending, Math.max(pending.length * 2, pendingLength + more));
        }
        System.arraycopy(bytes, from, pending, pendingLength, more);
        pendingLength += more;
    }
}
