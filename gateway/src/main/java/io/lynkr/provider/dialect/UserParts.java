package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.provider.dialect.OpenAiProfile.Feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Says content blocks as the parts that OpenAI's messages are made of: text, images and files. What
 * a backend cannot take is named in words at its place. Pictures and files in tool results, which
 * hold only text there, are kept until the user's message that follows can show them.
 */
final class UserParts {
    private static final Set<String> TEXT_FIELDS = Set.of("type", "text");

    private final OpenAiProfile profile;
    private final Edits edits;
    private List<JsonObject> kept = new ArrayList<>();
    private int images;
    private int documents;

    UserParts(OpenAiProfile profile, Edits edits) {
        this.profile = profile;
        this.edits = edits;
    }

    /** What was kept for the next message of the user; it is forgotten here. */
    List<JsonObject> taken() {
        var taken = kept;
        kept = new ArrayList<>();
        images = 0;
        documents = 0;
        return taken;
    }

    /**
     * A block of a user's message as a part; empty if nothing is left of it.
     *
     * @param withMedia whether anything but text can stand there
     */
    Optional<JsonObject> part(JsonObject block, boolean withMedia) {
        return switch (block.type()) {
            case "text" -> Optional.of(text(block));
            case "search_result" -> {
                edits.convert("messages.search_result");
                yield ResultText.ofSearchResult(block).map(UserParts::textPart);
            }
            default -> {
                reportMark(block);
                var media = withMedia ? media(block) : Optional.<JsonObject>empty();
                yield media.or(() -> Optional.of(textPart(inWords(block))));
            }
        };
    }

    /** A text block as a text part; the same object if it says nothing else. */
    JsonObject text(JsonObject block) {
        if (block.size() == 2) {
            return block;
        }
        reportText(block);
        var part =
                JsonObject.of("type", "text")
                        .with("text", block.get("text").orElse(JsonString.of("")));
        return profile.has(Feature.CACHE_MARKS)
                ? part.withOptional("cache_control", mark(block))
                : part;
    }

    /** Names what a text block loses when it becomes nothing but text. */
    void reportText(JsonObject block) {
        if (block.size() == 2) {
            return;
        }
        for (var field : block.keys()) {
            if (field.equals("cache_control")) {
                reportMark(block);
            } else if (!TEXT_FIELDS.contains(field)
                    && !block.get(field).orElse(JsonNull.NULL).isNull()) {
                edits.drop("messages." + field);
            }
        }
    }

    private void reportMark(JsonObject block) {
        boolean isText = block.type().equals("text");
        if (block.has("cache_control") && !(isText && profile.has(Feature.CACHE_MARKS))) {
            edits.drop("cache_control");
        }
    }

    /** A cache mark in the form that all who take one understand: without a scope. */
    private static Optional<JsonObject> mark(JsonObject block) {
        return block.object("cache_control").map(mark -> mark.without("scope"));
    }

    /** A tool's result as the content of its message; what it shows is kept for later. */
    JsonValue result(JsonObject result, String callId) {
        var text = resultText(result, Optional.of(callId));
        if (result.has("cache_control")) {
            if (profile.has(Feature.CACHE_MARKS)) {
                return JsonArray.of(textPart(text).withOptional("cache_control", mark(result)));
            }
            edits.drop("cache_control");
        }
        return text;
    }

    /** A tool's result in words alone. */
    JsonString words(JsonObject result) {
        return resultText(result, Optional.empty());
    }

    private JsonString resultText(JsonObject result, Optional<String> callId) {
        var parts = new ArrayList<JsonString>();
        switch (result.get("content").orElse(JsonNull.NULL)) {
            case JsonString text -> parts.add(text);
            case JsonArray blocks ->
                    blocks.objects().forEach(block -> addResult(block, callId, parts));
            default -> {}
        }
        var text = ResultText.lines(parts).orElse(JsonString.of(Phrases.EMPTY_RESULT));
        return result.isTrue("is_error") && !saysError(text)
                ? ResultText.join("", JsonString.of(Phrases.ERROR), text)
                : text;
    }

    private static boolean saysError(JsonString text) {
        var start = text.value().stripLeading();
        return start.startsWith("<tool_use_error>")
                || start.substring(0, Math.min(5, start.length()))
                        .toLowerCase(Locale.ROOT)
                        .equals("error");
    }

