package io.lynkr.http;

import io.lynkr.agent.TokenCounter;
import io.lynkr.agent.Turn;
import io.lynkr.json.JsonObject;
import io.lynkr.message.ForwardedHeaders;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;

import java.time.Duration;

/** {@code POST /v1/messages/count_tokens}; a response header says who counted. */
final class CountTokensHandler implements Handler {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final TokenCounter counter;

    CountTokensHandler(TokenCounter counter) {
        this.counter = counter;
    }

    @Override
    public void handle(Exchange exchange) throws InterruptedException {
        var request = MessagesRequest.parseForCounting(exchange.body());
        var headers = exchange.head().headers();
        var turn =
                new Turn(
                        request,
                        ForwardedHeaders.of(headers),
                        Session.of(headers, request.json()),
                        Deadline.after(TIMEOUT),
                        exchange.requestId());
        var count = counter.count(turn);
        exchange.respondJson(
                200,
                Headers.of("x-lynkr-token-count", count.estimated() ? "estimate" : "backend"),
                JsonObject.EMPTY.with("input_tokens", count.inputTokens()).toBytes());
    }
}
