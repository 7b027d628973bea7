package io.lynkr.index;

import io.lynkr.index.FileFacts.Import;

import java.util.List;

/** Reads what imports say. */
final class ImportText {
    private ImportText() {}

    static String unquoted(String text) {
        return text.replaceAll("^[\"'`<]|[\"'`>]$", "").replaceAll("\\s", "");
    }

    /** What a module is called in a file that imports it without giving it a name. */
    static String localName(Language language, String module) {
        return switch (language) {
            case PYTHON -> module.contains(".") ? module.substring(0, module.indexOf('.')) : module;
            case GO -> {
                var plain = module.replaceFirst("/v\\d+$", "").replaceFirst("\\.v\\d+$", "");
                yield plain.substring(plain.lastIndexOf('/') + 1);
            }
            default -> "*";
        };
    }

    /** {@code a.b.C}, {@code a.b.C as D} or {@code a.b.*}, without the keyword. */
    static void kotlin(String text, List<Import> imports) {
        var words = text.strip().split("\\s+", -1);
        var path = words[0];
        dotted(path, words.length == 3 ? words[2] : "", imports);
    }

    /** {@code import a.b.C, d.{E, F => G, _}}. */
    static void scala(String text, List<Import> imports) {
        var rest = text.replaceFirst("^import\\s+", "");
        int open = rest.indexOf('{');
        if (open < 0) {
            for (var path : rest.split(",", -1)) {
                dotted(path.strip(), "", imports);
            }
            return;
        }
        var module = rest.substring(0, open).replaceAll("[.\\s]+$", "");
        for (var item : rest.substring(open + 1).replace("}", "").split(",", -1)) {
            var names = item.strip().split("\\s*(=>|\\sas\\s)\\s*", -1);
            dotted(module + "." + names[0], names.length == 2 ? names[1] : "", imports);
        }
    }

    private static void dotted(String path, String alias, List<Import> imports) {
        int dot = path.lastIndexOf('.');
        if (dot < 0) {
            return;
        }
        var item = path.substring(dot + 1);
        var module = path.substring(0, dot);
        if (item.equals("*") || item.equals("_")) {
            imports.add(new Import("*", module, ""));
        } else {
            imports.add(new Import(alias.isEmpty() ? item : alias, module, item));
        }
    }
}
