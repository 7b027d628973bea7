package io.lynkr.benchmarks;

import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.Reply;
import io.lynkr.provider.Served;

import java.util.List;
import java.util.OptionalLong;

/** A provider that costs nothing: it always gives the same whole answer. */
public final class AnsweringProvider implements Provider {
    private final Reply reply;

    /**
     * @param model who answers
     * @param answer the message as JSON
     */
    public AnsweringProvider(String model, byte[] answer) {
        this.reply =
                new Reply.Whole(new Served("answering", model, Headers.NONE, List.of()), answer);
    }

    @Override
    public String name() {
        return "answering";
    }

    @Override
    public Reply send(ProviderCall call) {
        return reply;
    }

    @Override
    public OptionalLong countTokens(ProviderCall call) {
        return OptionalLong.empty();
    }

    @Override
    public List<ModelInfo> models() {
        return List.of();
    }

    @Override
    public void close() {}
}
