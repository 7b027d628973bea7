package io.lynkr.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads HTTP/1.1 requests off one connection, one after the other. */
final class HttpReader {
    private static final int MAX_LINE = 256 * 1024;

    private final InputStream in;
    private final int connection;
    private final Runnable sendContinue;

    HttpReader(InputStream in, int connection, Runnable sendContinue) {
        this.in = in;
        this.connection = connection;
        this.sendContinue = sendContinue;
    }

    /** The next request; empty when the peer has closed between two requests. */
    Optional<RecordedRequest> next() throws IOException {
        var start = line();
        if (start.isEmpty()) {
            return Optional.empty();
        }
        var words = start.get().split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new IOException("not a request line: " + start.get());
        }
        var headers = headers();
        if (value(headers, "expect").filter("100-continue"::equalsIgnoreCase).isPresent()) {
            sendContinue.run();
        }
        return Optional.of(
                new RecordedRequest(words[0], words[1], headers, body(headers), connection));
    }

    private List<Header> headers() throws IOException {
        var headers = new ArrayList<Header>();
        while (true) {
            var line = lineOrEnd();
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header line: " + line);
            }
            headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
    }

    private byte[] body(List<Header> headers) throws IOException {
        if (value(headers, "transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
            return chunkedBody();
        }
        var length = value(headers, "content-length");
        return length.isEmpty() ? new byte[0] : exactly(Integer.parseInt(length.get()));
    }

    private byte[] chunkedBody() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(lineOrEnd().split(";", -1)[0].strip(), 16);
            if (size == 0) {
                while (!lineOrEnd().isEmpty()) {
                    // Trailers mean nothing here.
                }
                return body.toByteArray();
            }
            body.writeBytes(exactly(size));
            lineOrEnd();
        }
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the peer left in the middle of a request body");
        }
        return bytes;
    }

    private String lineOrEnd() throws IOException {
        return line().orElseThrow(() -> new EOFException("the peer left in the middle of a head"));
    }

    private Optional<String> line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return Optional.of(line.toString(StandardCharsets.UTF_8).stripTrailing());
            }
            line.write(c);
            if (line.size() > MAX_LINE) {
                throw new IOException("a line of more than " + MAX_LINE + " bytes");
            }
        }
        return line.size() == 0
                ? Optional.empty()
                : Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    private static Optional<String> value(List<Header> headers, String name) {
        return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
    }
}
