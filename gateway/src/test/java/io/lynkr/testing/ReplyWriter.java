package io.lynkr.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes one {@link Reply} to one connection, with every fault that it asks for. */
final class ReplyWriter {
    private static final Duration GATE_LOOK = Duration.ofMillis(2);
    private static final Duration BEFORE_RESET = Duration.ofMillis(50);
    private static final Duration BETWEEN_PIECES = Duration.ofMillis(1);

    private final Socket socket;
    private final OutputStream out;
    private final Incoming incoming;
    private final RecordedRequest request;
    private final Reply reply;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private long bodyBytes;

    ReplyWriter(Socket socket, Incoming incoming, RecordedRequest request, Reply reply)
            throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.incoming = incoming;
        this.request = request;
        this.reply = reply;
    }

    /** True if the connection can take another request. */
    boolean write() throws IOException, InterruptedException {
        pause(reply.pace().beforeHead());
        if (reply.pace().headGate().isPresent()) {
            hold(reply.pace().headGate().get());
        }
        var body = bodyFrames();
        if (!(reply.framing() instanceof Reply.Framing.Raw)) {
            head(body);
        }
        if (request.method().equals("HEAD") || reply.status() == 204 || reply.status() == 304) {
            return true;
        }
        boolean whole = frames(body);
        return end(whole);
    }

    private List<byte[]> bodyFrames() throws IOException {
        if (!reply.gzip()) {
            return reply.frames();
        }
        var frames = new ArrayList<byte[]>();
        try (var gzip = new GZIPOutputStream(packed, true)) {
            for (var frame : reply.frames()) {
                gzip.write(frame);
                gzip.flush();
                frames.add(packed.toByteArray());
                packed.reset();
            }
        }
        frames.add(packed.toByteArray());
        return frames;
    }

    private void head(List<byte[]> body) throws IOException {
        var head = new StringBuilder("HTTP/1.1 " + reply.status() + " " + reason() + "\r\n");
        reply.headers().forEach(h -> head.append(h.name() + ": " + h.value() + "\r\n"));
        switch (reply.framing()) {
            case Reply.Framing.Length() -> {
                long length = body.stream().mapToLong(frame -> frame.length).sum();
                head.append("content-length: " + length + "\r\n");
            }
            case Reply.Framing.ClaimedLength(var length) ->
                    head.append("content-length: " + length + "\r\n");
            case Reply.Framing.Chunked() -> head.append("transfer-encoding: chunked\r\n");
            case Reply.Framing.UntilClose() -> head.append("connection: close\r\n");
            case Reply.Framing.Raw() -> throw new IllegalStateException("raw has no head");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private String reason() {
        return switch (reply.status()) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            default -> "Status";
        };
    }

    /** True if nothing was cut off. */
    private boolean frames(List<byte[]> body) throws IOException, InterruptedException {
        boolean lengthTellsEnd = !(reply.framing() instanceof Reply.Framing.Chunked);
        int limit = reply.cut().afterFrames().orElse(Integer.MAX_VALUE);
        int sent = 0;
        while (sent < limit && (sent < body.size() || reply.pace().endless())) {
            pause(sent == 0 ? reply.pace().beforeFirst() : reply.pace().between());
            holdBefore(sent);
            var frame = body.get(Math.min(sent, body.size() - 1));
            if (lengthTellsEnd && sent == body.size() - 1 && !reply.pace().endless()) {
                request.finishing();
            }
            if (!frame(frame)) {
                return false;
            }
            sent++;
        }
        holdBefore(sent);
        return sent >= body.size();
    }

    /** Writes a frame, torn and cut as asked; false if the cut fell into it. */
    private boolean frame(byte[] frame) throws IOException, InterruptedException {
        int cutAt = reply.cut().afterBytes().orElse(Integer.MAX_VALUE);
        int start = 0;
        while (start < frame.length) {
            int end = pieceEnd(frame, start);
            int allowed = (int) Math.min(end - start, cutAt - bodyBytes);
            if (start + allowed == frame.length) {
                request.sentFrame();
            }
            piece(Arrays.copyOfRange(frame, start, start + allowed));
            if (allowed < end - start) {
                return false;
            }
            start = end;
            if (start < frame.length) {
                pause(BETWEEN_PIECES);
            }
        }
        return true;
    }

    private int pieceEnd(byte[] frame, int start) {
        if (reply.split().every() > 0) {
            return Math.min(frame.length, start + reply.split().every());
        }
        long next =
                reply.split().at().stream()
                        .mapToLong(Integer::longValue)
                        .filter(offset -> offset > bodyBytes)
                        .min()
                        .orElse(Long.MAX_VALUE);
        return (int) Math.min(frame.length, start + (next - bodyBytes));
    }

    private void piece(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        var wire = new ByteArrayOutputStream();
        boolean chunked = reply.framing() instanceof Reply.Framing.Chunked;
        if (chunked) {
            wire.writeBytes(ascii(Integer.toHexString(bytes.length) + "\r\n"));
        }
        wire.writeBytes(bytes);
        if (chunked) {
            wire.writeBytes(ascii("\r\n"));
        }
        // Counted first: who has read the bytes must find them counted.
        bodyBytes += bytes.length;
        request.sent(bytes.length);
        out.write(wire.toByteArray());
        out.flush();
    }

    private boolean end(boolean whole) throws IOException, InterruptedException {
        switch (reply.cut().ending()) {
            case COMPLETE -> {
                if (!whole) {
                    socket.close();
                    return false;
                }
                return complete();
            }
            case RESET -> {
                // A reset overtakes what the peer has not read yet; this lets it read first.
                pause(BEFORE_RESET);
                socket.setSoLinger(true, 0);
            }
            case CLOSE -> {}
            case TRUNCATED_CHUNK -> {
                out.write(ascii("1000\r\ndata: {\"type\":\"con"));
                out.flush();
            }
            case HALF_CLOSE -> {
                socket.shutdownOutput();
                awaitPeer();
            }
            case HANG -> awaitPeer();
        }
        request.replied();
        socket.close();
        return false;
    }

    private boolean complete() throws IOException {
        boolean reusable =
                switch (reply.framing()) {
                    case Reply.Framing.Chunked() -> {
                        request.finishing();
                        out.write(ascii("0\r\n\r\n"));
                        out.flush();
                        yield true;
                    }
                    case Reply.Framing.Length() -> true;
                    case Reply.Framing.ClaimedLength(var length) -> length == bodyBytes;
                    case Reply.Framing.UntilClose(), Reply.Framing.Raw() -> false;
                };
        request.replied();
        if (!reusable) {
            socket.close();
        }
        return reusable;
    }

    private void holdBefore(int frame) throws IOException, InterruptedException {
        var gate = reply.pace().gates().get(frame);
        if (gate != null) {
            hold(gate);
        }
    }

    private void hold(Gate gate) throws IOException, InterruptedException {
        while (!gate.isOpen()) {
            pause(GATE_LOOK);
        }
    }

    /** Does nothing for this long, unless the peer leaves before. */
    private void pause(Duration length) throws IOException, InterruptedException {
        if (length.isPositive() && incoming.awaitEnd(length)) {
            throw new IOException("the peer left");
        }
    }

    private void awaitPeer() throws IOException, InterruptedException {
        while (!incoming.awaitEnd(Duration.ofSeconds(1))) {
            // As long as it takes; closing the upstream interrupts.
        }
        incoming.endNanos().ifPresent(request::peerLeft);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
