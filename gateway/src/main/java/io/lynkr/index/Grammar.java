package io.lynkr.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * How one language is parsed.
 *
 * @param language the {@code TSLanguage}
 * @param kinds names of nodes by their id; the same name may stand there more than once
 * @param named whether a node of this kind is more than a piece of punctuation or a keyword
 * @param fields names of fields by their id; the first is empty
 */
@SuppressWarnings("restricted") // calls into C are what this class is for
record Grammar(
        String name,
        MemorySegment language,
        List<String> kinds,
        boolean[] named,
        List<String> fields) {
    /** The kind of nodes that are mistakes. */
    static final int ERROR = 0xFFFF;

    /**
     * Loads it.
     *
     * @throws GrammarException if there is none for this machine
     */
    static Grammar load(String name) {
        var core = TreeSitter.library();
        try {
            var language = TreeSitter.language(name);
            int count = (int) core.symbolCount.invokeExact(language);
            var kinds = new ArrayList<String>();
            var named = new boolean[count];
            for (int i = 0; i < count; i++) {
                kinds.add(text(core.symbolName, language, i));
                named[i] = (int) core.symbolType.invokeExact(language, (short) i) == 0;
            }
            var fields = new ArrayList<>(List.of(""));
            int fieldCount = (int) core.fieldCount.invokeExact(language);
            for (int i = 1; i <= fieldCount; i++) {
                fields.add(text(core.fieldName, language, i));
            }
            return new Grammar(name, language, List.copyOf(kinds), named, List.copyOf(fields));
        } catch (IOException e) {
            throw new GrammarException("the grammar " + name + " cannot be loaded", e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw TreeSitter.unexpected(e);
        }
    }

    private static String text(MethodHandle name, MemorySegment language, int id) throws Throwable {
        var text = (MemorySegment) name.invokeExact(language, (short) id);
        return text.address() == 0 ? "" : text.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** All ids of a kind's name; none if the grammar does not know it. */
    List<Integer> kindIds(String kind) {
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < kinds.size(); i++) {
            if (named[i] && kinds.get(i).equals(kind)) {
                ids.add(i);
            }
        }
        return ids;
    }

    String kindName(int kind) {
        return kind >= kinds.size() ? "ERROR" : kinds.get(kind);
    }
}
