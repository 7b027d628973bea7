package io.lynkr.provider.dialect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was changed in a request on its way into another schema, in short stable words such as
 * {@code drop:context_management}. They end up in a response header, so they are kept few and
 * plain.
 */
final class Edits {
    private static final int MAX_EDITS = 40;
    private static final int MAX_WORD = 60;

    private final Set<String> edits = new LinkedHashSet<>();

    /** The field has no counterpart and was left out. */
    void drop(String field) {
        add("drop:", field);
    }

    /** The field is said in another way. */
    void convert(String field) {
        add("convert:", field);
    }

    /** The field's value was lowered or cut to what the backend takes. */
    void clamp(String field) {
        add("clamp:", field);
    }

    /** The name was replaced by one that the backend takes. */
    void rename(String field) {
        add("rename:", field);
    }

    /** The field was left out or changed because the backend had just refused it. */
    void correct(String field) {
        add("correct:", field);
    }

    List<String> list() {
        return List.copyOf(edits);
    }

    private void add(String what, String field) {
        if (edits.size() < MAX_EDITS) {
            edits.add(what + plain(field));
        }
    }

    /** A field may be called anything by a client, but not everything may stand in a header. */
    private static String plain(String field) {
        var shown = field.length() > MAX_WORD ? field.substring(0, MAX_WORD) : field;
        return shown.replaceAll("[^A-Za-z0-9_.-]", "_");
    }
}
