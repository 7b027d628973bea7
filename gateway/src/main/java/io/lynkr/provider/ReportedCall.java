package io.lynkr.provider;

import io.lynkr.json.JsonException;
import io.lynkr.message.ApiError;
import io.lynkr.message.StreamEvent;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Follows a call to its very end, which for a stream comes long after the provider returned, and
 * reports how it ended exactly once.
 */
final class ReportedCall {
    /** The backend said in good order that it breaks off. */
    private static final String ERROR_EVENT = "error_event";

    private final CallReport report;
    private final AtomicBoolean over = new AtomicBoolean();

    private ReportedCall(CallReport report) {
        this.report = report;
    }

    static Reply send(Provider provider, ProviderCall call, CallReport report)
            throws ProviderException, InterruptedException {
        return new ReportedCall(report).send(provider, call);
    }

    private Reply send(Provider provider, ProviderCall call)
            throws ProviderException, InterruptedException {
        boolean goesOn = false;
        try {
            var reply = provider.send(call);
            if (reply instanceof Reply.Streamed(var served, var events)) {
                report.answered();
                goesOn = true;
                return new Reply.Streamed(served, new FollowedStream(events));
            }
            end(CallReport::succeeded);
            return reply;
        } catch (ProviderException failure) {
            end(ended -> ended.failed(Verdict.on(failure), failure.word()));
            throw failure;
        } finally {
            if (!goesOn) {
                end(CallReport::abandoned);
            }
        }
    }

    private void end(Consumer<CallReport> how) {
        if (over.compareAndSet(false, true)) {
            how.accept(report);
        }
    }

    private final class FollowedStream implements EventStream {
        private final EventStream events;

        FollowedStream(EventStream events) {
            this.events = events;
        }

        @Override
        public void pushTo(EventSink sink) throws ProviderException, InterruptedException {
            var watched = new WatchedSink(sink);
            try {
                events.pushTo(watched);
                watched.error()
                        .ifPresentOrElse(
                                error ->
                                        end(
                                                ended ->
                                                        ended.failed(
                                                                Verdict.inStream(error),
                                                                ERROR_EVENT)),
                                () -> end(CallReport::succeeded));
            } catch (ProviderException failure) {
                end(ended -> ended.failed(Verdict.on(failure), failure.word()));
                throw failure;
            } finally {
                end(CallReport::abandoned);
            }
        }

        @Override
        public void close() {
            end(CallReport::abandoned);
            events.close();
        }
    }

    /** Notices an {@code error} event: a backend may break off in good order. */
    private static final class WatchedSink implements EventSink {
        private final EventSink sink;

        // Written where events are pushed, read after the push has ended.
        private @Nullable ApiError error;

        WatchedSink(EventSink sink) {
            this.sink = sink;
        }

        Optional<ApiError> error() {
            return Optional.ofNullable(error);
        }

        @Override
        public void event(StreamEvent event) {
            if (event.is(StreamEvent.ERROR)) {
                error = read(event);
            }
            sink.event(event);
        }

        private static ApiError read(StreamEvent event) {
            var unreadable = ApiError.api(500, "an error that cannot be read");
            try {
                return ApiError.read(unreadable.status(), event.data())
                        .map(
                                error ->
                                        new ApiError(
                                                ApiError.statusFor(error.type()),
                                                error.type(),
                                                error.message()))
                        .orElse(unreadable);
            } catch (JsonException notJson) {
                return unreadable;
            }
        }

        @Override
        public void flush() {
            sink.flush();
        }

        @Override
        public boolean isFull() {
            return sink.isFull();
        }

        @Override
        public void whenWritable(Runnable action) {
            sink.whenWritable(action);
        }
    }
}
