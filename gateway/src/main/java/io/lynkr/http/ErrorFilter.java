package io.lynkr.http;

import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.observability.Outcome;
import io.lynkr.observability.RequestFacts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders what handlers throw as errors of the Messages API. */
final class ErrorFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorFilter.class);

    @Override
    public void around(Exchange exchange, Handler proceed) throws InterruptedException {
        try {
            proceed.handle(exchange);
        } catch (ApiException known) {
            exchange.respondError(known.error(), known.headers());
        } catch (RuntimeException unexpected) {
            // The edge of the request's thread: nobody above can answer for this one.
            LOG.atError()
                    .addKeyValue("requestId", exchange.requestId())
                    .setCause(unexpected)
                    .log("a request failed unexpectedly");
            RequestFacts.current().endsAs(Outcome.INTERNAL);
            exchange.fail(
                    ApiError.api(
                            500,
                            "something went wrong inside the gateway; its log has the details under"
                                    + " this request id"),
                    Headers.NONE);
        }
    }
}
