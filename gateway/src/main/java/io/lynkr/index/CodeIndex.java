package io.lynkr.index;

import io.lynkr.workspace.Workspace;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.MatchResult;

/**
 * What the workspace defines and uses. Nothing is opened or read before the first question; from
 * then on a thread of low priority follows the file system. Safe for many threads: questions are
 * answered from what is there, whatever is being read meanwhile.
 */
public final class CodeIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CodeIndex.class);
    private static final int SETTLE_MILLIS = 60;
    private static final long LOOK_AGAIN_MILLIS = 600_000;

    private final Workspace workspace;
    private final Path file;
    private final boolean isForgotten;

    /** Held by whoever writes. */
    private final ReentrantLock writing = new ReentrantLock();

    private final AtomicLong generation = new AtomicLong();
    private volatile IndexState state = new IndexState(false, 0, 0, "");
    private volatile @Nullable Open open;
    private volatile boolean closed;

    /** What is there after the first question. */
    private record Open(IndexDatabase database, Indexer indexer, Thread thread) {}

    /** What answers need at hand; made anew when something changed. */
    private record View(long generation, SourceFiles files, List<String> names) {}

    private volatile @Nullable View view;
    private volatile @Nullable Changes changes;

    private CodeIndex(Workspace workspace, Path file, boolean isForgotten) {
        this.workspace = workspace;
        this.file = file;
        this.isForgotten = isForgotten;
    }

    /**
     * Opens nothing yet.
     *
     * @param workspace for the index alone, which closes it
     * @param file the database, outside the workspace
     */
    public static CodeIndex kept(Workspace workspace, Path file) {
        return new CodeIndex(workspace, file, false);
    }

    /** The same, but its database is gone at the end. */
    public static CodeIndex forgotten(Workspace workspace) {
        var folder =
                Path.of(
                        System.getProperty("java.io.tmpdir", ""),
                        "lynkr-index-" + UUID.randomUUID());
        return new CodeIndex(workspace, folder.resolve("index.db"), true);
    }

    /** Hears how far the index is. */
    @FunctionalInterface
    public interface Progress {
        void at(int done, int all);
    }

    /** Waits until what is on the disk now is in the index, but not longer than this. */
    public IndexState await(Duration patience, Progress progress)
            throws IOException, InterruptedException {
        start();
        long end = System.nanoTime() + patience.toNanos();
        while (!state.isCurrent() && state.problem().isEmpty() && System.nanoTime() < end) {
            progress.at(state.done(), state.all());
            synchronized (this) {
                wait(20);
            }
        }
        var heard = changes;
        var opened = open;
        if (heard != null
                && opened != null
                && state.isCurrent()
                && writing.tryLock(SETTLE_MILLIS, TimeUnit.MILLISECONDS)) {
            try {
                apply(opened, heard, heard.take(0));
            } finally {
                writing.unlock();
            }
        }
        return state;
    }

    /** Reads everything anew. */
    public IndexState rebuild(Duration patience, Progress progress)
            throws IOException, InterruptedException {
        boolean isNew = open == null && !Files.exists(file);
        start();
        if (isNew) {
            return await(patience, progress);
        }
        var opened = opened();
        writing.lockInterruptibly();
        try {
            opened.indexer().clear();
            sync(opened, progress);
        } finally {
            writing.unlock();
        }
        return await(patience, progress);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a wish, on which nothing relies
    private synchronized void start() throws IOException {
        if (closed) {
            throw new IOException("the gateway is shutting down");
        }
        if (open != null) {
            return;
        }
        var database = IndexDatabase.open(file);
        var thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("index")
                        .priority(Thread.MIN_PRIORITY)
                        .unstarted(this::follow);
        open = new Open(database, new Indexer(workspace, database), thread);
        thread.start();
    }

    private Open opened() throws IOException {
        var known = open;
        if (known == null) {
            throw new IOException("the index is not open");
        }
        return known;
    }

    /** The life of the thread. Whatever goes wrong is told in answers, and ends it. */
    private void follow() {
        try {
            var opened = opened();
            try (var heard = new Changes(workspace.root())) {
                changes = heard;
                writing.lockInterruptibly();
                try {
                    sync(opened, (_, _) -> {});
                } finally {
                    writing.unlock();
                }
                while (!closed) {
                    var changed = heard.take(LOOK_AGAIN_MILLIS);
                    writing.lockInterruptibly();
                    try {
                        apply(opened, heard, changed);
                    } finally {
                        writing.unlock();
                    }
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                LOG.warn("the index of the workspace is no longer kept", e);
                state = new IndexState(false, 0, 0, String.valueOf(e.getMessage()));
            }
        }
    }

    private void sync(Open opened, Progress progress) throws IOException, InterruptedException {
        state = new IndexState(false, 0, 0, "");
        var outcome =
                opened.indexer()
                        .sync(
                                (done, all) -> {
                                    state = new IndexState(false, done, all, "");
                                    progress.at(done, all);
                                    generation.incrementAndGet();
                                });
        var heard = changes;
        if (heard != null) {
            heard.watch(outcome.folders());
        }
        generation.incrementAndGet();
        state = new IndexState(true, outcome.read(), outcome.read(), "");
        synchronized (this) {
            notifyAll();
        }
    }

    private void apply(Open opened, Changes heard, Changes.Changed changed)
            throws IOException, InterruptedException {
        if (changed.isNothing()) {
            return;
        }
        if (changed.isAnything()) {
            sync(opened, (_, _) -> {});
        } else {
            heard.watch(opened.indexer().update(changed.paths()));
            generation.incrementAndGet();
        }
    }

    /** Asks the database and the view that belongs to it. */
    private interface Question<T> {
        T answer(Connection connection, View view) throws SQLException;
    }

    private <T> T ask(Question<T> question) throws IOException {
        return opened().database()
                .read(connection -> question.answer(connection, view(connection)));
    }

    private View view(Connection connection) throws SQLException {
        long now = generation.get();
        var known = view;
        if (known != null && known.generation() == now) {
            return known;
        }
        var files = IndexDatabase.files(connection);
        var made =
                new View(
                        now,
                        new SourceFiles(files, ModulePaths.of(workspace, files)),
                        IndexDatabase.definedNames(connection));
        view = made;
        return made;
    }

    /** What fits a query, the best first. */
    public List<Place> search(SymbolQuery query) throws IOException {
        return ask(
                (connection, now) -> {
                    var wanted = Wanted.of(query.text());
                    var match = new NameMatch(wanted.name());
                    var byScore = new TreeMap<Integer, List<String>>();
                    for (var name : now.names()) {
                        int score = match.of(name);
                        if (score != NameMatch.NONE) {
                            byScore.computeIfAbsent(score, _ -> new ArrayList<>()).add(name);
                        }
                    }
                    var found = new ArrayList<Symbol>();
                    for (var names : byScore.values()) {
                        var tier = new ArrayList<Symbol>();
                        for (var name : names.subList(0, Math.min(names.size(), 300))) {
                            tier.addAll(IndexDatabase.symbolsNamed(connection, name));
                        }
                        tier.removeIf(each -> !fits(each, query, wanted, now.files()));
                        tier.sort(importance(now.files()));
                        found.addAll(tier);
                        if (found.size() >= 200) {
                            break;
                        }
                    }
                    return places(found, now.files());
                });
    }

    private boolean fits(Symbol symbol, SymbolQuery query, Wanted wanted, SourceFiles files) {
        if (!files.has(symbol.file())) {
            return false;
        }
        var home = files.byId(symbol.file());
        return wanted.fits(symbol, home)
                && (query.kind().isEmpty() || symbol.kind().word().equals(query.kind()))
                && (query.language().isEmpty()
                        || home.language().map(Language::word).orElse("").equals(query.language()))
                && home.path().contains(query.path());
    }

    private static Comparator<Symbol> importance(SourceFiles files) {
        return Comparator.comparing((Symbol each) -> files.byId(each.file()).origin())
                .thenComparing(
                        each -> each.kind() == Kind.CONSTRUCTOR || each.kind() == Kind.HEADING)
                .thenComparing(each -> !each.kind().holdsMembers())
                .thenComparingInt(each -> each.name().length())
                .thenComparing(each -> files.byId(each.file()).path())
                .thenComparingInt(Symbol::line);
    }

    private List<Place> places(List<Symbol> symbols, SourceFiles files) {
        var lines = new Lines(workspace);
        return symbols.stream().map(each -> place(each, files, lines)).toList();
    }

    private static Place place(Symbol symbol, SourceFiles files, Lines lines) {
        var home = files.byId(symbol.file());
        return new Place(
                home.path(),
                symbol.line(),
                symbol.endLine(),
                symbol.kind(),
                symbol.qualified(),
                home.origin(),
                lines.text(home.path(), symbol.line()));
    }

    /**
     * The definitions of a name, as {@code name}, {@code Owner.name} or {@code path:Owner.name}.
     */
    public List<Place> definitions(String name) throws IOException {
        return ask((connection, now) -> places(defined(connection, now, name), now.files()));
    }

    private static List<Symbol> defined(Connection connection, View now, String text)
            throws SQLException {
        var wanted = Wanted.of(text);
        var found = new ArrayList<>(IndexDatabase.symbolsNamed(connection, wanted.name()));
        found.removeIf(
                each ->
                        !now.files().has(each.file())
                                || !wanted.fits(each, now.files().byId(each.file())));
        found.sort(importance(now.files()));
        return found;
    }

    /**
     * What the name at a place means: the best guesses first, and how sure they are.
     *
     * @param column from 1; without one, what the line defines, or else the first name in it that
     *     means something
     */
    public Uses definitionsAt(String path, int line, Optional<Integer> column) throws IOException {
        return ask(
                (connection, now) ->
                        new Uses(
                                places(meantAt(connection, now, path, line, column), now.files()),
                                List.of(),
                                0));
    }

    private List<Symbol> meantAt(
            Connection connection, View now, String path, int line, Optional<Integer> column)
            throws SQLException {
        var home = now.files().byPath(path);
        if (home.isEmpty()) {
            return List.of();
        }
        if (column.isEmpty()) {
            var defined =
                    IndexDatabase.symbolsOf(connection, home.get().id()).stream()
                            .filter(each -> each.line() == line)
                            .toList();
            if (!defined.isEmpty()) {
                var name = defined.getFirst().name();
                return defined.stream().filter(each -> each.name().equals(name)).toList();
            }
        }
        for (var name : namesAt(path, line, column)) {
            var meant = meant(connection, now, home.get(), name, line);
            if (!meant.isEmpty()) {
                return meant;
            }
        }
        return List.of();
    }

    /** The name that reaches to the column or begins behind it; without one, all of the line. */
    private List<String> namesAt(String path, int line, Optional<Integer> column) {
        int at = column.orElse(1) - 1;
        return Wanted.NAME
                .matcher(new Lines(workspace).raw(path, line))
                .results()
                .filter(name -> name.end() > at)
                .map(MatchResult::group)
                .limit(column.isPresent() ? 1 : Long.MAX_VALUE)
                .toList();
    }

    private List<Symbol> meant(
            Connection connection, View now, SourceFile home, String name, int line)
            throws SQLException {
        var resolver = new Resolver(connection, now.files());
        var all = new ArrayList<>(resolver.named(name));
        all.removeIf(each -> !now.files().has(each.file()));
        var here =
                all.stream()
                        .filter(each -> each.file() == home.id() && each.line() == line)
                        .toList();
        if (!here.isEmpty()) {
            return here;
        }
        var uses = IndexDatabase.uses(connection, name).getOrDefault(home.id(), List.of());
        var byCertainty = new TreeMap<Certainty, List<Symbol>>();
        for (var use : uses) {
            if (use.line() == line) {
                for (var each : all) {
                    var certainty = resolver.certainty(home, use, each);
                    if (certainty.isPresent()) {
                        byCertainty
                                .computeIfAbsent(certainty.get(), _ -> new ArrayList<>())
                                .add(each);
                    }
                }
            }
        }
        return byCertainty.isEmpty() ? List.of() : byCertainty.firstEntry().getValue();
    }

    /**
     * Where a definition is used.
     *
     * @param name as for {@link #definitions}
     * @param withNameOnly whether lines that only have the name are listed too
     */
    public Uses references(String name, boolean withNameOnly) throws IOException {
        return ask(
                (connection, now) ->
                        uses(connection, now, defined(connection, now, name), withNameOnly));
    }

    /** The same for the name at a place. */
    public Uses referencesAt(String path, int line, Optional<Integer> column, boolean withNameOnly)
            throws IOException {
        return ask(
                (connection, now) ->
                        uses(
                                connection,
                                now,
                                meantAt(connection, now, path, line, column),
                                withNameOnly));
    }

    private Uses uses(Connection connection, View now, List<Symbol> targets, boolean withNameOnly)
            throws SQLException {
        if (targets.isEmpty()) {
            return new Uses(List.of(), List.of(), 0);
        }
        var files = now.files();
        var resolver = new Resolver(connection, files);
        var found = new ArrayList<Uses.Hit>();
        var lines = new Lines(workspace);
        int nameOnly = 0;
        var seen = new HashSet<String>();
        for (var entry : IndexDatabase.uses(connection, targets.getFirst().name()).entrySet()) {
            if (!files.has(entry.getKey())) {
                continue;
            }
            var home = files.byId(entry.getKey());
            for (var use : entry.getValue()) {
                Optional<Certainty> best = Optional.empty();
                for (var target : targets) {
                    var certainty = resolver.certainty(home, use, target);
                    if (certainty.isPresent()
                            && (best.isEmpty() || certainty.get().compareTo(best.get()) < 0)) {
                        best = certainty;
                    }
                }
                if (best.isEmpty()) {
                    continue;
                }
                if (best.get() == Certainty.NAME_ONLY && !withNameOnly) {
                    nameOnly++;
                } else if (seen.add(home.path() + ":" + use.line())) {
                    var symbols = resolver.symbolsOf(home.id());
                    found.add(
                            new Uses.Hit(
                                    home.path(),
                                    use.line(),
                                    best.get(),
                                    use.within() < 0 || use.within() >= symbols.size()
                                            ? ""
                                            : symbols.get(use.within()).qualified(),
                                    ""));
                }
            }
        }
        found.sort(
                Comparator.comparing(Uses.Hit::certainty)
                        .thenComparing(
                                hit ->
                                        files.byPath(hit.path())
                                                .map(SourceFile::origin)
                                                .orElse(Origin.SOURCE))
                        .thenComparing(Uses.Hit::path)
                        .thenComparingInt(Uses.Hit::line));
        return new Uses(
                targets.stream().limit(10).map(each -> place(each, files, lines)).toList(),
                found,
                nameOnly);
    }

    /** The lines of hits, for those that are shown. */
    public List<Uses.Hit> withText(List<Uses.Hit> hits) {
        var lines = new Lines(workspace);
        return hits.stream()
                .map(
                        hit ->
                                new Uses.Hit(
                                        hit.path(),
                                        hit.line(),
                                        hit.certainty(),
                                        hit.within(),
                                        lines.text(hit.path(), hit.line())))
                .toList();
    }

    /** What a file defines, in its order; empty if there is no such file. */
    public Optional<List<Place>> outline(String path) throws IOException {
        return ask(
                (connection, now) -> {
                    var home = now.files().byPath(path);
                    return home.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    places(
                                            IndexDatabase.symbolsOf(connection, home.get().id()),
                                            now.files()));
                });
    }

    /** The files that matter most, with what they define. */
    public List<RepoMap.Entry> map(RepoMap.Focus focus) throws IOException {
        return ask((connection, now) -> RepoMap.of(connection, now.files(), focus, workspace));
    }

    /** What kind of repository this is. */
    public Summary summary() throws IOException {
        return ask((_, now) -> Summary.of(workspace, now.files()));
    }

    /** Paths of files that may hold a text, and of those about which nothing is known. */
    public List<String> mayHold(String text) throws IOException {
        return ask(
                (connection, now) -> {
                    var paths = new ArrayList<String>();
                    IndexDatabase.trigrams(connection)
                            .forEach(
                                    (id, filter) -> {
                                        if (now.files().has(id)
                                                && (filter.length == 0
                                                        || Trigrams.mayHold(filter, text))) {
                                            paths.add(now.files().byId(id).path());
                                        }
                                    });
                    return paths;
                });
    }

    @Override
    public void close() {
        closed = true;
        var opened = open;
        if (opened != null) {
            opened.thread().interrupt();
            try {
                opened.thread().join(Duration.ofSeconds(5));
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
            opened.database().close();
            if (isForgotten) {
                IndexDatabase.forget(file);
            }
        }
        workspace.close();
    }
}
