package io.lynkr.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One knob: its variable, default and meaning. Declared once, as a constant of the component that
 * uses it; documentation and {@code lynkr config} come from the declarations.
 *
 * @param <T> what the text is read as
 * @param name the environment variable
 * @param defaultText the default as one would write it; empty for none
 * @param expected what a good value looks like, such as {@code a whole number from 1 to 65535}
 * @param doc one sentence for people
 * @param secret whether the value must never be shown; such a setting also has a {@code …_FILE}
 *     form
 * @param reader reads a text that is not blank; throws {@link IllegalArgumentException} if it is
 *     wrong
 */
public record Setting<T>(
        String name,
        String defaultText,
        String expected,
        String doc,
        boolean secret,
        Function<String, T> reader) {
    private static final Pattern HOST =
            Pattern.compile("[\\w.-]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*|\\[[0-9a-fA-F:.]+]");

    /** The variable that may name a file with the value instead; for secrets. */
    public String fileName() {
        return name + "_FILE";
    }

    /** The same setting under another name. */
    public Setting<T> named(String otherName) {
        return new Setting<>(otherName, defaultText, expected, doc, secret, reader);
    }

    public static Setting<Optional<String>> text(String name, String doc) {
        return new Setting<>(name, "", "a text", doc, false, Setting::optional);
    }

    public static Setting<String> text(String name, String defaultText, String doc) {
        return new Setting<>(name, defaultText, "a text", doc, false, Function.identity());
    }

    public static Setting<Boolean> bool(String name, boolean byDefault, String doc) {
        return new Setting<>(
                name, Boolean.toString(byDefault), "true or false", doc, false, Setting::readBool);
    }

    public static Setting<Integer> integer(
            String name, int byDefault, int min, int max, String doc) {
        return new Setting<>(
                name,
                Integer.toString(byDefault),
                "a whole number from " + min + " to " + max,
                doc,
                false,
                text -> (int) readWhole(text, min, max));
    }

    /** A share above 0, up to 1. */
    public static Setting<Double> share(String name, double byDefault, String doc) {
        return new Setting<>(
                name,
                Double.toString(byDefault),
                "a number above 0, up to 1",
                doc,
                false,
                Setting::readShare);
    }

    /** A duration written as a whole number of milliseconds. */
    public static Setting<Duration> millis(String name, long byDefault, String doc) {
        return millis(name, byDefault, 0, doc);
    }

    /** A duration of at least {@code min}, written as a whole number of milliseconds. */
    public static Setting<Duration> millis(String name, long byDefault, long min, String doc) {
        return new Setting<>(
                name,
                Long.toString(byDefault),
                "a whole number of milliseconds, " + min + " or more",
                doc,
                false,
                text -> Duration.ofMillis(readWhole(text, min, Long.MAX_VALUE / 1_000_000)));
    }

    /** A size such as {@code 512kb}, {@code 32mb}, {@code 1gb}, or a plain number of bytes. */
    public static Setting<Long> bytes(String name, String defaultText, String doc) {
        return new Setting<>(
                name, defaultText, "a size such as 32mb", doc, false, Setting::readBytes);
    }

    /** Items separated by commas or semicolons. */
    public static Setting<List<String>> list(String name, String defaultText, String doc) {
        return new Setting<>(
                name, defaultText, "a list with commas", doc, false, Setting::readList);
    }

    public static Setting<Optional<Secret>> secret(String name, String doc) {
        return new Setting<>(
                name,
                "",
                "a secret text",
                doc,
                true,
                text -> text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text)));
    }

    public static Setting<Optional<URI>> uri(String name, String doc) {
        return new Setting<>(
                name,
                "",
                "an http or https address",
                doc,
                false,
                text -> optional(text).map(Setting::readUri));
    }

    public static Setting<URI> uri(String name, String defaultText, String doc) {
        return new Setting<>(
                name, defaultText, "an http or https address", doc, false, Setting::readUri);
    }

    public static Setting<Optional<Path>> path(String name, String doc) {
        return new Setting<>(
                name, "", "a path", doc, false, text -> optional(text).map(Setting::readPath));
    }

    /** A host name or an IP address; brackets around an IPv6 address are taken off. */
    public static Setting<String> host(String name, String defaultText, String doc) {
        return new Setting<>(
                name, defaultText, "a host name or an IP address", doc, false, Setting::readHost);
    }

    /** One of the constants of an enum, written in lower case with hyphens. */
    public static <E extends Enum<E>> Setting<E> choice(
            String name, Class<E> type, E byDefault, String doc) {
        var choices = Arrays.stream(type.getEnumConstants()).map(Setting::spelled).toList();
        return new Setting<>(
                name,
                spelled(byDefault),
                "one of " + String.join(", ", choices),
                doc,
                false,
                text -> readChoice(text, type));
    }

    private static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E readChoice(String text, Class<E> type) {
        for (var constant : type.getEnumConstants()) {
            if (spelled(constant).equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("unknown choice");
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static boolean readBool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("not a boolean");
        };
    }

    private static long readWhole(String text, long min, long max) {
        long value = Long.parseLong(text);
        if (value < min || value > max) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    private static double readShare(String text) {
        double value = Double.parseDouble(text);
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    private static long readBytes(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        long unit =
                lower.endsWith("gb")
                        ? 1L << 30
                        : lower.endsWith("mb") ? 1L << 20 : lower.endsWith("kb") ? 1L << 10 : 1;
        var digits =
                unit == 1 ? lower.replaceFirst("b$", "") : lower.substring(0, lower.length() - 2);
        return readWhole(digits.strip(), 1, Long.MAX_VALUE / unit) * unit;
    }

    private static List<String> readList(String text) {
        return Arrays.stream(text.split("[,;]", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static URI readUri(String text) {
        try {
            var uri = new URI(text);
            boolean web =
                    "http".equalsIgnoreCase(uri.getScheme())
                            || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null) {
                throw new IllegalArgumentException("not a web address");
            }
            return uri;
        } catch (URISyntaxException broken) {
            throw new IllegalArgumentException("not an address", broken);
        }
    }

    private static String readHost(String text) {
        if (!HOST.matcher(text).matches()) {
            throw new IllegalArgumentException("not a host");
        }
        return text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
    }

    private static Path readPath(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException broken) {
            throw new IllegalArgumentException("not a path", broken);
        }
    }
}
