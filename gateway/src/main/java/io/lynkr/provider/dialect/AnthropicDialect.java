package io.lynkr.provider.dialect;

import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.ForwardedHeaders;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.Dialect;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.StreamTranslator;
import io.lynkr.provider.Translation;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Messages API itself: what the client said passes on as the bytes that came, but for the edits
 * that the backend's capabilities, or a refusal heard from it, demand.
 */
public final class AnthropicDialect implements Dialect {
    private static final String VERSION_HEADER = "anthropic-version";

    private final Capabilities capabilities;
    private final LearnedLimits limits;
    private final String defaultVersion;

    /**
     * @param defaultVersion the {@code anthropic-version} for clients that name none
     */
    public AnthropicDialect(
            Capabilities capabilities, LearnedLimits limits, String defaultVersion) {
        this.capabilities = capabilities;
        this.limits = limits;
        this.defaultVersion = defaultVersion;
    }

    @Override
    public Translation translate(MessagesRequest request, Headers headers) {
        return said(request, headersFrom(headers));
    }

    /** Imitations take the tool without a word, and most of them run nothing. */
    @Override
    public boolean carriesWebSearch(String model) {
        var edits = edits(model);
        return !edits.contains(new Edit.Drop(Feature.WEB_SEARCH))
                && !edits.contains(Edit.Adapt.DROP_ALL_BETAS);
    }

    private Set<Edit> edits(String model) {
        return limits.addTo(capabilities.editsFor(model), capabilities.backend(), model);
    }

    private PassThrough said(MessagesRequest request, Headers headers) {
        var edits = edits(request.model());
        return new PassThrough(
                request,
                headers,
                edits,
                RequestEditor.edit(request, headers, edits, capabilities.backend()));
    }

    private Headers headersFrom(Headers client) {
        var forwarded = ForwardedHeaders.of(client).replacing("content-type", "application/json");
        return forwarded.has(VERSION_HEADER)
                ? forwarded
                : forwarded.with(VERSION_HEADER, defaultVersion);
    }

    private final class PassThrough implements Translation {
        private final MessagesRequest request;
        private final Headers unedited;
        private final Set<Edit> applied;
        private final RequestEditor.Edited edited;

        PassThrough(
                MessagesRequest request,
                Headers unedited,
                Set<Edit> applied,
                RequestEditor.Edited edited) {
            this.request = request;
            this.unedited = unedited;
            this.applied = applied;
            this.edited = edited;
        }

        @Override
        public byte[] body() {
            return edited.body();
        }

        @Override
        public Headers headers() {
            return edited.headers();
        }

        @Override
        public List<String> edits() {
            return edited.edits();
        }

        @Override
        public StreamTranslator stream() {
            return new AnthropicStream();
        }

        @Override
        public byte[] whole(byte[] body) throws ProviderException {
            AnthropicAnswer.check(body);
            return body;
        }

        @Override
        public ApiError error(int status, Headers headers, byte[] body) {
            return ErrorBody.read(status, body);
        }

        @Override
        public Optional<Translation> correctedAfter(ApiError error) {
            if (error.status() != 400 && error.status() != 422) {
                return Optional.empty();
            }
            var learned =
                    Refusals.read(
                                    error.message(),
                                    JsonObject.parse(edited.body()),
                                    edited.headers().list("anthropic-beta"),
                                    !capabilities.isAnthropic())
                            .stream()
                            .filter(edit -> !applied.contains(edit))
                            .distinct()
                            .toList();
            return learned.isEmpty() ? Optional.empty() : learnedFrom(learned);
        }

        private Optional<Translation> learnedFrom(List<Edit> learned) {
            limits.learn(capabilities.backend(), request.model(), learned);
            try {
                return Optional.of(said(request, unedited));
            } catch (ApiException nothingLeft) {
                // The backend's own words tell it as well as ours would.
                return Optional.empty();
            }
        }
    }
}
