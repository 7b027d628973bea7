package io.lynkr.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP client with nothing between the test and the bytes: reads a reply event by event as it
 * comes, sees how a connection ends, and can leave in the middle.
 */
public final class RawClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** An event of a stream; the name is empty for one without. */
    public record Event(String name, String data) {
        public Json json() {
            return Json.parse(data);
        }
    }

    /** A whole reply. */
    public record Response(int status, List<Header> headers, String text) {
        public Json json() {
            return Json.parse(text);
        }

        public Optional<String> header(String name) {
            return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
        }
    }

    private final Socket socket;
    private final InputStream in;
    private final URI url;
    private final List<Header> extra = new ArrayList<>();
    private int status;
    private List<Header> headers = List.of();
    private InputStream body = InputStream.nullInputStream();

    private RawClient(URI url) {
        this.url = url;
        try {
            socket = new Socket(url.getHost(), url.getPort());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection to this address; paths are appended to its own. */
    public static RawClient to(URI url) {
        return new RawClient(url);
    }

    /** One request on a connection of its own. */
    public static Response get(URI url) {
        try (var client = to(url)) {
            return client.send("GET", "", "").response();
        }
    }

    public static Response post(URI url, Object body) {
        try (var client = to(url)) {
            return client.send("POST", "", body.toString()).response();
        }
    }

    /** Goes with every request from here on. */
    public RawClient header(String name, String value) {
        extra.add(new Header(name, value));
        return this;
    }

    public RawClient post(String path, Object json) {
        return send("POST", path, json.toString());
    }

    public RawClient send(String method, String path, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(method + " " + target(path) + " HTTP/1.1\r\n");
        head.append("host: " + url.getAuthority() + "\r\n");
        extra.forEach(h -> head.append(h.name() + ": " + h.value() + "\r\n"));
        if (bytes.length > 0) {
            head.append("content-type: application/json\r\n");
            head.append("content-length: " + bytes.length + "\r\n");
        }
        var wire = new ByteArrayOutputStream();
        wire.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        wire.writeBytes(bytes);
        return sendRaw(wire.toByteArray());
    }

    /** Any bytes at all. */
    public RawClient sendRaw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            status = 0;
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String target(String path) {
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        var target = url.getRawPath() + path + query;
        return target.startsWith("/") ? target : "/" + target;
    }

    /** Waits for the head of the reply. */
    public int status() throws IOException {
        readHead();
        return status;
    }

    public Optional<String> header(String name) throws IOException {
        readHead();
        return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
    }

    /** The next event, as soon as its last byte is there; empty at the proper end of the body. */
    public Optional<Event> nextEvent() throws IOException {
        readHead();
        var name = "";
        var data = new ArrayList<String>();
        while (true) {
            var line = nextLine();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            var text = line.get();
            if (text.isEmpty() && !data.isEmpty()) {
                return Optional.of(new Event(name, String.join("\n", data)));
            }
            if (text.startsWith("event:")) {
                name = text.substring("event:".length()).strip();
            } else if (text.startsWith("data:")) {
                data.add(text.substring("data:".length()).strip());
            }
        }
    }

    /** All events that are still to come. */
    public List<Event> events() throws IOException {
        var events = new ArrayList<Event>();
        for (var event = nextEvent(); event.isPresent(); event = nextEvent()) {
            events.add(event.get());
        }
        return events;
    }

    /** The next line of the body; empty at its proper end, an {@link IOException} if it is cut. */
    public Optional<String> nextLine() throws IOException {
        readHead();
        var line = new ByteArrayOutputStream();
        for (int c = body.read(); c >= 0; c = body.read()) {
            if (c == '\n') {
                return Optional.of(line.toString(StandardCharsets.UTF_8).stripTrailing());
            }
            line.write(c);
        }
        return line.size() == 0
                ? Optional.empty()
                : Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    /** What is left of the body, to its proper end. */
    public byte[] rest() throws IOException {
        readHead();
        return body.readAllBytes();
    }

    public Response response() {
        try {
            return new Response(status(), headers, new String(rest(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves by a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readHead() throws IOException {
        if (status != 0) {
            return;
        }
        var line = headLine();
        if (!line.startsWith("HTTP/1.1 ")) {
            throw new IOException("not an HTTP reply: " + line);
        }
        status = Integer.parseInt(line.substring(9, 12));
        var read = new ArrayList<Header>();
        for (var text = headLine(); !text.isEmpty(); text = headLine()) {
            int colon = text.indexOf(':');
            read.add(new Header(text.substring(0, colon), text.substring(colon + 1).strip()));
        }
        headers = read;
        if (status == 100) {
            status = 0;
            readHead();
            return;
        }
        body = bodyStream();
    }

    private InputStream bodyStream() throws IOException {
        if (header("transfer-encoding").isPresent()) {
            return new Chunks();
        }
        var length = header("content-length");
        return length.isPresent() ? new Exactly(Long.parseLong(length.get())) : in;
    }

    private String headLine() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended in a head");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** A body that knows how much of it is still to come. */
    private abstract class Framed extends InputStream {
        long left;

        /** Makes sure that something is left; false at the proper end. */
        abstract boolean more() throws IOException;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int n = in.read(target, offset, (int) Math.min(length, left));
            if (n < 0) {
                throw new EOFException("the connection ended " + left + " bytes too early");
            }
            left -= n;
            return n;
        }
    }

    private final class Exactly extends Framed {
        Exactly(long length) {
            left = length;
        }

        @Override
        boolean more() {
            return left > 0;
        }
    }

    private final class Chunks extends Framed {
        private boolean started;
        private boolean ended;

        @Override
        boolean more() throws IOException {
            if (left > 0 || ended) {
                return !ended;
            }
            if (started) {
                headLine();
            }
            started = true;
            left = Long.parseLong(headLine(), 16);
            if (left == 0) {
                headLine();
                ended = true;
            }
            return !ended;
        }
    }
}
