package io.lynkr.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One frame of an event stream: its bytes as they came, and where name and data lie in them. It is
 * a view on the reader's buffer, valid until the handler returns; {@link #copy} keeps it.
 */
public final class SseFrame {
    private static final byte[] NAME_FIELD = "event: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA_FIELD = "\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final byte[] buffer;
    private final int from;
    private final int to;
    private int nameFrom;
    private int nameTo;
    private int dataFrom = -1;
    private int dataTo;
    private int dataLines;

    SseFrame(byte[] buffer, int from, int to) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
        scan();
    }

    /** Makes a frame from an event's name and its data, which must be a single line. */
    public static SseFrame of(String name, byte[] data) {
        int length =
                NAME_FIELD.length + name.length() + DATA_FIELD.length + data.length + END.length;
        var bytes = new byte[length];
        int at = put(bytes, 0, NAME_FIELD);
        at = put(bytes, at, name.getBytes(StandardCharsets.UTF_8));
        at = put(bytes, at, DATA_FIELD);
        at = put(bytes, at, data);
        put(bytes, at, END);
        return new SseFrame(bytes, 0, length);
    }

    private static int put(byte[] target, int at, byte[] part) {
        System.arraycopy(part, 0, target, at, part.length);
        return at + part.length;
    }

    /** The event's name; empty if the frame has none. */
    public String name() {
        return new String(buffer, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8);
    }

    public boolean hasName() {
        return nameTo > nameFrom;
    }

    /** Compares without making a string. */
    public boolean isNamed(String ascii) {
        if (nameTo - nameFrom != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (buffer[nameFrom + i] != (byte) ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is a data field at all; a frame of comments has none. */
    public boolean hasData() {
        return dataLines > 0;
    }

    /** The data, several lines joined by a line feed. */
    public byte[] data() {
        return switch (dataLines) {
            case 0 -> new byte[0];
            case 1 -> Arrays.copyOfRange(buffer, dataFrom, dataTo);
            default -> joinedLines();
        };
    }

    /** The buffer that holds the frame; read it between {@link #from} and {@link #to} only. */
    public byte[] buffer() {
        return buffer;
    }

    /** Offset of the frame's first byte in {@link #buffer}. */
    public int from() {
        return from;
    }

    /** Offset after the blank line that ends the frame. */
    public int to() {
        return to;
    }

    /** A frame of its own that stays valid. */
    public SseFrame copy() {
        return new SseFrame(Arrays.copyOfRange(buffer, from, to), 0, to - from);
    }

    private void scan() {
        for (int line = from; line < to; line = lineEnd(line) + 1) {
            int end = lineEnd(line);
            if (isField(line, end, "data")) {
                dataLines++;
                if (dataLines == 1) {
                    dataFrom = valueStart(line + 4, end);
                    dataTo = end;
                }
            } else if (isField(line, end, "event")) {
                nameFrom = valueStart(line + 5, end);
                nameTo = end;
            }
        }
    }

    private byte[] joinedLines() {
        var joined = new ByteArrayOutputStream(to - from);
        boolean first = true;
        for (int line = from; line < to; line = lineEnd(line) + 1) {
            int end = lineEnd(line);
            if (isField(line, end, "data")) {
                if (!first) {
                    joined.write('\n');
                }
                first = false;
                int start = valueStart(line + 4, end);
                joined.write(buffer, start, end - start);
            }
        }
        return joined.toByteArray();
    }

    /**
     * Where a line's text ends; between the two bytes of CRLF lies an empty line, which says
     * nothing.
     */
    private int lineEnd(int line) {
        int end = line;
        while (end < to && buffer[end] != '\n' && buffer[end] != '\r') {
            end++;
        }
        return end;
    }

    private boolean isField(int line, int end, String field) {
        int after = line + field.length();
        if (after > end) {
            return false;
        }
        for (int i = 0; i < field.length(); i++) {
            if (buffer[line + i] != (byte) field.charAt(i)) {
                return false;
            }
        }
        return after == end || buffer[after] == ':';
    }

    private int valueStart(int colon, int end) {
        int start = Math.min(colon + 1, end);
        return start < end && buffer[start] == ' ' ? start + 1 : start;
    }
}
