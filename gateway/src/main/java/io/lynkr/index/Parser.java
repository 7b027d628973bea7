package io.lynkr.index;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Optional;

/** Parses one file after the other. Used by one thread at a time. */
@SuppressWarnings("restricted") // calls into C are what this class is for
final class Parser implements AutoCloseable {
    /** Some files drive grammars mad; nobody waits longer for one of them. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final int MOST_NODES = 3_000_000;
    private static final int PROGRESS_INTERVAL = 64;

    private final TreeSitter core = TreeSitter.library();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment parser;
    private final MemorySegment input = arena.allocate(TreeSitter.INPUT);
    private final MemorySegment options = arena.allocate(TreeSitter.PARSE_OPTIONS);
    private final MemorySegment node = arena.allocate(TreeSitter.NODE);
    private final MemorySegment cursor = arena.allocate(TreeSitter.CURSOR);
    private final SegmentAllocator intoNode = (_, _) -> node;
    private final SegmentAllocator intoCursor = (_, _) -> cursor;

    private MemorySegment source = MemorySegment.NULL;
    private long length;
    private long end;
    private int asked;

    Parser() {
        try {
            parser = (MemorySegment) core.parserNew.invokeExact();
            input.set(ADDRESS, 8, upcall("read", READ, READ_SHAPE));
            options.set(ADDRESS, 8, upcall("isLate", IS_LATE, IS_LATE_SHAPE));
        } catch (Throwable e) {
            throw TreeSitter.unexpected(e);
        }
    }

    private static final MethodType READ =
            MethodType.methodType(
                    MemorySegment.class,
                    MemorySegment.class,
                    int.class,
                    MemorySegment.class,
                    MemorySegment.class);
    private static final FunctionDescriptor READ_SHAPE =
            FunctionDescriptor.of(
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    TreeSitter.POINT,
                    ADDRESS.withTargetLayout(JAVA_INT));
    private static final MethodType IS_LATE =
            MethodType.methodType(boolean.class, MemorySegment.class);
    private static final FunctionDescriptor IS_LATE_SHAPE =
            FunctionDescriptor.of(ValueLayout.JAVA_BOOLEAN, ADDRESS);

    private MemorySegment upcall(String method, MethodType type, FunctionDescriptor shape)
            throws ReflectiveOperationException {
        var handle = MethodHandles.lookup().bind(this, method, type);
        return TreeSitter.LINKER.upcallStub(handle, shape, arena);
    }

    /** Called by the parser for the text from a byte on. */
    @SuppressWarnings("unused") // by name, above
    private MemorySegment read(
            MemorySegment payload, int from, MemorySegment point, MemorySegment count) {
        int left = (int) Math.max(0, length - Integer.toUnsignedLong(from));
        count.set(JAVA_INT, 0, left);
        return MemorySegment.ofAddress(source.address() + (left == 0 ? 0 : from));
    }

    /** Called by the parser now and then; true stops it. */
    @SuppressWarnings("unused") // by name, above
    private boolean isLate(MemorySegment state) {
        return ++asked % PROGRESS_INTERVAL == 0 && System.nanoTime() - end > 0;
    }

    /** Parses UTF-8; empty if it takes too long or grows too large. */
    Optional<SyntaxTree> parse(Grammar grammar, byte[] text) {
        try (var here = Arena.ofConfined()) {
            source = here.allocate(text.length + 1L);
            MemorySegment.copy(text, 0, source, JAVA_BYTE, 0, text.length);
            length = text.length;
            end = System.nanoTime() + LONGEST.toNanos();
            if (!(boolean) core.parserSetLanguage.invokeExact(parser, grammar.language())) {
                throw new GrammarException(
                        "the grammar " + grammar.name() + " does not fit the parser");
            }
            var tree =
                    (MemorySegment)
                            core.parserParse.invokeExact(
                                    parser, MemorySegment.NULL, input, options);
            if (tree.address() == 0) {
                core.parserReset.invokeExact(parser);
                return Optional.empty();
            }
            try {
                return flatten(grammar, tree, text);
            } finally {
                core.treeDelete.invokeExact(tree);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw TreeSitter.unexpected(e);
        }
    }

    private Optional<SyntaxTree> flatten(Grammar grammar, MemorySegment tree, byte[] text)
            throws Throwable {
        var root = (MemorySegment) core.treeRoot.invokeExact(intoNode, tree);
        var made = (MemorySegment) core.cursorNew.invokeExact(intoCursor, root);
        try {
            return walk(grammar, made, text);
        } finally {
            core.cursorDelete.invokeExact(made);
        }
    }

    /** Without recursion: a file may be nested as deeply as it likes. */
    private Optional<SyntaxTree> walk(Grammar grammar, MemorySegment at, byte[] text)
            throws Throwable {
        var flat = new SyntaxTree(text);
        var named = grammar.named();
        int parent = -1;
        // A node that is left out hands its children to its parent.
        var open = new int[64];
        int depth = 0;
        while (true) {
            var current = (MemorySegment) core.cursorNode.invokeExact(intoNode, at);
            int kind = Short.toUnsignedInt((short) core.nodeSymbol.invokeExact(current));
            int own = parent;
            if (kind >= named.length || named[kind]) {
                int field = Short.toUnsignedInt((short) core.cursorField.invokeExact(at));
                int start = current.get(JAVA_INT, 0);
                own = flat.add(kind, field, start, (int) core.nodeEnd.invokeExact(current), parent);
                if (flat.size() > MOST_NODES) {
                    return Optional.empty();
                }
            }
            if ((boolean) core.cursorFirstChild.invokeExact(at)) {
                if (depth == open.length) {
                    open = java.util.Arrays.copyOf(open, depth * 2);
                }
                open[depth++] = parent;
                parent = own;
                continue;
            }
            while (!(boolean) core.cursorNextSibling.invokeExact(at)) {
                if (depth == 0 || !(boolean) core.cursorParent.invokeExact(at)) {
                    return Optional.of(flat);
                }
                int outer = open[--depth];
                if (parent >= 0 && parent != outer) {
                    flat.close(parent);
                }
                parent = outer;
            }
        }
    }

    @Override
    public void close() {
        try {
            core.parserDelete.invokeExact(parser);
        } catch (Throwable e) {
            throw TreeSitter.unexpected(e);
        }
        arena.close();
    }
}
