package io.lynkr.index;

import java.util.List;

/**
 * A definition in the index.
 *
 * @param file number of its file
 * @param order its place among the definitions of its file
 * @param type see {@link FileFacts.Definition}
 */
record Symbol(
        int file,
        int order,
        String name,
        Kind kind,
        String container,
        int line,
        int column,
        int endLine,
        String type,
        List<String> supers) {

    String qualified() {
        return container.isEmpty() ? name : container + "." + name;
    }

    boolean isAt(Symbol other) {
        return file == other.file && order == other.order;
    }

    /** Whether it is called on a value or by the name of what it is in. */
    boolean isMember() {
        return !container.isEmpty() && !kind.holdsMembers();
    }
}
