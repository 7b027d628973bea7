package io.lynkr.tool.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lynkr.json.JsonObject;

import java.util.Base64;
import java.util.Optional;

/** Pictures that models can look at, told by their first bytes. */
final class Images {
    /** The Messages API takes 5 MB of Base64, which is three quarters of it in bytes. */
    static final int MOST_BYTES = (5 << 20) / 4 * 3;

    private static final int HEAD = 12;

    private Images() {}

    /** Such as {@code image/png}; empty if it is no picture that models know. */
    static Optional<String> mediaType(byte[] bytes) {
        var head = new String(bytes, 0, Math.min(bytes.length, HEAD), ISO_8859_1);
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of("image/png");
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return Optional.of("image/gif");
        }
        return head.startsWith("RIFF") && head.endsWith("WEBP")
                ? Optional.of("image/webp")
                : Optional.empty();
    }

    static JsonObject block(String mediaType, byte[] bytes) {
        var source =
                JsonObject.of("type", "base64")
                        .with("media_type", mediaType)
                        .with("data", Base64.getEncoder().encodeToString(bytes));
        return JsonObject.of("type", "image").with("source", source);
    }
}
