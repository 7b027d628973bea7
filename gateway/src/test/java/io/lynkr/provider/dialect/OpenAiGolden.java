package io.lynkr.provider.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Translation;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One case of the protocol reference: a file {@code golden/openai/ID.json}. */
record OpenAiGolden(String id, JsonObject json) {
    private static final long GUESS = 7;

    static Stream<OpenAiGolden> all(String kind) {
        return GoldenCases.in("openai", kind, OpenAiGolden::new);
    }

    MessagesRequest request() {
        return GoldenCases.request(json, "gpt-4.1");
    }

    Translation translate() {
        return translate(request(), profile(), !json.isTrue("withoutFallback"));
    }

    static Translation translate(MessagesRequest request, OpenAiProfile profile, boolean fallback) {
        var dialect = new OpenAiDialect(_ -> profile, _ -> GUESS, fallback, counter());
        return dialect.translate(request, Headers.NONE);
    }

    private static Supplier<String> counter() {
        var count = new AtomicInteger();
        return () -> "u" + count.incrementAndGet();
    }

    OpenAiProfile profile() {
        var profile = profile(json.string("profile").orElse("openai"));
        for (var feature : strings("with")) {
            profile = profile.with(OpenAiProfile.Feature.valueOf(feature));
        }
        for (var feature : strings("without")) {
            profile = profile.without(OpenAiProfile.Feature.valueOf(feature));
        }
        var cap = json.integer("maxOutputTokens");
        return cap.isPresent()
                ? profile.withLimits(profile.limits().withMaxOutputTokens(cap.getAsLong()))
                : profile;
    }

    private static OpenAiProfile profile(String name) {
        return switch (name) {
            case "openai" -> OpenAiProfile.openAi();
            case "databricks-claude" -> OpenAiProfile.databricksClaude();
            case "deepseek" -> OpenAiProfile.deepSeek();
            case "openrouter" -> OpenAiProfile.openRouter();
            case "conservative" -> OpenAiProfile.conservative();
            case "vllm" -> OpenAiProfile.vllm();
            case "gemini" ->
                    OpenAiProfile.forBackend(
                            URI.create("https://generativelanguage.googleapis.com/v1beta/openai"),
                            "gemini-3-pro");
            default -> throw new IllegalArgumentException(name);
        };
    }

    List<String> strings(String field) {
        return json.array(field).map(JsonArray::strings).orElse(List.of());
    }

    /** The upstream's bytes; what is an object is a chunk. */
    byte[] upstream() {
        var text = new StringBuilder();
        for (var part : json.array("upstream").orElseThrow()) {
            if (part instanceof JsonString raw) {
                text.append(raw.value());
            } else {
                text.append("data: ").append(part).append("\n\n");
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    /** An answer's events, each in a line; the failure, if there is one, is the last. */
    static List<String> told(Translation translation, byte[] bytes, List<Integer> cuts) {
        var lines = new ArrayList<String>();
        var stream = translation.stream();
        try {
            int from = 0;
            for (int cut : cuts) {
                stream.feed(bytes, from, cut, event -> lines.add(line(event)));
                from = cut;
            }
            stream.feed(bytes, from, bytes.length, event -> lines.add(line(event)));
            stream.end(event -> lines.add(line(event)));
        } catch (ProviderException failure) {
            lines.add(line(failure));
        }
        return lines;
    }

    static String line(ProviderException failure) {
        return failure.what() + " " + failure.error().status() + " " + failure.error().type();
    }

    static String line(StreamEvent event) {
        var data = event.data();
        var at = data.integer("index").orElse(-1) + " ";
        return switch (data.type()) {
            case "message_start" ->
                    "start " + usage(data.object("message").orElseThrow().object("usage"));
            case "content_block_start" -> at + shell(data.object("content_block").orElseThrow());
            case "content_block_delta" -> at + delta(data.object("delta").orElseThrow());
            case "content_block_stop" -> at + "stop";
            case "message_delta" ->
                    end(data.object("delta").orElseThrow()) + usage(data.object("usage"));
            default -> data.type();
        };
    }

    private static String shell(JsonObject shell) {
        return switch (shell.toString()) {
            case "{\"type\":\"text\",\"text\":\"\"}" -> "text";
            case "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}" -> "thinking";
            default ->
                    shell.type()
                            + " "
                            + shell.string("id").orElse("?")
                            + " "
                            + shell.string("name").orElse("?");
        };
    }

    private static String delta(JsonObject delta) {
        return switch (delta.type()) {
            case "text_delta" -> "+ " + delta.string("text").orElse("?");
            case "thinking_delta" -> "+ " + delta.string("thinking").orElse("?");
            case "input_json_delta" -> "+ " + delta.string("partial_json").orElse("?");
            default -> delta.without("type").toString();
        };
    }

    private static String end(JsonObject delta) {
        var details = delta.get("stop_details").orElse(JsonNull.NULL);
        return "end "
                + delta.string("stop_reason").orElse("?")
                + delta.string("stop_sequence").map(" %s"::formatted).orElse("")
                + (details.isNull() ? " " : " details ");
    }

    private static String usage(java.util.Optional<JsonObject> told) {
        var usage = io.lynkr.message.Usage.of(told.orElseThrow());
        var thinking = told.get().object("output_tokens_details");
        return usage.input()
                + " "
                + usage.cacheCreation()
                + " "
                + usage.cacheRead()
                + " "
                + usage.output()
                + thinking.map(split -> " thinking " + split.integer("thinking_tokens").orElse(-1))
                        .orElse("");
    }

    @Override
    public String toString() {
        return id + ": " + json.string("what").orElse("");
    }
}
