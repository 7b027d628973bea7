package io.lynkr.http;

import io.lynkr.agent.AgentLoop;
import io.lynkr.agent.ReplySink;
import io.lynkr.agent.Turn;
import io.lynkr.message.ForwardedHeaders;
import io.lynkr.message.MessagesRequest;
import io.lynkr.observability.RequestFacts;
import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;

import java.time.Duration;

/** {@code POST /v1/messages}: bytes in, a turn for the agent, a sink for its answer. */
final class MessagesHandler implements Handler {
    private final AgentLoop agent;
    private final Duration pingInterval;
    private final Duration turnTimeout;

    MessagesHandler(AgentLoop agent, Duration pingInterval, Duration turnTimeout) {
        this.agent = agent;
        this.pingInterval = pingInterval;
        this.turnTimeout = turnTimeout;
    }

    @Override
    public void handle(Exchange exchange) throws InterruptedException {
        var request = MessagesRequest.parse(exchange.body());
        var headers = exchange.head().headers();
        var session = Session.of(headers, request.json());
        RequestFacts.current()
                .isTurnOf(session.id().orElse(""), session.agent().orElse(""), request.stream());
        var turn =
                new Turn(
                        request,
                        ForwardedHeaders.of(headers),
                        session,
                        Deadline.after(turnTimeout),
                        exchange.requestId());
        agent.run(turn, sink(request, exchange));
    }

    private ReplySink sink(MessagesRequest request, Exchange exchange) {
        return request.stream() ? new SseSink(exchange, pingInterval) : new WholeSink(exchange);
    }
}