    private void addResult(JsonObject block, Optional<String> callId, List<JsonString> parts) {
        switch (block.type()) {
            case "text" -> ResultText.string(block, "text").ifPresent(parts::add);
            case "search_result" -> ResultText.ofSearchResult(block).ifPresent(parts::add);
            case "tool_reference" -> parts.add(ResultText.ofToolReference(block));
            case "image" -> parts.add(keptOrInWords("image", block, callId));
            case "document" ->
                    parts.add(
                            ResultText.ofTextDocument(block)
                                    .orElseGet(() -> keptOrInWords("document", block, callId)));
            default -> edits.drop("tool_result." + block.type());
        }
    }

    private JsonString keptOrInWords(String kind, JsonObject block, Optional<String> callId) {
        var media =
                callId.isPresent() && profile.has(Feature.USER_AFTER_TOOL)
                        ? media(block)
                        : Optional.<JsonObject>empty();
        if (media.isEmpty()) {
            return inWords(block);
        }
        edits.convert("tool_result." + kind);
        int number = kind.equals("image") ? ++images : ++documents;
        kept.add(textPart(JsonString.of(Phrases.mediaCaption(kind, number, callId.orElseThrow()))));
        kept.add(media.get());
        return JsonString.of(Phrases.mediaBelow(kind, number));
    }

    /** The image or file as a part of its own; empty if the backend does not take it. */
    private Optional<JsonObject> media(JsonObject block) {
        var source = block.object("source").orElse(JsonObject.EMPTY);
        if (source.type().equals("file")) {
            throw new ApiException(
                    ApiError.invalidRequest(
                            "messages: file references (source.type file) need a backend with"
                                    + " Anthropic's Files API; send the content itself"));
        }
        if (block.type().equals("image")) {
            return profile.has(Feature.IMAGES) ? image(source) : Optional.empty();
        }
        return profile.has(Feature.FILES) && source.type().equals("base64")
                ? Optional.of(file(block, source))
                : Optional.empty();
    }

    private Optional<JsonObject> image(JsonObject source) {
        var url =
                switch (source.type()) {
                    case "base64" -> Optional.of(dataUrl(source, "image/png"));
                    case "url" ->
                            profile.has(Feature.IMAGE_LINKS)
                                    ? ResultText.string(source, "url")
                                    : Optional.<JsonString>empty();
                    default -> Optional.<JsonString>empty();
                };
        return url.map(
                link ->
                        JsonObject.of("type", "image_url")
                                .with("image_url", JsonObject.of("url", link)));
    }

    private static JsonObject file(JsonObject block, JsonObject source) {
        return JsonObject.of("type", "file")
                .with(
                        "file",
                        JsonObject.of("filename", title(block))
                                .with("file_data", dataUrl(source, "application/pdf")));
    }

    /** Joins undecoded: the data may be megabytes. */
    private static JsonString dataUrl(JsonObject source, String usualType) {
        var type = source.string("media_type").orElse(usualType);
        return ResultText.join(
                "",
                JsonString.of("data:" + type + ";base64,"),
                ResultText.string(source, "data").orElse(JsonString.of("")));
    }

    private static String title(JsonObject block) {
        return block.string("title").filter(title -> !title.isBlank()).orElse("document.pdf");
    }

    /** An image or document for a reader who gets nothing but text. */
    JsonString inWords(JsonObject block) {
        var text = ResultText.ofTextDocument(block);
        if (text.isPresent()) {
            edits.convert("messages.document");
            return text.get();
        }
        edits.drop("messages." + block.type());
        var source = block.object("source").orElse(JsonObject.EMPTY);
        var url = source.string("url");
        if (block.type().equals("image")) {
            return JsonString.of(imageInWords(url));
        }
        return JsonString.of(
                url.isPresent()
                        ? Phrases.fileLinkOmitted(title(block), url.get())
                        : Phrases.fileOmitted(title(block)));
    }

    private String imageInWords(Optional<String> url) {
        if (!profile.has(Feature.IMAGES)) {
            return Phrases.IMAGE_OMITTED;
        }
        return url.map(Phrases::imageLinkOmitted).orElse(Phrases.IMAGE);
    }

    private static JsonObject textPart(JsonString text) {
        return JsonObject.of("type", "text").with("text", text);
    }
}
