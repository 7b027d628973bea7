package io.lynkr.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Long and wide loads on a real gateway process, in front of an upstream that streams at a model's
 * pace. {@code ./dev soak} starts it:
 *
 * <ul>
 *   <li>{@code streams [COUNT] [SECONDS]}: many slow streams at once; how late do tokens come?
 *   <li>{@code mixed [SECONDS]}: all kinds of requests, clients that leave at random; does memory
 *       stay flat?
 *   <li>{@code restart [SECONDS]}: two gateways restarted in turn under load; does any request
 *       fail?
 * </ul>
 *
 * <p>It needs nothing but the JDK and Linux' {@code /proc}, and ends with 1 if a request failed
 * that should not have.
 */
public final class Soak {
    private static final Duration TOKEN_PACE = Duration.ofMillis(200);
    private static final String HEAD =
            "POST /v1/messages HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                    + "connection: close\r\ncontent-length: ";

    private final Path lynkr;
    private final ServerSocket upstream;
    private final AtomicInteger failures = new AtomicInteger();

    private Soak(Path lynkr) throws IOException {
        this.lynkr = lynkr;
        this.upstream = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::serveAll);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var soak = new Soak(Path.of(System.getProperty("lynkr", "./lynkr")));
        var kind = args.length > 0 ? args[0] : "streams";
        switch (kind) {
            case "streams" -> soak.streams(number(args, 1, 2_000), number(args, 2, 30));
            case "mixed" -> soak.mixed(number(args, 1, 600));
            case "restart" -> soak.restart(number(args, 1, 60));
            default -> {
                System.err.println("usage: ./dev soak streams|mixed|restart [figures]");
                System.exit(2);
            }
        }
        System.exit(soak.failures.get() == 0 ? 0 : 1);
    }

    private static int number(String[] args, int index, int byDefault) {
        return args.length > index ? Integer.parseInt(args[index]) : byDefault;
    }

    // ---- The upstream

    private void serveAll() {
        while (true) {
            try {
                var client = upstream.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Answers requests one after the other; how, their bodies say. */
    private static void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new BufferedInputStream(client.getInputStream());
            while (true) {
                var body = readRequest(in);
                if (body.contains("\"stream\":true")) {
                    stream(client.getOutputStream(), tokensOf(body));
                } else {
                    whole(client.getOutputStream());
                }
            }
        } catch (IOException | InterruptedException left) {
            // The gateway closed the connection: its client left, or it ended.
            return;
        }
    }

    private static int tokensOf(String body) {
        var mark = "\"max_tokens\":";
        int at = body.indexOf(mark) + mark.length();
        int to = at;
        while (Character.isDigit(body.charAt(to))) {
            to++;
        }
        return Integer.parseInt(body.substring(at, to));
    }

    private static String readRequest(InputStream in) throws IOException {
        var head = readHead(in);
        int at = head.indexOf("content-length:");
        int length = Integer.parseInt(head.substring(at + 15, head.indexOf('\r', at)).trim());
        return new String(in.readNBytes(length), UTF_8);
    }

    private static String readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.append((char) next);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    private static void whole(OutputStream out) throws IOException {
        var body =
                "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"done\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}";
        write(
                out,
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
    }

    /** Every token carries the moment at which it was sent. */
    private static void stream(OutputStream out, int tokens)
            throws IOException, InterruptedException {
        write(
                out,
                "HTTP/1.1 200 OK\r\n"
                        + "content-type: text/event-stream\r\n"
                        + "transfer-encoding: chunked\r\n\r\n");
        event(
                out,
                "message_start",
                "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}");
        event(
                out,
                "content_block_start",
                "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
        for (int i = 0; i < tokens; i++) {
            event(
                    out,
                    "content_block_delta",
                    "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"@"
                            + System.nanoTime()
                            + "@ \"}");
            Thread.sleep(TOKEN_PACE);
        }
        event(out, "content_block_stop", "\"index\":0");
        event(
                out,
                "message_delta",
                "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":"
                        + tokens
                        + "}");
        event(out, "message_stop", "");
        write(out, "0\r\n\r\n");
    }

    private static void event(OutputStream out, String type, String fields) throws IOException {
        var data =
                "event: %s\ndata: {\"type\":\"%s\"%s}\n\n"
                        .formatted(type, type, fields.isEmpty() ? "" : "," + fields);
        write(out, Integer.toHexString(data.length()) + "\r\n" + data + "\r\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }

    // ---- The gateway

    /** A gateway of its own process. */
    private record Gateway(Process process, int port) {
        long rssMb() {
            return status("VmRSS") / 1024;
        }

        int openFiles() {
            var files = Path.of("/proc/" + process.pid() + "/fd").toFile().list();
            return files == null ? 0 : files.length;
        }

        private long status(String field) {
            try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
                return lines.filter(line -> line.startsWith(field))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(0);
            } catch (IOException gone) {
                return 0;
            }
        }

        boolean isReady() {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(1_000);
                write(
                        socket.getOutputStream(),
                        "GET /health/ready HTTP/1.1\r\n"
                                + "host: localhost\r\n"
                                + "connection: close\r\n\r\n");
                return readHead(socket.getInputStream()).startsWith("http/1.1 200");
            } catch (IOException notYet) {
                return false;
            }
        }
    }

    private Gateway start() throws IOException, InterruptedException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        return start(port);
    }

    private Gateway start(int port) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(lynkr.toString(), "start");
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("MODEL_PROVIDER", "anthropic");
        builder.environment()
                .put("ANTHROPIC_UPSTREAM_URL", "http://127.0.0.1:" + upstream.getLocalPort());
        builder.environment().put("ANTHROPIC_UPSTREAM_API_KEY", "x");
        builder.environment().put("UPSTREAM_MAX_SOCKETS", "10000");
        builder.environment().put("LOAD_SHEDDING_ACTIVE_REQUESTS_THRESHOLD", "10000");
        builder.environment().put("PROMPT_CACHE_ENABLED", "false");
        builder.environment().put("LOG_LEVEL", "warn");
        builder.environment().put("SHUTDOWN_DRAIN_DELAY_MS", "1000");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        var gateway = new Gateway(builder.start(), port);
        Runtime.getRuntime().addShutdownHook(new Thread(gateway.process()::destroyForcibly));
        while (!gateway.isReady()) {
            if (!gateway.process().isAlive()) {
                throw new IOException("the gateway did not start");
            }
            Thread.sleep(50);
        }
        return gateway;
    }

    // ---- The clients

    private static byte[] request(int tokens, boolean stream, int filler) {
        var body =
                "{\"model\":\"m\",\"max_tokens\":%d,\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(tokens, stream, "w ".repeat(filler / 2));
        return (HEAD + body.length() + "\r\n\r\n" + body).getBytes(UTF_8);
    }

    /** Takes the delay of a token, in nanoseconds. */
    private interface Delays {
        void take(long nanos);
    }

    /** Sends a request and reads its answer to the end; false if that is no whole answer. */
    private static boolean ask(int port, byte[] request, boolean stream, Delays delays) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(request);
            var answer = new StringBuilder();
            var buffer = new byte[16 * 1024];
            int read = socket.getInputStream().read(buffer);
            while (read > 0) {
                long now = System.nanoTime();
                var piece = new String(buffer, 0, read, UTF_8);
                sentAt(piece).ifPresent(sent -> delays.take(now - sent));
                answer.append(piece);
                read = socket.getInputStream().read(buffer);
            }
            return answer.indexOf("HTTP/1.1 200") == 0
                    && answer.indexOf(stream ? "event: message_stop" : "\"end_turn\"") > 0;
        } catch (IOException broken) {
            return false;
        }
    }

    private static java.util.OptionalLong sentAt(String piece) {
        int from = piece.indexOf('@');
        int to = piece.indexOf('@', from + 1);
        return from < 0 || to < 0
                ? java.util.OptionalLong.empty()
                : java.util.OptionalLong.of(Long.parseLong(piece.substring(from + 1, to)));
    }

    /** Begins to read an answer and leaves. */
    private static void askAndLeave(int port, byte[] request, Random random) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1 + random.nextInt(600));
            socket.getOutputStream().write(request);
            while (socket.getInputStream().read(new byte[512]) > 0) {
                if (random.nextInt(4) == 0) {
                    return;
                }
            }
        } catch (IOException impatient) {
            // That is what this client is for.
            return;
        }
    }

    // ---- What is shown

    private void streams(int count, int seconds) throws IOException, InterruptedException {
        var gateway = start();
        long idle = gateway.rssMb();
        int tokens = (int) (Duration.ofSeconds(seconds).toMillis() / TOKEN_PACE.toMillis());
        var request = request(tokens, true, 1_000);
        var delays = new long[count * tokens];
        var taken = new AtomicInteger();
        var done = new CountDownLatch(count);
        long most = 0;
        for (int i = 0; i < count; i++) {
            Thread.startVirtualThread(
                    () -> {
                        boolean good =
                                ask(
                                        gateway.port(),
                                        request,
                                        true,
                                        nanos -> {
                                            int at = taken.getAndIncrement();
                                            if (at < delays.length) {
                                                delays[at] = nanos;
                                            }
                                        });
                        if (!good) {
                            failures.incrementAndGet();
                        }
                        done.countDown();
                    });
        }
        while (done.getCount() > 0) {
            most = Math.max(most, gateway.rssMb());
            Thread.sleep(500);
        }
        var sorted = Arrays.copyOf(delays, Math.min(taken.get(), delays.length));
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%d streams at once, a token every %d ms for %d s: %d failed; delay of a token"
                        + " through the gateway p50 %.2f ms, p99 %.2f ms, most %.2f ms; RSS %d MB"
                        + " before, %d MB at most (%.0f KB a stream)%n",
                count,
                TOKEN_PACE.toMillis(),
                seconds,
                failures.get(),
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted[sorted.length - 1] / 1e6,
                idle,
                most,
                (most - idle) * 1024.0 / count);
        end(gateway);
    }

    private void mixed(int seconds) throws IOException, InterruptedException {
        var gateway = start();
        long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        var asked = new AtomicLong();
        var workers = new ArrayList<Thread>();
        for (int i = 0; i < 48; i++) {
            var random = new Random(i);
            workers.add(
                    Thread.startVirtualThread(
                            () -> {
                                while (System.nanoTime() < until) {
                                    asked.incrementAndGet();
                                    askSomething(gateway.port(), random);
                                }
                            }));
        }
        List<Long> rss = new ArrayList<>();
        while (System.nanoTime() < until) {
            Thread.sleep(Math.min(10_000, seconds * 100L));
            rss.add(gateway.rssMb());
            System.err.printf(
                    Locale.ROOT,
                    "soak: %d requests, %d failed, RSS %d MB, %d open files%n",
                    asked.get(),
                    failures.get(),
                    rss.getLast(),
                    gateway.openFiles());
        }
        for (var worker : workers) {
            worker.join();
        }
        Thread.sleep(1_000);
        System.out.printf(
                Locale.ROOT,
                "mixed load for %d s: %d requests, %d failed; RSS after a third %d MB, at the end"
                        + " %d MB; %d open files in the end%n",
                seconds,
                asked.get(),
                failures.get(),
                rss.get(rss.size() / 3),
                rss.getLast(),
                gateway.openFiles());
        end(gateway);
    }

    private void askSomething(int port, Random random) {
        boolean stream = random.nextInt(3) > 0;
        var request =
                request(1 + random.nextInt(5), stream, random.nextInt(4) == 0 ? 115_000 : 1_000);
        if (random.nextInt(5) == 0) {
            askAndLeave(port, request, random);
        } else if (!ask(port, request, stream, _ -> {})) {
            failures.incrementAndGet();
        }
    }

    /** As a balancer does: only those are asked that were ready a moment ago. */
    private void restart(int seconds) throws IOException, InterruptedException {
        var gateways = new Gateway[] {start(), start()};
        var ready = new java.util.concurrent.atomic.AtomicReferenceArray<Boolean>(2);
        long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        var asked = new AtomicLong();
        for (int i = 0; i < 2; i++) {
            int which = i;
            Thread.startVirtualThread(
                    () -> {
                        while (true) {
                            ready.set(which, gateways[which].isReady());
                            pause(100);
                        }
                    });
        }
        pause(500);
        var workers = new ArrayList<Thread>();
        for (int i = 0; i < 24; i++) {
            var random = new Random(i);
            workers.add(
                    Thread.startVirtualThread(
                            () -> {
                                while (System.nanoTime() < until) {
                                    int which = random.nextInt(2);
                                    which =
                                            Boolean.TRUE.equals(ready.get(which))
                                                    ? which
                                                    : 1 - which;
                                    asked.incrementAndGet();
                                    boolean stream = random.nextBoolean();
                                    var request = request(1 + random.nextInt(8), stream, 1_000);
                                    if (!ask(gateways[which].port(), request, stream, _ -> {})) {
                                        failures.incrementAndGet();
                                    }
                                }
                            }));
        }
        int restarts = 0;
        while (System.nanoTime() < until - Duration.ofSeconds(10).toNanos()) {
            int which = restarts++ % 2;
            int port = gateways[which].port();
            end(gateways[which]);
            gateways[which] = start(port);
            pause(1_000);
        }
        for (var worker : workers) {
            worker.join();
        }
        System.out.printf(
                "%d restarts in turn under load: %d requests, %d failed%n",
                restarts, asked.get(), failures.get());
        end(gateways[0]);
        end(gateways[1]);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Gateway gateway) throws InterruptedException {
        gateway.process().destroy();
        int exit = gateway.process().waitFor();
        if (exit != 0) {
            System.out.println("the gateway ended with " + exit);
            failures.incrementAndGet();
        }
    }
}
