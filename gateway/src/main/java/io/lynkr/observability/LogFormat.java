package io.lynkr.observability;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** How log lines look. */
public enum LogFormat {
    /** One JSON object a line, for machines. */
    JSON {
        @Override
        void write(LogLine line, Redactor redactor, StringBuilder out) {
            var event = line.event();
            out.append("{\"time\":\"");
            INSTANT.formatTo(event.getInstant(), out);
            out.append("\",\"level\":\"").append(event.getLevel());
            out.append("\",\"logger\":\"").append(event.getLoggerName());
            out.append("\",\"message\":\"");
            LogText.escape(event.getFormattedMessage(), redactor, out);
            out.append('"');
            line.forEachFact((key, value) -> member(key, value, redactor, out));
            var thrown = event.getThrowableProxy();
            if (thrown != null) {
                out.append(",\"exception\":\"");
                LogText.escape(LogText.stackTrace(thrown), LogText.LONGEST_TRACE, redactor, out);
                out.append('"');
            }
            out.append("}\n");
        }

        private static void member(String key, Object value, Redactor redactor, StringBuilder out) {
            out.append(",\"");
            LogText.escape(key, redactor, out);
            out.append("\":");
            if (isBare(value)) {
                out.append(text(value));
            } else {
                out.append('"');
                LogText.escape(text(value), redactor, out);
                out.append('"');
            }
        }

        private static boolean isBare(Object value) {
            return switch (value) {
                case Double number -> Double.isFinite(number);
                case Float number -> Float.isFinite(number);
                case Number _, Boolean _ -> true;
                default -> false;
            };
        }
    },

    /** One line for people, and below it the stack trace if there is one. */
    TEXT {
        @Override
        void write(LogLine line, Redactor redactor, StringBuilder out) {
            var event = line.event();
            TIME.formatTo(event.getInstant().atZone(ZoneId.systemDefault()), out);
            out.append(' ');
            var level = event.getLevel().toString();
            out.append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
            LogText.escape(event.getFormattedMessage(), redactor, out);
            line.forEachFact((key, value) -> fact(key, value, redactor, out));
            out.append('\n');
            var thrown = event.getThrowableProxy();
            if (thrown != null) {
                for (var each : LogText.stackTrace(thrown).split("\n", -1)) {
                    out.append("    ");
                    LogText.escape(each.strip(), redactor, out);
                    out.append('\n');
                }
            }
        }

        private static void fact(String key, Object value, Redactor redactor, StringBuilder out) {
            out.append("  ");
            LogText.escape(key, redactor, out);
            out.append('=');
            var text = text(value);
            boolean bare = !text.isEmpty() && text.chars().allMatch(c -> isBare((char) c));
            if (bare) {
                out.append(text);
            } else {
                out.append('"');
                LogText.escape(text, redactor, out);
                out.append('"');
            }
        }

        private static boolean isBare(char c) {
            return c != ' ' && c != '"' && c != '=' && c != '\\' && LogText.isPlain(c);
        }
    };

    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    /** Appends the line with its end. */
    abstract void write(LogLine line, Redactor redactor, StringBuilder out);

    private static String text(Object value) {
        return value instanceof BigDecimal exact ? exact.toPlainString() : String.valueOf(value);
    }
}
