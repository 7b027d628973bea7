package io.lynkr.index;

import io.lynkr.index.FileFacts.Definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Guesses definitions by the look of lines, where there is no grammar. */
final class PlainText {
    private static final Pattern DEFINITION =
            Pattern.compile(
                    "^\\s*(?:(?:public|private|protected|internal|export|default|static|final|abstract|async|pub|local|override|open)\\s+)*"
                        + "(class|interface|trait|struct|enum|module|namespace|type|function|func|fun|fn|def|sub|proc|procedure|macro|message|service|resource|table)"
                        + "\\s+[\"`]?([\\p{L}_$][\\p{L}\\p{N}_$]*)");
    private static final Pattern HEADING = Pattern.compile("^(#{1,6})\\s+(.{1,120}?)\\s*#*$");
    private static final int LONGEST_LINE = 400;

    private PlainText() {}

    static FileFacts facts(String path, String text) {
        var definitions = new ArrayList<Definition>();
        boolean isMarkdown = path.endsWith(".md") || path.endsWith(".markdown");
        var lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].length() <= LONGEST_LINE) {
                find(lines[i], i + 1, isMarkdown, definitions);
            }
        }
        return new FileFacts("", definitions, List.of(), Map.of(), false);
    }

    /** What a parser lost in a broken part of the file is added at the end. */
    static FileFacts completed(FileFacts parsed, FileFacts guessed) {
        var names = new HashSet<String>();
        parsed.symbols().forEach(it -> names.add(it.name()));
        var all = new ArrayList<>(parsed.symbols());
        guessed.symbols().stream().filter(it -> !names.contains(it.name())).forEach(all::add);
        return new FileFacts(parsed.unit(), all, parsed.imports(), parsed.uses(), false);
    }

    private static void find(String line, int number, boolean isMarkdown, List<Definition> found) {
        var matcher = (isMarkdown ? HEADING : DEFINITION).matcher(line);
        if (!matcher.find()) {
            return;
        }
        var kind = isMarkdown ? Kind.HEADING : kind(matcher.group(1));
        found.add(
                new Definition(
                        matcher.group(2),
                        kind,
                        "",
                        number,
                        matcher.start(2) + 1,
                        number,
                        "",
                        List.of()));
    }

    private static Kind kind(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "class" -> Kind.CLASS;
            case "interface" -> Kind.INTERFACE;
            case "trait" -> Kind.TRAIT;
            case "struct", "message", "table" -> Kind.STRUCT;
            case "enum" -> Kind.ENUM;
            case "module", "namespace", "service", "resource" -> Kind.MODULE;
            case "type" -> Kind.TYPE;
            case "macro" -> Kind.MACRO;
            default -> Kind.FUNCTION;
        };
    }
}
