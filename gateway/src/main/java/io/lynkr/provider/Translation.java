package io.lynkr.provider;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;

import java.util.List;
import java.util.Optional;

/** One request said in a dialect, and the key to its answer. Used by one call only. */
public interface Translation {

    /** The body to send. */
    byte[] body();

    /** Headers that belong to the schema, such as {@code anthropic-version}; no credentials. */
    Headers headers();

    /** What was changed or left out on the way, in words for {@code x-lynkr-edits}. */
    List<String> edits();

    /** The answer, if it is certain without asking the backend. */
    default Optional<byte[]> answerWithoutCall() {
        return Optional.empty();
    }

    /** Starts to understand a streamed answer. */
    StreamTranslator stream();

    /**
     * Understands a whole answer (HTTP status 200) and returns it as a message in JSON.
     *
     * @throws ProviderException if it is no answer: an error in disguise, empty, garbled
     */
    byte[] whole(byte[] body) throws ProviderException;

    /**
     * The answer that an error answer stands for, if it is one: some backends refuse a prompt with
     * an error, where a model says so in its answer.
     */
    default Optional<byte[]> answerInstead(int status, byte[] body) {
        return Optional.empty();
    }

    /**
     * Understands an error answer.
     *
     * @param body what the upstream sent; may be anything, HTML included
     */
    ApiError error(int status, Headers headers, byte[] body);

    /**
     * The same request without what the backend just refused, if that can be told from its error
     * and left out honestly. Asked once per call.
     */
    default Optional<Translation> correctedAfter(ApiError error) {
        return Optional.empty();
    }
}
