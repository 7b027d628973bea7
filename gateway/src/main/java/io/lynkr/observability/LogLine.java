package io.lynkr.observability;

import ch.qos.logback.classic.spi.ILoggingEvent;

import org.slf4j.event.KeyValuePair;

import java.util.List;

/**
 * Something to be logged, before it is text.
 *
 * @param requestId the request it belongs to; empty outside one
 */
record LogLine(ILoggingEvent event, String requestId) {
    private static final String REQUEST_ID = "requestId";

    /** To be called where the event happens: another thread will write it. */
    static LogLine of(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        return new LogLine(
                event, RequestContext.current().map(RequestContext::requestId).orElse(""));
    }

    /** The facts in the order they were given, the request's id first. */
    void forEachFact(FactVisitor visitor) {
        if (!requestId.isEmpty()) {
            visitor.fact(REQUEST_ID, requestId);
        }
        for (var pair : facts()) {
            boolean again = pair.key.equals(REQUEST_ID) && !requestId.isEmpty();
            if (!again && pair.value != null) {
                visitor.fact(pair.key, pair.value);
            }
        }
    }

    private List<KeyValuePair> facts() {
        var facts = event.getKeyValuePairs();
        return facts == null ? List.of() : facts;
    }

    /** Is shown facts one by one. */
    interface FactVisitor {
        void fact(String key, Object value);
    }
}
