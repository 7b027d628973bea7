package io.lynkr.tool.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mozilla.universalchardet.UniversalDetector;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** In which charset a text is: as declared, as valid UTF-8, or as its bytes look. */
final class Charsets {
    /** What the web takes undeclared Western text for. */
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private Charsets() {}

    static boolean isKnown(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException noName) {
            return false;
        }
    }

    /**
     * @param declared by the server; empty if it did not say
     */
    static String decode(byte[] body, String declared) {
        if (!declared.isEmpty()) {
            return new String(body, Charset.forName(declared));
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(body, detected(body));
        }
    }

    private static Charset detected(byte[] body) {
        var detector = new UniversalDetector();
        detector.handleData(body, 0, body.length);
        detector.dataEnd();
        var name = detector.getDetectedCharset();
        try {
            return name == null ? WESTERN : Charset.forName(name);
        } catch (UnsupportedCharsetException | IllegalCharsetNameException notHere) {
            return WESTERN;
        }
    }
}
