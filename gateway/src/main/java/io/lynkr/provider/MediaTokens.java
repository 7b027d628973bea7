package io.lynkr.provider;

import io.lynkr.json.JsonObject;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What images and documents count as, by the rules in Anthropic's vision and PDF guides. */
final class MediaTokens {
    private static final double PIXELS_PER_TOKEN = 750;

    /** Larger images are scaled down to this before they are counted. */
    private static final int LONGEST_EDGE = 1568;

    private static final long MOST_PER_IMAGE = 1_600;

    /** Enough for the headers of an image, with a camera's notes before the size. */
    private static final int HEADER_CHARS = 64 * 1024;

    /** A page counts as its text and as its picture. */
    private static final long PER_PDF_PAGE = 2_300;

    private static final long BYTES_PER_PDF_PAGE = 45_000;

    private MediaTokens() {}

    /** The tokens of an image block; of an image that cannot be looked at, those of a large one. */
    static long ofImage(JsonObject block) {
        var data = block.object("source").flatMap(source -> source.string("data")).orElse("");
        long[] size = sizeOf(header(data));
        if (size[0] <= 0 || size[1] <= 0) {
            return MOST_PER_IMAGE;
        }
        double scale = Math.min(1, (double) LONGEST_EDGE / Math.max(size[0], size[1]));
        double tokens = size[0] * scale * size[1] * scale / PIXELS_PER_TOKEN;
        return Math.min(MOST_PER_IMAGE, (long) Math.ceil(tokens));
    }

    /** The tokens of a PDF, by its length. */
    static long ofPdf(JsonObject source) {
        long bytes = source.string("data").orElse("").length() * 3L / 4;
        return Math.max(1, bytes / BYTES_PER_PDF_PAGE) * PER_PDF_PAGE;
    }

    private static byte[] header(String base64) {
        var start = base64.substring(0, Math.min(base64.length(), HEADER_CHARS) / 4 * 4);
        try {
            return Base64.getDecoder().decode(start.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    /** Width and height; zeros if the format is not known. */
    private static long[] sizeOf(byte[] image) {
        if (startsWith(image, 0, "\u0089PNG") && image.length >= 24) {
            return new long[] {big(image, 16, 4), big(image, 20, 4)};
        }
        if (startsWith(image, 0, "GIF8") && image.length >= 10) {
            return new long[] {little(image, 6, 2), little(image, 8, 2)};
        }
        if (startsWith(image, 0, "RIFF") && startsWith(image, 8, "WEBP") && image.length >= 30) {
            return sizeOfWebp(image);
        }
        return startsWith(image, 0, "\u00FF\u00D8") ? sizeOfJpeg(image) : new long[2];
    }

    private static long[] sizeOfWebp(byte[] image) {
        if (startsWith(image, 12, "VP8X")) {
            return new long[] {little(image, 24, 3) + 1, little(image, 27, 3) + 1};
        }
        if (startsWith(image, 12, "VP8L")) {
            long bits = little(image, 21, 4);
            return new long[] {(bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1};
        }
        return new long[] {little(image, 26, 2) & 0x3FFF, little(image, 28, 2) & 0x3FFF};
    }

    /** Goes from segment to segment until one that starts a frame tells the size. */
    private static long[] sizeOfJpeg(byte[] image) {
        int at = 2;
        while (at + 9 <= image.length && image[at] == (byte) 0xFF) {
            int marker = image[at + 1] & 0xFF;
            boolean startsFrame =
                    marker >= 0xC0
                            && marker <= 0xCF
                            && marker != 0xC4
                            && marker != 0xC8
                            && marker != 0xCC;
            if (startsFrame) {
                return new long[] {big(image, at + 7, 2), big(image, at + 5, 2)};
            }
            at += 2 + (int) big(image, at + 2, 2);
        }
        return new long[2];
    }

    private static boolean startsWith(byte[] bytes, int at, String latin1) {
        if (bytes.length < at + latin1.length()) {
            return false;
        }
        for (int i = 0; i < latin1.length(); i++) {
            if (bytes[at + i] != (byte) latin1.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static long big(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = 0; i < count && at + i < bytes.length; i++) {
            value = value << 8 | (bytes[at + i] & 0xFF);
        }
        return value;
    }

    private static long little(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | (at + i < bytes.length ? bytes[at + i] & 0xFF : 0);
        }
        return value;
    }
}
