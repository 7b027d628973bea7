package io.lynkr.observability;

import ch.qos.logback.classic.spi.IThrowableProxy;

import org.jspecify.annotations.Nullable;

/**
 * Puts text of unknown origin into a line: nothing in it can end the line, move the cursor or turn
 * the direction of reading, and nothing is endless.
 */
final class LogText {
    static final int LONGEST_VALUE = 4_096;
    static final int LONGEST_TRACE = 16_384;
    private static final int MOST_FRAMES = 30;
    private static final int MOST_CAUSES = 5;
    private static final String HEX = "0123456789abcdef";

    private LogText() {}

    /** Appends text with what is special in a JSON string escaped, and all that is not plain. */
    static void escape(String text, Redactor redactor, StringBuilder out) {
        escape(text, LONGEST_VALUE, redactor, out);
    }

    static void escape(String text, int longest, Redactor redactor, StringBuilder out) {
        // A cut could leave half a secret, which nobody would recognise: mask before.
        var whole = text.length() > longest ? redactor.redact(text) : text;
        int end = Math.min(whole.length(), longest);
        int plain = plainUpTo(whole, end);
        out.append(whole, 0, plain);
        for (int i = plain; i < end; i++) {
            char c = whole.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isPlain(c) || isPair(whole, i)) {
                        out.append(c);
                    } else {
                        unicode(c, out);
                    }
                }
            }
        }
        if (end < whole.length()) {
            out.append("… (").append(whole.length()).append(" characters)");
        }
    }

    /** How much of the beginning can be copied as it is: in most texts, all of it. */
    private static int plainUpTo(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                return i;
            }
        }
        return end;
    }

    /** Neither a control character, nor one that reorders text, nor half a pair. */
    static boolean isPlain(char c) {
        if (c < 0x7f) {
            return c >= 0x20;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    false;
            default -> true;
        };
    }

    private static boolean isPair(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : Character.isLowSurrogate(c)
                        && at > 0
                        && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static void unicode(char c, StringBuilder out) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >> shift) & 0xF));
        }
    }

    /** An exception with its causes, as much of it as helps; lines are separated, not escaped. */
    static String stackTrace(IThrowableProxy thrown) {
        var trace = new StringBuilder(2_048);
        @Nullable IThrowableProxy each = thrown;
        for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) {
            trace.append(depth == 0 ? "" : "\ncaused by ").append(each.getClassName());
            if (each.getMessage() != null) {
                trace.append(": ").append(each.getMessage().replace('\n', ' '));
            }
            var frames = each.getStackTraceElementProxyArray();
            int shown = Math.min(frames.length - each.getCommonFrames(), MOST_FRAMES);
            for (int i = 0; i < shown; i++) {
                trace.append("\n\t").append(frames[i].getSTEAsString());
            }
            each = each.getCause();
        }
        return trace.toString();
    }
}
