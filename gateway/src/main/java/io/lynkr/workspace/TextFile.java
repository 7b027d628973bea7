package io.lynkr.workspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * A file's text and how it was written, so that an edit can be written the same way.
 *
 * @param text with {@code \n} at the ends of lines if all ends were alike, else as it is
 * @param mark whether a byte order mark stands in front
 */
public record TextFile(String text, Charset charset, boolean mark, LineEnds ends) {

    /** How lines end. */
    public enum LineEnds {
        UNIX,
        WINDOWS,
        /** Both; they are left alone. */
        MIXED
    }

    /** A new file: UTF-8 and {@code \n}. */
    public static final TextFile EMPTY = new TextFile("", UTF_8, false, LineEnds.UNIX);

    private static final int LOOKED_AT = 8000;

    /** Empty if the bytes are not text. */
    public static Optional<TextFile> decode(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return strictly(bytes, 3, UTF_8);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return strictly(bytes, 2, UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return strictly(bytes, 2, UTF_16BE);
        }
        for (int i = 0; i < Math.min(bytes.length, LOOKED_AT); i++) {
            if (bytes[i] == 0) {
                return Optional.empty();
            }
        }
        // Every sequence of bytes is Latin-1, so an edit gives back all others unchanged.
        return strictly(bytes, 0, UTF_8).or(() -> strictly(bytes, 0, ISO_8859_1));
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<TextFile> strictly(byte[] bytes, int from, Charset charset) {
        try {
            var raw =
                    charset.newDecoder()
                            .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                            .toString();
            var ends = endsOf(raw);
            var text = ends == LineEnds.WINDOWS ? raw.replace("\r\n", "\n") : raw;
            return Optional.of(new TextFile(text, charset, from > 0, ends));
        } catch (CharacterCodingException notThisCharset) {
            return Optional.empty();
        }
    }

    private static LineEnds endsOf(String raw) {
        int all = 0;
        int windows = 0;
        for (int i = raw.indexOf('\n'); i >= 0; i = raw.indexOf('\n', i + 1)) {
            all++;
            if (i > 0 && raw.charAt(i - 1) == '\r') {
                windows++;
            }
        }
        if (windows == 0) {
            return LineEnds.UNIX;
        }
        return windows == all ? LineEnds.WINDOWS : LineEnds.MIXED;
    }

    /** The text with the line ends that the file has. */
    public String textAsWritten() {
        return ends == LineEnds.WINDOWS ? text.replace("\n", "\r\n") : text;
    }

    /** The same file, but line ends are written as a text has them. */
    public TextFile leavingLineEnds() {
        return new TextFile(textAsWritten(), charset, mark, LineEnds.MIXED);
    }

    /** A new text in this file's charset, mark and line ends; {@code \r\n} in it is accepted. */
    public byte[] encode(String newText) {
        var lines =
                ends == LineEnds.WINDOWS
                        ? newText.replace("\r\n", "\n").replace("\n", "\r\n")
                        : newText;
        boolean fits = charset.newEncoder().canEncode(lines);
        return ((mark ? "\uFEFF" : "") + lines).getBytes(fits ? charset : UTF_8);
    }
}
