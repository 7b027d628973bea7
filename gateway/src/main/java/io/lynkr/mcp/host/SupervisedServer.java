package io.lynkr.mcp.host;

import io.lynkr.json.JsonObject;
import io.lynkr.mcp.McpCallException;
import io.lynkr.mcp.McpHost;
import io.lynkr.mcp.McpHost.Asking;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One server's life: started when it is asked for something, started again when it died, left alone
 * when it dies again and again, ended when nobody needs it.
 *
 * <pre>
 * idle ── asked ──▶ starting ── connected ──▶ running ── nobody asks ──▶ idle
 *                      │                        │
 *                      └── fails ──▶ failed ◀── dies, or is silent twice in a row
 *                                      └── asked, after its pause ──▶ starting
 * </pre>
 */
final class SupervisedServer {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedServer.class);
    private static final int MOST_SILENCES = 2;

    /** Makes the way to the server. */
    interface Connector {
        Transport connect(ServerEntry entry, ServerLog log)
                throws McpCallException, InterruptedException;
    }

    /** Hears that the server's lists may be different now; must not block. */
    interface Changes {
        void changed(SupervisedServer server, String notification);
    }

    private sealed interface State {
        record Idle() implements State {}

        record Starting(CompletableFuture<Peer> peer) implements State {}

        record Running(Peer peer, Instant since) implements State {}

        record Failed(String reason) implements State {}

        record Closed() implements State {}
    }

    private static final State IDLE = new State.Idle();

    private final ServerEntry entry;
    private final Connector connector;
    private final JsonObject identity;
    private final Duration startPatience;
    private final ServerLog log;
    private final Changes changes;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger silences = new AtomicInteger();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong starts = new AtomicLong();
    private volatile Optional<Instant> usedAt = Optional.empty();
    private volatile Optional<Peer> connecting = Optional.empty();

    // Guarded by the lock.
    private State state = IDLE;
    private boolean isOlder;
    private final RestartPolicy restarts = new RestartPolicy();

    SupervisedServer(
            ServerEntry entry,
            Connector connector,
            JsonObject identity,
            Duration startPatience,
            ServerLog log,
            Changes changes,
            Clock clock) {
        this.entry = entry;
        this.connector = connector;
        this.identity = identity;
        this.startPatience = startPatience;
        this.log = log;
        this.changes = changes;
        this.clock = clock;
        this.isOlder = entry.launch() instanceof Launch.Sse;
    }

    ServerEntry entry() {
        return entry;
    }

    ServerLog log() {
        return log;
    }

    /**
     * Asks it for something, starting it if need be.
     *
     * @param headers further ones, where there are headers
     */
    JsonObject ask(String method, JsonObject params, Asking asking, Map<String, String> headers)
            throws McpCallException, InterruptedException {
        var peer = peer();
        calls.incrementAndGet();
        try {
            var result = peer.ask(method, params, asking, headers);
            worked();
            return result;
        } catch (McpCallException failed) {
            if (failed.error().isPresent()) {
                worked();
                throw failed;
            }
            if (!peer.isClosed() && silences.incrementAndGet() >= MOST_SILENCES) {
                died(peer, "it did not answer " + MOST_SILENCES + " times in a row");
            }
            throw new McpCallException(
                    "the MCP server '" + entry.name() + "' failed: " + failed.getMessage());
        } finally {
            usedAt = Optional.of(clock.instant());
        }
    }

    private void worked() {
        silences.set(0);
        locked(restarts::worked);
    }

    /** All pages of one of its lists; empty if it has no such thing. */
    List<JsonObject> list(McpHost.Kind kind) throws McpCallException, InterruptedException {
        var peer = peer();
        return peer.capability(kind.capability()).isEmpty()
                ? List.of()
                : peer.list(kind.method(), kind.member(), startPatience);
    }

    /** All its tools. */
    List<JsonObject> tools() throws McpCallException, InterruptedException {
        var peer = peer();
        return peer.capability("tools").isEmpty()
                ? List.of()
                : peer.list("tools/list", "tools", startPatience);
    }

    private Peer peer() throws McpCallException, InterruptedException {
        usedAt = Optional.of(clock.instant());
        CompletableFuture<Peer> starting;
        lock.lock();
        try {
            switch (state) {
                case State.Running(var peer, _) -> {
                    return peer;
                }
                case State.Starting(var peer) -> starting = peer;
                case State.Closed() ->
                        throw new McpCallException(
                                "the MCP server '" + entry.name() + "' is not there any more");
                case State.Idle() -> starting = start();
                case State.Failed(var reason) -> {
                    var pause = restarts.pause(clock.instant());
                    if (pause.isPositive()) {
                        throw new McpCallException(
                                "the MCP server '%s' failed (%s); it is started again in %d s at the earliest"
                                        .formatted(entry.name(), reason, pause.toSeconds() + 1));
                    }
                    starting = start();
                }
            }
        } finally {
            lock.unlock();
        }
        try {
            return starting.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof McpCallException known
                    ? known
                    : new McpCallException(String.valueOf(failed.getMessage()));
        }
    }

    /** Called under the lock. */
    private CompletableFuture<Peer> start() {
        var starting = new CompletableFuture<Peer>();
        state = new State.Starting(starting);
        starts.incrementAndGet();
        silences.set(0);
        Thread.ofVirtual().name("mcp-start-" + entry.name()).start(() -> start(starting));
        return starting;
    }

    private void start(CompletableFuture<Peer> starting) {
        try {
            var peer = connected();
            boolean wanted =
                    locked(
                            () -> {
                                if (!(state instanceof State.Starting) || peer.isClosed()) {
                                    return false;
                                }
                                state = new State.Running(peer, clock.instant());
                                return true;
                            });
            if (!wanted) {
                peer.close();
                throw new McpCallException("it ended right after it had begun");
            }
            LOG.atInfo()
                    .addKeyValue("server", entry.name())
                    .addKeyValue("protocol", peer.version())
                    .log("an MCP server runs");
            starting.complete(peer);
            changes.changed(this, "notifications/tools/list_changed");
        } catch (McpCallException failed) {
            failed(starting, failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            failed(starting, "it was stopped");
        } catch (RuntimeException bug) {
            LOG.warn("the MCP server {} could not be started", entry.name(), bug);
            failed(starting, "the gateway failed to start it");
        }
    }

    private void failed(CompletableFuture<Peer> starting, String reason) {
        log.add("-- it could not be started: " + reason);
        log.save();
        LOG.atWarn()
                .addKeyValue("server", entry.name())
                .addKeyValue("reason", reason)
                .log("an MCP server could not be started");
        locked(
                () -> {
                    if (state instanceof State.Starting) {
                        state = new State.Failed(reason);
                        restarts.failed(clock.instant());
                    }
                });
        starting.completeExceptionally(
                new McpCallException(
                        "the MCP server '" + entry.name() + "' cannot be started: " + reason));
    }

    /** Some older servers die of a request that they do not know: they get none next time. */
    private Peer connected() throws McpCallException, InterruptedException {
        boolean older = locked(() -> isOlder);
        try {
            return connected(!older);
        } catch (McpCallException failed) {
            if (older || !(entry.launch() instanceof Launch.Stdio)) {
                throw failed;
            }
            locked(() -> isOlder = true);
            return connected(false);
        }
    }

    private Peer connected(boolean probe) throws McpCallException, InterruptedException {
        var transport = connector.connect(entry, log);
        var life = new Life();
        var peer = new Peer(transport, identity, life);
        life.peer = Optional.of(peer);
        connecting = life.peer;
        try {
            if (locked(() -> state instanceof State.Closed)) {
                throw new McpCallException("it is not wanted any more");
            }
            peer.connect(probe, startPatience);
            if (!peer.isStateless()) {
                locked(() -> isOlder = true);
            }
            return peer;
        } catch (IOException unreachable) {
            peer.close();
            throw new McpCallException(String.valueOf(unreachable.getMessage()));
        } catch (McpCallException | InterruptedException | RuntimeException failed) {
            peer.close();
            throw failed;
        }
    }

    /** What the connected server does unasked. */
    private final class Life implements Peer.Listener {
        private volatile Optional<Peer> peer = Optional.empty();

        @Override
        public void changed(String notification) {
            changes.changed(SupervisedServer.this, notification);
        }

        @Override
        public void logged(String line) {
            log.add(line);
        }

        @Override
        public void closed(String reason) {
            peer.ifPresent(gone -> died(gone, reason));
        }
    }

    private void died(Peer gone, String reason) {
        boolean wasRunning =
                locked(
                        () -> {
                            if (!(state instanceof State.Running(var peer, _)) || peer != gone) {
                                return false;
                            }
                            state = new State.Failed(reason);
                            restarts.failed(clock.instant());
                            return true;
                        });
        if (wasRunning) {
            LOG.atWarn()
                    .addKeyValue("server", entry.name())
                    .addKeyValue("reason", reason)
                    .log("an MCP server is gone");
            log.add("-- " + reason);
            Thread.ofVirtual().start(gone::close);
        }
    }

    /** Ends it if nobody asked for anything for so long. */
    void endIfIdle(Duration idle) {
        var running =
                locked(
                        () ->
                                state instanceof State.Running(var peer, var since)
                                                && !peer.isBusy()
                                                && usedAt.orElse(since)
                                                        .plus(idle)
                                                        .isBefore(clock.instant())
                                        ? Optional.of(peer)
                                        : Optional.<Peer>empty());
        if (running.isPresent()) {
            release();
        }
    }

    /**
     * Ends its process or connection; whoever asks starts it again.
     *
     * @return whether it ran
     */
    boolean release() {
        var running =
                locked(
                        () -> {
                            restarts.forgive();
                            if (state instanceof State.Running(var peer, _)) {
                                state = IDLE;
                                return Optional.of(peer);
                            }
                            if (state instanceof State.Failed) {
                                state = IDLE;
                            }
                            return Optional.<Peer>empty();
                        });
        running.ifPresent(Peer::close);
        running.ifPresent(_ -> log.add("-- ended by the gateway"));
        return running.isPresent();
    }

    /** Ends it for good. */
    void close() {
        var before =
                locked(
                        () -> {
                            var old = state;
                            state = new State.Closed();
                            return old;
                        });
        switch (before) {
            case State.Running(var peer, _) -> peer.close();
            case State.Starting(_) -> connecting.ifPresent(Peer::close);
            case State.Idle(), State.Failed(_), State.Closed() -> {}
        }
        log.save();
    }

    /** In one word: {@code idle}, {@code starting}, {@code running}, {@code failed}. */
    String word() {
        return switch (locked(() -> state)) {
            case State.Idle(), State.Closed() -> "idle";
            case State.Starting(_) -> "starting";
            case State.Running(_, _) -> "running";
            case State.Failed(_) -> "failed";
        };
    }

    /** Why it failed, or what it speaks. */
    String detail() {
        return switch (locked(() -> state)) {
            case State.Failed(var reason) -> reason;
            case State.Running(var peer, _) -> "protocol " + peer.version();
            case State.Idle(), State.Starting(_), State.Closed() -> "";
        };
    }

    Optional<Instant> startedAt() {
        return locked(
                () ->
                        state instanceof State.Running(_, var since)
                                ? Optional.of(since)
                                : Optional.empty());
    }

    Optional<Instant> usedAt() {
        return usedAt;
    }

    long calls() {
        return calls.get();
    }

    long starts() {
        return starts.get();
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
