package io.lynkr.index;

import java.util.Set;
import java.util.regex.Pattern;

/** Finds the one name in a type as it is written that tells which members its values have. */
final class TypeNames {
    private static final Set<String> WRAPPERS =
            Set.of(
                    "Optional",
                    "Promise",
                    "Awaitable",
                    "Type",
                    "Rc",
                    "Arc",
                    "Box",
                    "Ref",
                    "RefMut",
                    "Result",
                    "Option",
                    "Union",
                    "Annotated",
                    "Final",
                    "ClassVar",
                    "Readonly",
                    "Partial",
                    "Awaited");

    private static final Pattern NOISE =
            Pattern.compile(
                    "^(?:[\\s&*?!:|(\"'\\[\\]]|@\\w+|\\b(?:const|mut|dyn|impl|readonly|final|struct|enum|class|static|unsigned|ref|out|in|typeof|new|crate)\\b|'\\w+\\s)+");

    private static final Pattern NAME =
            Pattern.compile(
                    "[\\p{L}_$][\\p{L}\\p{N}_$]*(?:(?:\\.|::|\\\\)[\\p{L}_$][\\p{L}\\p{N}_$]*)*");

    private TypeNames() {}

    /** With dots if it has any; empty if there is none. */
    static String head(String type) {
        var text = type.length() > 300 ? type.substring(0, 300) : type;
        text = text.replaceFirst("^->", "");
        var matcher = NAME.matcher(text);
        int from = 0;
        var noise = NOISE.matcher(text);
        if (noise.find()) {
            from = noise.end();
        }
        if (!matcher.find(from)) {
            return "";
        }
        var name = matcher.group().replace("::", ".").replace('\\', '.');
        int end = matcher.end();
        boolean wraps = end < text.length() && (text.charAt(end) == '<' || text.charAt(end) == '[');
        if (wraps && WRAPPERS.contains(name.substring(name.lastIndexOf('.') + 1))) {
            return head(text.substring(end + 1));
        }
        return name.equals("None") || name.equals("null") || name.equals("undefined") ? "" : name;
    }

    /** The last part of a name with dots. */
    static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
