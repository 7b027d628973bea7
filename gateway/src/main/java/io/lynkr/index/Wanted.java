package io.lynkr.index;

import java.util.regex.Pattern;

/**
 * A name as people give it: {@code name}, {@code Owner.name}, {@code Owner#name}, {@code
 * path:Owner.name}.
 *
 * @param owner empty for any
 * @param path the end of a path, or of a module's name; empty for any
 */
record Wanted(String name, String owner, String path) {
    static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*[!?]?");

    static Wanted of(String text) {
        var plain = text.strip().replace("::", ".").replace('#', '.').replaceFirst("\\(\\)$", "");
        int colon = plain.lastIndexOf(':');
        var path = colon < 0 ? "" : plain.substring(0, colon);
        var name = plain.substring(colon + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 || dot == name.length() - 1
                ? new Wanted(name, "", path)
                : new Wanted(name.substring(dot + 1), name.substring(0, dot), path);
    }

    boolean fits(Symbol symbol, SourceFile home) {
        return ownerFits(symbol, home) && (path.isEmpty() || pathFits(home.path()));
    }

    private boolean ownerFits(Symbol symbol, SourceFile home) {
        if (owner.isEmpty() || ("." + symbol.container()).endsWith("." + owner)) {
            return true;
        }
        var inUnit = "." + home.unit() + "." + symbol.container();
        return inUnit.replaceFirst("\\.$", "").endsWith("." + owner)
                || (symbol.container().isEmpty()
                        && ("/" + home.path().replaceFirst("\\.\\w+$", ""))
                                .endsWith("/" + owner.replace('.', '/')));
    }

    private boolean pathFits(String where) {
        return where.contains(path)
                || where.replaceFirst("\\.\\w+$", "").endsWith(path.replace('.', '/'));
    }
}
