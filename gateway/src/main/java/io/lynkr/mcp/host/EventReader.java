package io.lynkr.mcp.host;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Reads server-sent events one by one, with their ids and the pause that the server asks for, which
 * one needs to take a broken stream up again.
 */
final class EventReader {
    private static final int LARGEST = 8 << 20;

    private final InputStream in;
    private boolean afterReturn;

    EventReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * @param id empty if the event has none
     * @param retryMillis how long to wait before the stream is taken up again
     */
    record Event(String name, String data, String id, OptionalLong retryMillis) {}

    /** The next event, also one without data; null at the end. */
    @Nullable Event next() throws IOException {
        var name = "";
        var id = "";
        var retry = OptionalLong.empty();
        var data = new StringBuilder();
        boolean any = false;
        for (var line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                if (any) {
                    return new Event(name, data.toString(), id, retry);
                }
                continue;
            }
            int colon = line.indexOf(':');
            var field = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "retry" -> retry = millis(value);
                case "data" -> {
                    if (!data.isEmpty()) {
                        data.append('\n');
                    }
                    data.append(value);
                    if (data.length() > LARGEST) {
                        throw new IOException("it sent an event of more than " + LARGEST);
                    }
                }
                default -> {
                    continue;
                }
            }
            any = true;
        }
        return null;
    }

    private static OptionalLong millis(String value) {
        return value.matches("\\d{1,9}")
                ? OptionalLong.of(Long.parseLong(value))
                : OptionalLong.empty();
    }

    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = b == '\r';
            if (b == '\n' || b == '\r') {
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() >= LARGEST) {
                throw new IOException("it sent a line of more than " + LARGEST + " bytes");
            }
            line.write(b);
        }
        return null;
    }
}
