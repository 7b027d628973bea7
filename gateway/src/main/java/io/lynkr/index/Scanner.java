package io.lynkr.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.workspace.FileEntry;
import io.lynkr.workspace.TextFile;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** Reads single files. Used by one thread at a time. */
final class Scanner implements AutoCloseable {
    /** Greater files are named, but not read. */
    static final int MOST_BYTES = 1 << 20;

    private static final int LONGEST_USUAL_LINE = 5_000;
    private static final int USUAL_LINE = 500;
    private static final byte[] NOTHING = {};

    private final Workspace workspace;
    private final Language.Analyzers analyzers;
    private Optional<Parser> parser = Optional.empty();

    Scanner(Workspace workspace, Language.Analyzers analyzers) {
        this.workspace = workspace;
        this.analyzers = analyzers;
    }

    /** Whatever is wrong with a file is its note. */
    Scanned scan(FileEntry entry) {
        var path = entry.path().toString();
        var language = Language.of(path);
        if (entry.size() > MOST_BYTES) {
            return unread(entry, language, "larger than 1 MB");
        }
        try {
            return scan(entry, language, workspace.read(entry.path()));
        } catch (WorkspaceException e) {
            return unread(entry, language, String.valueOf(e.getMessage()));
        }
    }

    private static Scanned unread(FileEntry entry, Optional<Language> language, String why) {
        var path = entry.path().toString();
        return new Scanned(
                path,
                language,
                entry.size(),
                entry.modified().toEpochMilli(),
                NOTHING,
                Origin.of(path, ""),
                0,
                why,
                NOTHING,
                FileFacts.NONE);
    }

    private Scanned scan(FileEntry entry, Optional<Language> language, byte[] bytes) {
        var path = entry.path().toString();
        var text = TextFile.decode(bytes);
        if (text.isEmpty()) {
            return unread(entry, language, "not a text");
        }
        var plain = text.get().text();
        var utf8 = plain.getBytes(UTF_8);
        int lines = (int) plain.chars().filter(letter -> letter == '\n').count() + 1;
        var origin = Origin.of(path, plain);
        var note = "";
        var facts = FileFacts.NONE;
        if (isMinified(plain, lines)) {
            note = "minified";
            origin = Origin.GENERATED;
        } else if (language.isPresent()) {
            var parsed = parse(language.get(), utf8);
            facts = parsed.orElseGet(() -> PlainText.facts(path, plain));
            note = parsed.isPresent() ? "" : "not parsed; found by text";
            if (parsed.isPresent() && !facts.exact()) {
                note = "has syntax errors";
                facts = PlainText.completed(facts, PlainText.facts(path, plain));
            }
        } else {
            facts = PlainText.facts(path, plain);
        }
        return new Scanned(
                path,
                language,
                bytes.length,
                entry.modified().toEpochMilli(),
                hash(bytes),
                origin,
                lines,
                note,
                Trigrams.of(utf8),
                facts);
    }

    private Optional<FileFacts> parse(Language language, byte[] text) {
        try {
            if (parser.isEmpty()) {
                parser = Optional.of(new Parser());
            }
            var analyzer = analyzers.of(language);
            return parser.get().parse(analyzer.grammar(), text).map(analyzer::read);
        } catch (GrammarException notOnThisMachine) {
            return Optional.empty();
        }
    }

    private static boolean isMinified(String text, int lines) {
        return text.length() > LONGEST_USUAL_LINE && text.length() / lines > USUAL_LINE;
    }

    static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        parser.ifPresent(Parser::close);
    }
}
