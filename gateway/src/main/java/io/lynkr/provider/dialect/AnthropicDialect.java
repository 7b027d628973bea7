package io.lynkr.provider.dialect;

import io.lynkr.message.ApiError;
import io.lynkr.message.ForwardedHeaders;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.Dialect;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.StreamTranslator;
import io.lynkr.provider.Translation;

import java.util.List;

/** The Messages API itself: what the client said passes on as the bytes that came. */
public final class AnthropicDialect implements Dialect {
    private static final String VERSION_HEADER = "anthropic-version";

    private final String defaultVersion;

    /**
     * @param defaultVersion the {@code anthropic-version} for clients that name none
     */
    public AnthropicDialect(String defaultVersion) {
        this.defaultVersion = defaultVersion;
    }

    @Override
    public Translation translate(MessagesRequest request, Headers headers) {
        return new PassThrough(request.bytes(), headersFrom(headers), List.of());
    }

    private Headers headersFrom(Headers client) {
        var forwarded = ForwardedHeaders.of(client).replacing("content-type", "application/json");
        return forwarded.has(VERSION_HEADER)
                ? forwarded
                : forwarded.with(VERSION_HEADER, defaultVersion);
    }

    private record PassThrough(byte[] body, Headers headers, List<String> edits)
            implements Translation {

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
    }
}
