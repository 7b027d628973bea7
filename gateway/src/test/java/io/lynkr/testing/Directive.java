package io.lynkr.testing;

import java.util.ArrayList;
import java.util.List;

/** An order to {@link ScriptedModel} inside a prompt: {@code [[name:argument]]}; they may nest. */
record Directive(String name, String argument) {

    static List<Directive> in(String prompt) {
        var found = new ArrayList<Directive>();
        int start = prompt.indexOf("[[");
        while (start >= 0) {
            int end = closing(prompt, start);
            if (end < 0) {
                return found;
            }
            var inner = prompt.substring(start + 2, end);
            int colon = inner.indexOf(':');
            found.add(
                    colon < 0
                            ? new Directive(inner.strip(), "")
                            : new Directive(
                                    inner.substring(0, colon).strip(), inner.substring(colon + 1)));
            start = prompt.indexOf("[[", end + 2);
        }
        return found;
    }

    /** The prompt without any directive. */
    static String strip(String prompt) {
        var rest = new StringBuilder();
        int at = 0;
        int start = prompt.indexOf("[[");
        while (start >= 0) {
            int end = closing(prompt, start);
            if (end < 0) {
                break;
            }
            rest.append(prompt, at, start);
            at = end + 2;
            start = prompt.indexOf("[[", at);
        }
        return rest.append(prompt.substring(at)).toString().strip();
    }

    private static int closing(String prompt, int start) {
        int depth = 0;
        for (int i = start; i + 1 < prompt.length(); i++) {
            if (prompt.startsWith("[[", i)) {
                depth++;
                i++;
            } else if (prompt.startsWith("]]", i)) {
                depth--;
                if (depth == 0) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /**
     * Split at bars into exactly this many parts; the last keeps its bars, missing ones are empty.
     */
    List<String> parts(int count) {
        var parts = new ArrayList<>(List.of(argument.split("\\|", count)));
        while (parts.size() < count) {
            parts.add("");
        }
        return parts;
    }
}
