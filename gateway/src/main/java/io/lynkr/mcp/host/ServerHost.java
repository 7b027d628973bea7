package io.lynkr.mcp.host;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.mcp.HostedNames;
import io.lynkr.mcp.HostedServer;
import io.lynkr.mcp.HostedTool;
import io.lynkr.mcp.McpCallException;
import io.lynkr.mcp.McpHost;
import io.lynkr.workspace.ProcessRunner;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * All servers of the user: reads who there is, again whenever a file changes, and offers what they
 * have. A server whose tools are known from before is not started before somebody calls it.
 */
public final class ServerHost implements McpHost, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerHost.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration FIRST_LISTS = Duration.ofSeconds(3);
    private static final String TOOLS_CHANGED = "notifications/tools/list_changed";

    private final HostSettings settings;
    private final Outside outside;
    private final Clock clock;
    private final Approvals approvals;
    private final Connections connections;
    private final ProcessRunner runner;
    private final ResultLimit limit;
    private final Map<String, SupervisedServer> servers = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> firstLists = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Thread watch;

    private volatile Map<Path, Sources.Stamp> stamps = Map.of();
    private volatile List<ServerEntry> entries = List.of();
    private volatile List<String> problems = List.of();
    private volatile List<HostedTool> offered = List.of();
    private volatile boolean deaf;
    private volatile boolean closed;

    private ServerHost(HostSettings settings, Outside outside, Clock clock) {
        this.settings = settings;
        this.outside = outside;
        this.clock = clock;
        this.approvals = new Approvals(outside.data().resolve("mcp-approvals.json"));
        this.runner = new ProcessRunner();
        this.connections = new Connections(runner, outside, settings.boxing());
        this.limit = new ResultLimit(settings.resultLimit());
        this.watch = Thread.ofVirtual().name("mcp-watch").unstarted(this::watch);
    }

    /** Reads who there is and begins to look after them; starts nobody whose tools are known. */
    public static ServerHost start(HostSettings settings, Outside outside, Clock clock) {
        var host = open(settings, outside, clock);
        host.listUnseen();
        host.watch.start();
        return host;
    }

    /** Reads who there is, for one who looks or asks once. */
    public static ServerHost open(HostSettings settings, Outside outside, Clock clock) {
        var host = new ServerHost(settings, outside, clock);
        host.read();
        return host;
    }

    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(BETWEEN_LOOKS);
                look();
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            if (!settings.sources().stamps().equals(stamps)) {
                read();
                listUnseen();
            }
            servers.values().forEach(server -> server.endIfIdle(settings.idle()));
            servers.values().forEach(server -> server.log().save());
            refresh(); // the command line may have accepted something
        } catch (RuntimeException bug) {
            LOG.warn("looking after MCP servers failed", bug);
        }
    }

    private synchronized void read() {
        stamps = settings.sources().stamps();
        var manifest =
                settings.sources().read(new Expansion(outside.environment(), outside.secrets()));
        for (var problem : manifest.problems()) {
            if (!problems.contains(problem)) {
                LOG.warn("MCP servers: {}", problem);
            }
        }
        problems = manifest.problems();
        entries =
                manifest.entries().stream()
                        .sorted(Comparator.comparing(ServerEntry::name))
                        .toList();
        var names = entries.stream().map(ServerEntry::name).toList();
        for (var name : List.copyOf(servers.keySet())) {
            if (!names.contains(name)) {
                Optional.ofNullable(servers.remove(name)).ifPresent(SupervisedServer::close);
            }
        }
        for (var entry : entries) {
            var known = servers.get(entry.name());
            if (known == null || !known.entry().equals(entry)) {
                Optional.ofNullable(servers.put(entry.name(), supervised(entry)))
                        .ifPresent(SupervisedServer::close);
            }
        }
        refresh();
    }

    private SupervisedServer supervised(ServerEntry entry) {
        return new SupervisedServer(
                entry,
                connections,
                JsonObject.of("name", "lynkr").with("version", outside.version()),
                settings.startPatience(),
                new ServerLog(logFile(entry.name()), secrets(entry)),
                this::changed,
                clock);
    }

    private Path logFile(String server) {
        return outside.data().resolve("mcp-logs").resolve(server + ".log");
    }

    private static List<String> secrets(ServerEntry entry) {
        return switch (entry.launch()) {
            case Launch.Stdio program -> List.copyOf(program.environment().values());
            case Launch.Http(_, var headers) -> List.copyOf(headers.values());
            case Launch.Sse(_, var headers) -> List.copyOf(headers.values());
        };
    }

    private boolean isUsable(ServerEntry entry) {
        return !entry.disabled() && approvals.trusts(entry);
    }

    /** Starts the servers whose tools nobody has seen, to see them. */
    private void listUnseen() {
        for (var server : servers.values()) {
            var entry = server.entry();
            if (isUsable(entry) && approvals.tools(entry).isEmpty()) {
                var first = new CountDownLatch(1);
                if (firstLists.putIfAbsent(entry.key(), first) == null) {
                    Thread.ofVirtual()
                            .name("mcp-list-" + entry.name())
                            .start(
                                    () -> {
                                        list(server);
                                        first.countDown();
                                    });
                }
            }
        }
    }

    /** Connected anew, or the server says that something changed. */
    private void changed(SupervisedServer server, String notification) {
        Thread.ofVirtual().name("mcp-list-" + server.entry().name()).start(() -> list(server));
    }

    private void list(SupervisedServer server) {
        try {
            see(server);
        } catch (McpCallException failed) {
            LOG.atWarn()
                    .addKeyValue("server", server.entry().name())
                    .addKeyValue("reason", failed.getMessage())
                    .log("the tools of an MCP server could not be listed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void see(SupervisedServer server) throws McpCallException, InterruptedException {
        var entry = server.entry();
        var listed = server.tools().stream().filter(tool -> isValid(entry, tool)).toList();
        try {
            if (approvals.seen(entry, listed)) {
                heldBack(entry);
            }
            seeLists(server);
        } catch (IOException notKept) {
            throw new McpCallException(
                    "what it offers cannot be kept in " + outside.data() + ": " + notKept);
        }
        refresh();
    }

    private void seeLists(SupervisedServer server)
            throws McpCallException, InterruptedException, IOException {
        var before = approvals.lists(server.entry());
        var lists = JsonObject.EMPTY;
        for (var kind : Kind.values()) {
            var listed = server.list(kind).stream().map(VisibleText::of).toList();
            lists = lists.with(kind.member(), JsonArray.copyOf(listed));
        }
        if (approvals.keepLists(server.entry(), lists)) {
            for (var kind : List.of(Kind.RESOURCES, Kind.PROMPTS)) {
                if (!before.get(kind.member()).equals(lists.get(kind.member()))) {
                    tell("notifications/" + kind.capability() + "/list_changed");
                }
            }
        }
    }

    private static boolean isValid(ServerEntry entry, JsonObject tool) {
        boolean named = tool.string("name").filter(name -> !name.isBlank()).isPresent();
        return named && (entry.launch() instanceof Launch.Stdio || MirroredHeaders.areValid(tool));
    }

    private void heldBack(ServerEntry entry) {
        var held = approvals.tools(entry).orElse(Approvals.Definitions.NONE).held().keySet();
        if (!held.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("server", entry.name())
                    .addKeyValue("tools", String.join(", ", held))
                    .log(
                            "an MCP server changed the definition of tools; they are held back"
                                    + " until 'lynkr mcp trust' accepts them");
        }
    }

    /** Works out what is offered now, and says so if it is something else than before. */
    private synchronized void refresh() {
        var names = new HashSet<String>();
        var all = new ArrayList<HostedTool>();
        for (var entry : entries) {
            if (isUsable(entry)) {
                var definitions = approvals.tools(entry).orElse(Approvals.Definitions.NONE);
                definitions
                        .accepted()
                        .forEach(
                                (tool, definition) -> {
                                    if (!definitions.held().containsKey(tool)) {
                                        all.add(offer(entry, tool, definition, names));
                                    }
                                });
            }
        }
        if (!all.equals(offered)) {
            offered = List.copyOf(all);
            tell(TOOLS_CHANGED);
        }
    }

    private static HostedTool offer(
            ServerEntry entry, String tool, JsonObject definition, Set<String> names) {
        var name = HostedNames.offered(entry.name(), tool, names);
        names.add(name);
        return new HostedTool(name, entry.name(), tool, VisibleText.of(definition));
    }

    private void tell(String notification) {
        listeners.forEach(listener -> listener.changed(notification));
    }

    @Override
    public List<HostedTool> tools() {
        long until = System.nanoTime() + FIRST_LISTS.toNanos();
        try {
            for (var first : List.copyOf(firstLists.entrySet())) {
                boolean there =
                        first.getValue().await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (!there) {
                    firstLists.remove(first.getKey()); // once is enough to wait for it
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return offered;
    }

    @Override
    public JsonObject ask(String server, String method, JsonObject params, Asking asking)
            throws McpCallException, InterruptedException {
        var supervised = usable(server);
        var entry = supervised.entry();
        var headers = Map.<String, String>of();
        if (method.equals("tools/call")) {
            if (approvals.tools(entry).isEmpty()) {
                see(supervised);
            }
            headers = checked(entry, params);
        }
        var patience = entry.timeout().orElse(settings.callPatience());
        var within =
                new Asking(
                        asking.capabilities(),
                        patience.compareTo(asking.patience()) < 0 ? patience : asking.patience(),
                        asking.notices());
        return limit.cut(supervised.ask(method, params, within, headers));
    }

    /** A tool that is held back, or that nobody has seen, is not called. */
    private Map<String, String> checked(ServerEntry entry, JsonObject params)
            throws McpCallException {
        var tool = params.string("name").orElse("");
        var definitions = approvals.tools(entry).orElse(Approvals.Definitions.NONE);
        if (definitions.held().containsKey(tool)) {
            throw new McpCallException(
                    "the tool '%s' of the MCP server '%s' has changed since it was accepted; 'lynkr mcp trust %s' shows how, and accepts it"
                            .formatted(tool, entry.name(), entry.name()));
        }
        var definition = definitions.accepted().get(tool);
        if (definition == null) {
            throw new McpCallException(
                    "the MCP server '" + entry.name() + "' has no tool '" + tool + "'");
        }
        return entry.launch() instanceof Launch.Stdio
                ? Map.of()
                : MirroredHeaders.of(
                        definition, params.object("arguments").orElse(JsonObject.EMPTY));
    }

    private SupervisedServer usable(String name) throws McpCallException {
        var server = servers.get(name);
        if (server == null) {
            throw new McpCallException("there is no MCP server '" + name + "' here");
        }
        if (server.entry().disabled()) {
            throw new McpCallException("the MCP server '" + name + "' is disabled");
        }
        if (!approvals.trusts(server.entry())) {
            throw new McpCallException(
                    "the MCP server '%s' came with the project and is not trusted; its user can say 'lynkr mcp trust %s'"
                            .formatted(name, name));
        }
        return server;
    }

    @Override
    public List<Listed> listed(Kind kind) {
        return entries.stream()
                .filter(this::isUsable)
                .flatMap(
                        entry ->
                                approvals.lists(entry).objects(kind.member()).stream()
                                        .map(one -> new Listed(entry.name(), one)))
                .toList();
    }

    @Override
    public List<HostedServer> servers() {
        return entries.stream().map(this::described).toList();
    }

    private HostedServer described(ServerEntry entry) {
        var server = servers.get(entry.name());
        var definitions = approvals.tools(entry).orElse(Approvals.Definitions.NONE);
        var life = server == null ? supervised(entry) : server;
        var word =
                entry.disabled() ? "disabled" : approvals.trusts(entry) ? life.word() : "untrusted";
        return new HostedServer(
                entry.name(),
                entry.description(),
                entry.launch().transport(),
                entry.launch().target(),
                entry.source().toString(),
                word,
                life.detail(),
                definitions.accepted().size() - definitions.held().size(),
                List.copyOf(definitions.held().keySet()),
                connections.isBoxed(entry),
                life.startedAt(),
                life.usedAt(),
                life.calls(),
                life.starts());
    }

    /** What is wrong with the files that name servers. */
    public List<String> problems() {
        return problems;
    }

    @Override
    public boolean release(String server) {
        var known = servers.get(server);
        return known != null && known.release();
    }

    @Override
    public Runnable onChange(Listener listener) {
        listeners.add(listener);
        if (deaf) {
            listener.over();
        }
        return () -> listeners.remove(listener);
    }

    /** Nobody hears of changes any more: those who listen can leave. */
    public void endListening() {
        deaf = true;
        listeners.forEach(Listener::over);
    }

    /**
     * Starts a server and lists its tools, whatever is known of it.
     *
     * @return what it speaks
     */
    public HostedServer test(String name) throws McpCallException, InterruptedException {
        var server = usable(name);
        see(server);
        return described(server.entry());
    }

    /**
     * Trusts a server of a project as its entry is now, and accepts what changed of its tools.
     *
     * @return for each changed tool, its name with the old and the new definition
     */
    public Map<String, List<JsonObject>> trust(String name) throws McpCallException, IOException {
        var server = servers.get(name);
        if (server == null) {
            throw new McpCallException("there is no MCP server '" + name + "' here");
        }
        var changes = changes(server.entry());
        approvals.trust(server.entry());
        approvals.accept(server.entry());
        return changes;
    }

    private Map<String, List<JsonObject>> changes(ServerEntry entry) {
        var definitions = approvals.tools(entry).orElse(Approvals.Definitions.NONE);
        var changes = new LinkedHashMap<String, List<JsonObject>>();
        definitions
                .held()
                .forEach(
                        (tool, now) ->
                                changes.put(
                                        tool,
                                        List.of(
                                                definitions
                                                        .accepted()
                                                        .getOrDefault(tool, JsonObject.EMPTY),
                                                now)));
        return changes;
    }

    /** Forgets what is known of a server. */
    public void forget(String name) throws IOException {
        var server = servers.get(name);
        if (server != null) {
            approvals.forget(server.entry());
        }
    }

    /** The last lines of a server's log. */
    public String log(String name, int lines) {
        return new ServerLog(logFile(name), List.of()).tail(lines);
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        var ending =
                servers.values().stream()
                        .map(server -> Thread.ofVirtual().start(server::close))
                        .toList();
        for (var thread : ending) {
            try {
                thread.join();
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
        runner.close();
    }
}
