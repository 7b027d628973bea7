package io.lynkr.mcp.host;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the user agreed to: servers of projects, and the definitions of tools as they were seen
 * first or accepted since. Kept in a file that only the user can read, which the gateway and the
 * command line change under a lock: {@code {trusted: {key: fingerprint}, tools: {key: {accepted:
 * {name: definition}, held: {name: definition}}}, lists: {key: {resources: [], …}}}}.
 */
final class Approvals {
    private static final String TRUSTED = "trusted";
    private static final String TOOLS = "tools";
    private static final String ACCEPTED = "accepted";
    private static final String HELD = "held";
    private static final String LISTS = "lists";

    private final Path file;

    // Guarded by this: what was read last, and when the file was written.
    private JsonObject read = JsonObject.EMPTY;
    private long readAt = -1;

    Approvals(Path file) {
        this.file = file;
    }

    /**
     * The tools of a server, in the order in which it lists them.
     *
     * @param held definitions that differ from what was accepted
     */
    record Definitions(Map<String, JsonObject> accepted, Map<String, JsonObject> held) {
        static final Definitions NONE = new Definitions(Map.of(), Map.of());
    }

    boolean trusts(ServerEntry entry) {
        return !entry.ofProject()
                || object(current(), TRUSTED)
                        .string(entry.key())
                        .filter(entry.fingerprint()::equals)
                        .isPresent();
    }

    void trust(ServerEntry entry) throws IOException {
        change(
                all ->
                        all.with(
                                TRUSTED,
                                object(all, TRUSTED).with(entry.key(), entry.fingerprint())));
    }

    /** Forgets a server. */
    void forget(ServerEntry entry) throws IOException {
        change(
                all ->
                        all.with(TRUSTED, object(all, TRUSTED).without(entry.key()))
                                .with(TOOLS, object(all, TOOLS).without(entry.key()))
                                .with(LISTS, object(all, LISTS).without(entry.key())));
    }

    /** Empty if nobody has seen its tools yet. */
    Optional<Definitions> tools(ServerEntry entry) {
        return object(current(), TOOLS)
                .object(entry.key())
                .map(
                        kept ->
                                new Definitions(
                                        definitions(object(kept, ACCEPTED)),
                                        definitions(object(kept, HELD))));
    }

    private static Map<String, JsonObject> definitions(JsonObject kept) {
        var definitions = new LinkedHashMap<String, JsonObject>();
        for (var name : kept.keys()) {
            kept.object(name).ifPresent(definition -> definitions.put(name, definition));
        }
        return definitions;
    }

    /**
     * Takes the list that a server gave: a tool that is new is accepted, one that changed is held
     * back, one that is gone is forgotten.
     *
     * @return whether anything is different now
     */
    boolean seen(ServerEntry entry, List<JsonObject> listed) throws IOException {
        var before = tools(entry);
        var accepted = new LinkedHashMap<String, JsonObject>();
        var held = new LinkedHashMap<String, JsonObject>();
        var known = before.orElse(Definitions.NONE);
        for (var definition : listed) {
            var name = definition.string("name").orElse("");
            var old = known.accepted().get(name);
            if (old == null || same(old, definition)) {
                accepted.put(name, definition);
            } else {
                accepted.put(name, old);
                held.put(name, definition);
            }
        }
        var now = new Definitions(accepted, held);
        if (before.filter(now::equals).isPresent()) {
            return false;
        }
        keep(entry, now);
        return true;
    }

    private static boolean same(JsonObject old, JsonObject now) {
        return ManifestReader.fingerprint(old).equals(ManifestReader.fingerprint(now));
    }

    /**
     * Accepts the changed definitions of a server.
     *
     * @return their names
     */
    List<String> accept(ServerEntry entry) throws IOException {
        var known = tools(entry).orElse(Definitions.NONE);
        var accepted = new LinkedHashMap<>(known.accepted());
        accepted.putAll(known.held());
        keep(entry, new Definitions(accepted, Map.of()));
        return List.copyOf(known.held().keySet());
    }

    /** What a server listed of other things, by the member that holds the list. */
    JsonObject lists(ServerEntry entry) {
        return object(object(current(), LISTS), entry.key());
    }

    /**
     * @return whether anything is different now
     */
    boolean keepLists(ServerEntry entry, JsonObject lists) throws IOException {
        if (lists(entry).equals(lists)) {
            return false;
        }
        change(all -> all.with(LISTS, object(all, LISTS).with(entry.key(), lists)));
        return true;
    }

    private void keep(ServerEntry entry, Definitions definitions) throws IOException {
        var kept =
                JsonObject.of(ACCEPTED, JsonObject.copyOf(definitions.accepted()))
                        .with(HELD, JsonObject.copyOf(definitions.held()));
        change(all -> all.with(TOOLS, object(all, TOOLS).with(entry.key(), kept)));
    }

    private static JsonObject object(JsonObject all, String member) {
        return all.object(member).orElse(JsonObject.EMPTY);
    }

    private synchronized JsonObject current() {
        try {
            long writtenAt = Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0;
            if (writtenAt != readAt) {
                read = writtenAt == 0 ? JsonObject.EMPTY : load();
                readAt = writtenAt;
            }
        } catch (IOException unreadable) {
            read = JsonObject.EMPTY; // nothing is agreed to
        }
        return read;
    }

    private JsonObject load() throws IOException {
        try {
            return JsonObject.parse(Files.readAllBytes(file));
        } catch (JsonException damaged) {
            throw new IOException(file + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private synchronized void change(UnaryOperator<JsonObject> edit) throws IOException {
        PrivateFiles.makeFolderOf(file);
        var lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try (var channel =
                        FileChannel.open(
                                lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            var all = edit.apply(Files.exists(file) ? load() : JsonObject.EMPTY);
            var draft = file.resolveSibling(file.getFileName() + ".new");
            PrivateFiles.write(draft, all.toBytes());
            move(draft);
            read = all;
            readAt = Files.getLastModifiedTime(file).toMillis();
        }
    }

    private void move(Path draft) throws IOException {
        try {
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException otherSystem) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
