package io.lynkr.tool.web;

import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;

import org.jsoup.Jsoup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns what came into text: HTML into Markdown, a PDF into its text, anything textual as it is.
 */
final class PageReader {
    private static final Pattern CHARSET =
            Pattern.compile("(?i)charset\\s*=\\s*[\"']?([\\w.:+-]+)");

    /** Controls, and marks that reverse or hide text: people and models must read the same. */
    private static final Pattern HIDDEN =
            Pattern.compile(
                    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]");

    private PageReader() {}

    static Page read(RawPage raw) throws ToolException {
        var type = raw.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals("application/pdf") || startsWith(raw.body(), "%PDF-")) {
            if (raw.cut()) {
                throw new ToolException(
                        Kind.TOO_LARGE,
                        "the PDF is larger than what is read of a page (WEB_FETCH_MAX_BYTES)");
            }
            return page(raw, "application/pdf", PdfText.read(raw.body()));
        }
        if (isHtml(type, raw.body())) {
            return page(raw, type.isEmpty() ? "text/html" : type, html(raw));
        }
        if (isTextual(type, raw.body())) {
            return page(raw, type, new Text("", Charsets.decode(raw.body(), charset(raw))));
        }
        throw new ToolException(
                Kind.FAILED,
                "%s is no text (%s, %d bytes)"
                        .formatted(
                                raw.address().uri(),
                                type.isEmpty() ? "of unknown type" : type,
                                raw.body().length));
    }

    /**
     * What was read.
     *
     * @param title empty if there is none
     */
    record Text(String title, String body) {}

    private static Page page(RawPage raw, String type, Text text) {
        return new Page(
                raw.address().uri().toString(),
                raw.status(),
                type,
                clean(text.title),
                clean(text.body),
                raw.cut());
    }

    private static String clean(String text) {
        return HIDDEN.matcher(text).replaceAll("");
    }

    private static Text html(RawPage raw) {
        try {
            var declared = charset(raw);
            var document =
                    Jsoup.parse(
                            new ByteArrayInputStream(raw.body()),
                            declared.isEmpty() ? null : declared,
                            raw.address().uri().toString());
            return new Text(document.title(), Markdown.of(document));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The charset that the server named, if there is such a one. */
    private static String charset(RawPage raw) {
        var named = CHARSET.matcher(raw.contentType());
        return named.find() && Charsets.isKnown(named.group(1)) ? named.group(1) : "";
    }

    private static boolean isHtml(String type, byte[] body) {
        return type.equals("text/html")
                || type.equals("application/xhtml+xml")
                || (type.isEmpty()
                        && (startsWith(body, "<!doctype html") || startsWith(body, "<html")));
    }

    private static boolean isTextual(String type, byte[] body) {
        boolean named =
                type.startsWith("text/")
                        || type.endsWith("+json")
                        || type.endsWith("+xml")
                        || type.matches(
                                "application/(json|xml|javascript|x-ndjson|yaml|x-yaml|toml|sql)");
        return named || (!type.matches("(image|audio|video|font)/.*") && !hasZero(body));
    }

    private static boolean hasZero(byte[] body) {
        for (int i = 0; i < Math.min(body.length, 4_096); i++) {
            if (body[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] body, String lowerCaseAscii) {
        if (body.length < lowerCaseAscii.length()) {
            return false;
        }
        for (int i = 0; i < lowerCaseAscii.length(); i++) {
            if (Character.toLowerCase((char) body[i])
                    != Character.toLowerCase(lowerCaseAscii.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
