package io.lynkr.sse;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into frames, wherever the network cut it. Accepts LF and CRLF, a byte
 * order mark, and a last frame without its blank line. Not safe for several threads.
 */
public final class SseReader {
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
        if (pendingLength == 0) {
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
            if (bytes[at] == '\n' && endsBlankLine(bytes, frame, at)) {
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

    private int skipMark(byte[] bytes, int from, int to) {
        if (started || to == from) {
            return from;
        }
        if (to - from < 3) {
            return from;
        }
        started = true;
        boolean marked =
                bytes[from] == (byte) 0xEF
                        && bytes[from + 1] == (byte) 0xBB
                        && bytes[from + 2] == (byte) 0xBF;
        return marked ? from + 3 : from;
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
