package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.Dialect;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.StreamTranslator;
import io.lynkr.provider.Translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** OpenAI's chat completions and their many relatives; a profile says in what they differ. */
public final class OpenAiDialect implements Dialect {
    private final ToolSchemas schemas = new ToolSchemas();
    private final Function<String, OpenAiProfile> profiles;
    private final TokenEstimate estimate;
    private final boolean webSearchFallback;
    private final Supplier<String> unique;

    /**
     * @param profiles how the backend behaves with a model
     * @param webSearchFallback whether a request for nothing but Anthropic's web search is answered
     *     without it, saying so; otherwise it is refused
     */
    public OpenAiDialect(
            Function<String, OpenAiProfile> profiles,
            TokenEstimate estimate,
            boolean webSearchFallback) {
        this(profiles, estimate, webSearchFallback, OpenAiDialect::newIdentity);
    }

    /**
     * @param unique makes the ends of new identities
     */
    OpenAiDialect(
            Function<String, OpenAiProfile> profiles,
            TokenEstimate estimate,
            boolean webSearchFallback,
            Supplier<String> unique) {
        this.profiles = profiles;
        this.estimate = estimate;
        this.webSearchFallback = webSearchFallback;
        this.unique = unique;
    }

    /**
     * Whether a request wants no answer: with {@code max_tokens} 0, which Anthropic takes to warm
     * its cache and others refuse.
     */
    public static boolean needsNoCall(MessagesRequest request) {
        return request.maxTokens().isPresent() && request.maxTokens().getAsLong() == 0;
    }

    /** The answer to a request that {@linkplain #needsNoCall wants none}. */
    public static JsonObject emptyAnswer(MessagesRequest request, TokenEstimate estimate) {
        var usage = ChatUsage.guessed(estimate.estimate(request), 0).toJson();
        return MessageWriter.blank("msg_" + newIdentity(), request.model(), usage)
                .with("content", JsonArray.EMPTY)
                .with("stop_reason", "max_tokens");
    }

    private static JsonObject refusal(String why, AnswerKey key) {
        var usage = ChatUsage.guessed(key.estimate().estimate(key.request()), 0).toJson();
        var model = AnthropicToOpenAi.model(key.request());
        return MessageWriter.blank("msg_" + key.unique().get(), model, usage)
                .with("stop_reason", "refusal")
                .with("stop_details", ChatAnswer.refusal(why));
    }

    /** The end of a new identity, such as that of a message or a tool call. */
    static String newIdentity() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }

    @Override
    public Translation translate(MessagesRequest request, Headers headers) {
        var profile = profiles.apply(AnthropicToOpenAi.model(request));
        var edits = new Edits();
        var translator =
                new AnthropicToOpenAi(
                        request, profile, schemas, estimate, edits, webSearchFallback);
        var body = translator.body();
        var key =
                new AnswerKey(
                        request,
                        profile,
                        translator.names(),
                        translator.clientIds(),
                        estimate,
                        unique);
        return new Chat(body, edits.list(), key);
    }

    private record Chat(JsonObject json, List<String> edits, AnswerKey key) implements Translation {

        @Override
        public byte[] body() {
            return AnthropicToOpenAi.bytes(json, key.request());
        }

        @Override
        public Headers headers() {
            return Headers.NONE;
        }

        @Override
        public Optional<byte[]> answerWithoutCall() {
            return needsNoCall(key.request())
                    ? Optional.of(emptyAnswer(key.request(), key.estimate()).toBytes())
                    : Optional.empty();
        }

        @Override
        public StreamTranslator stream() {
            return new OpenAiToAnthropic(key);
        }

        @Override
        public byte[] whole(byte[] body) throws ProviderException {
            return OpenAiToAnthropic.whole(body, key).toBytes();
        }

        /** A prompt that Azure's content filter stops is an error there, and a refusal here. */
        @Override
        public Optional<byte[]> answerInstead(int status, byte[] body) {
            return OpenAiErrors.contentFilter(status, body).map(why -> refusal(why, key).toBytes());
        }

        @Override
        public ApiError error(int status, Headers headers, byte[] body) {
            return ErrorBody.read(status, body);
        }

        @Override
        public Optional<Translation> correctedAfter(ApiError error) {
            var field = key.profile().maxTokensField();
            var wanted = json.integer(field);
            if (wanted.isPresent() && OpenAiErrors.isOtherLengthFieldWanted(error)) {
                var renamed =
                        json.without(field)
                                .with(
                                        OpenAiProfile.MAX_COMPLETION_TOKENS,
                                        JsonNumber.of(wanted.getAsLong()));
                return Optional.of(corrected(renamed, "correct:max_tokens"));
            }
            if (wanted.isPresent()) {
                var granted = OpenAiErrors.grantedLength(error, wanted.getAsLong());
                if (granted.isPresent()) {
                    return Optional.of(
                            corrected(json.with(field, granted.getAsLong()), "clamp:max_tokens"));
                }
            }
            return OpenAiErrors.dispensable(error)
                    .filter(json::has)
                    .map(spared -> corrected(json.without(spared), "correct:" + spared));
        }

        private Translation corrected(JsonObject other, String edit) {
            var all = new ArrayList<>(edits);
            all.remove(edit);
            all.add(edit);
            return new Chat(other, List.copyOf(all), key);
        }
    }
}
