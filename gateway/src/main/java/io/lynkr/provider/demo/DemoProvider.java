package io.lynkr.provider.demo;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.provider.Reply;
import io.lynkr.provider.Served;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/**
 * Answers from a script instead of a backend, so that a gateway can be tried without credentials.
 */
public final class DemoProvider implements Provider {
    public static final String NAME = "demo";

    private static final List<ModelInfo> MODELS =
            List.of(
                    new ModelInfo("claude-demo-opus", "Demo script (opus)", ModelInfo.UNKNOWN_DATE),
                    new ModelInfo(
                            "claude-demo-sonnet", "Demo script (sonnet)", ModelInfo.UNKNOWN_DATE),
                    new ModelInfo(
                            "claude-demo-haiku", "Demo script (haiku)", ModelInfo.UNKNOWN_DATE));

    private final Duration perToken;
    private final Pace pace;

    /**
     * @param pace {@link Pace#REAL}, unless time is to be held
     */
    public DemoProvider(DemoSettings settings, Pace pace) {
        this.perToken =
                settings.tokensPerSecond() == 0
                        ? Duration.ZERO
                        : Duration.ofSeconds(1).dividedBy(settings.tokensPerSecond());
        this.pace = pace;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Reply send(ProviderCall call) throws ProviderException, InterruptedException {
        var request = call.request();
        var answer = DemoModel.answer(Conversation.of(request));
        if (answer.failure().isPresent()) {
            throw failure(answer.failure().get());
        }
        var performance = Composer.compose(answer.parts(), request, perToken);
        var served = new Served(NAME, request.model(), Headers.NONE, List.of());
        if (request.stream()) {
            return new Reply.Streamed(served, new DemoStream(performance, pace, call.deadline()));
        }
        letPass(performance.length(), call);
        return new Reply.Whole(served, performance.message().toBytes());
    }

    @Override
    public OptionalLong countTokens(ProviderCall call) {
        return OptionalLong.of(Tokens.estimate(call.request().bytes().length));
    }

    /** It plays the search as it plays the rest. */
    @Override
    public boolean searchesWeb(ProviderCall call) {
        return true;
    }

    @Override
    public List<ModelInfo> models() {
        return MODELS;
    }

    @Override
    public void close() {}

    private void letPass(Duration time, ProviderCall call)
            throws ProviderException, InterruptedException {
        var allowed = call.deadline().atMost(time);
        pace.pause(allowed, new CountDownLatch(1));
        if (allowed.compareTo(time) < 0) {
            throw new ProviderException(
                    Cause.TIMEOUT,
                    ApiError.timeout("the demo model took longer than the request may"));
        }
    }

    private static ProviderException failure(Directive.Fail fail) {
        int status = fail.status();
        var error =
                new ApiError(
                        status,
                        ApiError.typeFor(status),
                        "the demo model answers with status " + status + ", as it was asked to");
        var headers = status == 429 ? Headers.of("retry-after", "1") : Headers.NONE;
        return new ProviderException(Cause.STATUS, error, headers, Optional.empty());
    }
}
