package io.lynkr.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The languages that are parsed; a new one is a line here and a file of patterns. */
enum Language {
    TYPESCRIPT("typescript", "typescript", Sight.MODULES, false, "ts", "mts", "cts"),
    TSX("tsx", "typescript", Sight.MODULES, false, "tsx"),
    JAVASCRIPT("javascript", "javascript", Sight.MODULES, false, "js", "jsx", "mjs", "cjs"),
    PYTHON("python", "python", Sight.MODULES, false, "py", "pyi", "pyw"),
    JAVA("java", "java", Sight.PACKAGES, true, "java"),
    GO("go", "go", Sight.PACKAGES, false, "go"),
    RUST("rust", "rust", Sight.EVERYTHING, false, "rs"),
    C("c", "c", Sight.EVERYTHING, false, "c"),
    CPP("cpp", "cpp", Sight.EVERYTHING, true, "cc", "cpp", "cxx", "h", "hh", "hpp", "hxx"),
    CSHARP("c-sharp", "csharp", Sight.PACKAGES, true, "cs"),
    RUBY("ruby", "ruby", Sight.EVERYTHING, true, "rb", "rake", "gemspec"),
    PHP("php", "php", Sight.PACKAGES, false, "php"),
    KOTLIN("kotlin", "kotlin", Sight.PACKAGES, true, "kt", "kts"),
    SCALA("scala", "scala", Sight.PACKAGES, true, "scala", "sc"),
    SWIFT("swift", "swift", Sight.EVERYTHING, true, "swift"),
    BASH("bash", "bash", Sight.EVERYTHING, false, "sh", "bash");

    /** What a file sees of others without naming them. */
    enum Sight {
        /** Only what it imports. */
        MODULES,
        /** What is in its package. */
        PACKAGES,
        /** Whatever there is. */
        EVERYTHING
    }

    private final String grammar;
    private final String patterns;
    private final Sight sight;
    private final boolean memberWithoutThis;
    private final String endings;

    Language(
            String grammar,
            String patterns,
            Sight sight,
            boolean memberWithoutThis,
            String... endings) {
        this.grammar = grammar;
        this.patterns = patterns;
        this.sight = sight;
        this.memberWithoutThis = memberWithoutThis;
        this.endings = " " + String.join(" ", endings) + " ";
    }

    /** By the ending of a file's name. */
    static Optional<Language> of(String path) {
        int dot = path.lastIndexOf('.');
        var ending = path.substring(dot + 1).toLowerCase(Locale.ROOT);
        for (var language : values()) {
            if (dot >= 0 && language.endings.contains(" " + ending + " ")) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    Sight sight() {
        return sight;
    }

    /** Whether a class's members are called by their bare names inside it. */
    boolean memberWithoutThis() {
        return memberWithoutThis;
    }

    /** As people write it, in lower case. */
    String word() {
        return this == TSX ? "typescript" : this == CSHARP ? "c#" : this == CPP ? "c++" : grammar;
    }

    /** Whether a file of the other may use what one of this defines. */
    boolean mixesWith(Language other) {
        return family() == other.family();
    }

    private Language family() {
        return switch (this) {
            case TSX, JAVASCRIPT -> TYPESCRIPT;
            case C -> CPP;
            case KOTLIN, SCALA -> JAVA;
            default -> this;
        };
    }

    /** Loads what is needed to read it. */
    Analyzer analyzer() {
        var loaded = Grammar.load(grammar);
        return new Analyzer(this, loaded, new TreeQuery(loaded, patterns()));
    }

    private String patterns() {
        var name = patterns + ".scm";
        try (var in = Language.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new GrammarException("no patterns " + name);
            }
            var more = patterns.equals("typescript") ? JAVASCRIPT.patterns() : "";
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + more;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes each analyzer once, when it is first asked for. */
    static final class Analyzers {
        private final java.util.Map<Language, Supplier<Analyzer>> made =
                new java.util.EnumMap<>(Language.class);

        synchronized Analyzer of(Language language) {
            return made.computeIfAbsent(
                            language,
                            each -> {
                                var analyzer = each.analyzer();
                                return () -> analyzer;
                            })
                    .get();
        }
    }
}
