package io.lynkr.index;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * The C library of tree-sitter, as far as it is used here: see {@code tree_sitter/api.h} of version
 * 0.26. Its binaries, and those of the grammars, lie in the jars of io.github.bonede.
 */
@SuppressWarnings("restricted") // calls into C are what this class is for
final class TreeSitter {
    /** {@code TSNode}: start byte, row, column, alias; the subtree; the tree. */
    static final StructLayout NODE =
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(4, JAVA_INT), ADDRESS, ADDRESS);

    /** {@code TSTreeCursor}. */
    static final StructLayout CURSOR =
            MemoryLayout.structLayout(
                    ADDRESS,
                    ADDRESS,
                    MemoryLayout.sequenceLayout(3, JAVA_INT),
                    MemoryLayout.paddingLayout(4));

    /** {@code TSPoint}. */
    static final StructLayout POINT = MemoryLayout.structLayout(JAVA_INT, JAVA_INT);

    /** {@code TSInput}: payload, read, encoding, decode. */
    static final StructLayout INPUT =
            MemoryLayout.structLayout(
                    ADDRESS, ADDRESS, JAVA_INT, MemoryLayout.paddingLayout(4), ADDRESS);

    /** {@code TSParseOptions}: payload, progress callback. */
    static final StructLayout PARSE_OPTIONS = MemoryLayout.structLayout(ADDRESS, ADDRESS);

    static final Linker LINKER = Linker.nativeLinker();

    /** Lives as long as the process: code is never unloaded. */
    private static final Arena CODE = Arena.global();

    final MethodHandle parserNew;
    final MethodHandle parserDelete;
    final MethodHandle parserReset;
    final MethodHandle parserSetLanguage;
    final MethodHandle parserParse;
    final MethodHandle treeDelete;
    final MethodHandle treeRoot;
    final MethodHandle cursorNew;
    final MethodHandle cursorDelete;
    final MethodHandle cursorNode;
    final MethodHandle cursorField;
    final MethodHandle cursorFirstChild;
    final MethodHandle cursorNextSibling;
    final MethodHandle cursorParent;
    final MethodHandle nodeSymbol;
    final MethodHandle nodeEnd;
    final MethodHandle symbolCount;
    final MethodHandle symbolName;
    final MethodHandle symbolType;
    final MethodHandle fieldCount;
    final MethodHandle fieldName;

    private TreeSitter(SymbolLookup library) {
        // The quick ones do no more than read memory, so the thread need not change its state.
        var quick = Linker.Option.critical(false);
        parserNew = function(library, "ts_parser_new", FunctionDescriptor.of(ADDRESS));
        parserDelete = function(library, "ts_parser_delete", FunctionDescriptor.ofVoid(ADDRESS));
        parserReset = function(library, "ts_parser_reset", FunctionDescriptor.ofVoid(ADDRESS));
        parserSetLanguage =
                function(
                        library,
                        "ts_parser_set_language",
                        FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, ADDRESS));
        parserParse =
                function(
                        library,
                        "ts_parser_parse_with_options",
                        FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, INPUT, PARSE_OPTIONS));
        treeDelete = function(library, "ts_tree_delete", FunctionDescriptor.ofVoid(ADDRESS));
        treeRoot = function(library, "ts_tree_root_node", FunctionDescriptor.of(NODE, ADDRESS));
        cursorNew = function(library, "ts_tree_cursor_new", FunctionDescriptor.of(CURSOR, NODE));
        cursorDelete =
                function(library, "ts_tree_cursor_delete", FunctionDescriptor.ofVoid(ADDRESS));
        cursorNode =
                function(
                        library,
                        "ts_tree_cursor_current_node",
                        FunctionDescriptor.of(NODE, ADDRESS),
                        quick);
        cursorField =
                function(
                        library,
                        "ts_tree_cursor_current_field_id",
                        FunctionDescriptor.of(JAVA_SHORT, ADDRESS),
                        quick);
        cursorFirstChild =
                function(
                        library,
                        "ts_tree_cursor_goto_first_child",
                        FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS),
                        quick);
        cursorNextSibling =
                function(
                        library,
                        "ts_tree_cursor_goto_next_sibling",
                        FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS),
                        quick);
        cursorParent =
                function(
                        library,
                        "ts_tree_cursor_goto_parent",
                        FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS),
                        quick);
        nodeSymbol =
                function(library, "ts_node_symbol", FunctionDescriptor.of(JAVA_SHORT, NODE), quick);
        nodeEnd =
                function(library, "ts_node_end_byte", FunctionDescriptor.of(JAVA_INT, NODE), quick);
        symbolCount =
                function(
                        library,
                        "ts_language_symbol_count",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS));
        symbolName =
                function(
                        library,
                        "ts_language_symbol_name",
                        FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_SHORT));
        symbolType =
                function(
                        library,
                        "ts_language_symbol_type",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));
        fieldCount =
                function(
                        library,
                        "ts_language_field_count",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS));
        fieldName =
                function(
                        library,
                        "ts_language_field_name_for_id",
                        FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_SHORT));
    }

    private static MethodHandle function(
            SymbolLookup library, String name, FunctionDescriptor shape, Linker.Option... options) {
        return LINKER.downcallHandle(library.findOrThrow(name), shape, options);
    }

    private static final class Loaded {
        private static final TreeSitter CORE = load();

        private static TreeSitter load() {
            try {
                return new TreeSitter(library("tree-sitter"));
            } catch (IOException e) {
                throw new GrammarException("the parser's library cannot be loaded", e);
            }
        }
    }

    /**
     * The library, loaded at the first call.
     *
     * @throws GrammarException if there is none for this machine
     */
    static TreeSitter library() {
        try {
            return Loaded.CORE;
        } catch (LinkageError failedBeforeOrNow) {
            throw new GrammarException("the parser's library cannot be loaded", failedBeforeOrNow);
        }
    }

    /**
     * A grammar's {@code TSLanguage}.
     *
     * @param name as in {@code tree-sitter-java}
     */
    static MemorySegment language(String name) throws IOException {
        var symbol = "tree_sitter_" + name.replace('-', '_');
        var function =
                library("tree-sitter-" + name)
                        .find(symbol)
                        .orElseThrow(() -> new IOException("no function " + symbol));
        try {
            return (MemorySegment)
                    LINKER.downcallHandle(function, FunctionDescriptor.of(ADDRESS)).invokeExact();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Calls into C throw nothing; the compiler does not know. */
    static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a call of tree-sitter failed", e);
    }

    /** The file in the jar is copied to where the system can load it, and removed again. */
    private static SymbolLookup library(String name) throws IOException {
        var platform = platform();
        var resource = "/lib/" + platform.prefix() + name + platform.suffix();
        try (var in = TreeSitter.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no " + resource + " for this machine");
            }
            var file = Files.createTempFile("lynkr-" + name, platform.suffix());
            try {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                return SymbolLookup.libraryLookup(file, CODE);
            } catch (IllegalArgumentException notLoadable) {
                throw new IOException(notLoadable);
            } finally {
                deleteNowOrLater(file);
            }
        }
    }

    private static void deleteNowOrLater(Path file) throws IOException {
        if (platform().suffix().equals(".dll")) {
            file.toFile().deleteOnExit();
        } else {
            Files.deleteIfExists(file);
        }
    }

    private record Platform(String prefix, String suffix) {}

    private static Platform platform() {
        var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        var machine = System.getProperty("os.arch", "");
        var chip = machine.equals("amd64") ? "x86_64" : machine;
        if (system.contains("mac")) {
            return new Platform(chip + "-macos-", ".dylib");
        }
        return system.contains("win")
                ? new Platform(chip + "-windows-", ".dll")
                : new Platform(chip + "-linux-gnu-", ".so");
    }
}
