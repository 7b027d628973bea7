package io.lynkr.index;

import java.util.List;
import java.util.Map;

/**
 * What one file says by itself.
 *
 * @param unit the package or namespace it declares; empty for none
 * @param symbols in the order in which they are defined
 * @param uses by the name that is used; those that mean something local to a function are left out
 * @param exact whether a parser read it without meeting mistakes
 */
record FileFacts(
        String unit,
        List<Definition> symbols,
        List<Import> imports,
        Map<String, List<Use>> uses,
        boolean exact) {

    /** Nothing is known. */
    static final FileFacts NONE = new FileFacts("", List.of(), List.of(), Map.of(), false);

    /**
     * A definition.
     *
     * @param container names of what it stands in, with dots; empty at the top of the file
     * @param line from 1
     * @param column of the name, from 1, in bytes
     * @param type what a value of it is, or what it returns, as far as it says so
     * @param supers names of what it inherits from
     */
    record Definition(
            String name,
            Kind kind,
            String container,
            int line,
            int column,
            int endLine,
            String type,
            List<String> supers) {

        /** With its container. */
        String qualified() {
            return container.isEmpty() ? name : container + "." + name;
        }
    }

    /**
     * A name from elsewhere.
     *
     * @param local as it is called here; {@code *} for all that the module has
     * @param module where it is from, as it is written
     * @param item its name there; empty for the module itself
     */
    record Import(String local, String module, String item) {}

    /**
     * A place where a name is used.
     *
     * @param line from 1
     * @param column from 1, in bytes
     * @param receiver what stands before the dot, see {@link Receivers}; empty if nothing does
     * @param within number of the innermost definition around it; -1 for none
     */
    record Use(int line, int column, String receiver, int within) {}
}
