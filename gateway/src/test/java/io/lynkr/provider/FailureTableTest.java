package io.lynkr.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.sse.SseFrame;
import io.lynkr.testing.FakeProvider;
import io.netty.channel.ConnectTimeoutException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLHandshakeException;

/**
 * The table in docs/resilience.md, row by row: one request to a backend that always fails in the
 * same way, through all the guards.
 */
class FailureTableTest {
    private static final URI BACKEND = URI.create("https://backend.test/v1/messages");
    private static final boolean COUNTS = true;
    private static final boolean NEVER_COUNTS = false;

    /**
     * @param tries how often the backend is asked in all
     * @param counts whether the circuit breaker counts each try
     * @param told status, {@code retry-after} and {@code x-should-retry} that the client gets
     */
    record Row(String name, ProviderException failure, int tries, boolean counts, String told) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> BEFORE_THE_ANSWER =
            List.of(
                    row("name", connecting(new UnknownHostException()), 4, COUNTS, "502 - false"),
                    row("refused", connecting(new ConnectException()), 4, COUNTS, "502 - false"),
                    row(
                            "connect time-out",
                            connecting(new ConnectTimeoutException()),
                            4,
                            COUNTS,
                            "502 - false"),
                    row("TLS", connecting(new SSLHandshakeException("")), 4, COUNTS, "502 - false"),
                    row("certificate", connecting(distrust()), 1, COUNTS, "502 - -"),
                    row(
                            "reset",
                            Failures.exchanging(new Exception(), BACKEND),
                            4,
                            COUNTS,
                            "502 - false"),
                    row(
                            "first byte",
                            Failures.noFirstByte(BACKEND, Duration.ofSeconds(290)),
                            1,
                            COUNTS,
                            "504 - -"),
                    row("500", status(500), 4, COUNTS, "500 - false"),
                    row("502", status(502), 4, COUNTS, "502 - false"),
                    row("503", status(503), 4, COUNTS, "503 3 -"),
                    row("504", status(504), 4, COUNTS, "504 - false"),
                    row("529", status(529), 4, COUNTS, "529 3 -"),
                    row("503, come back in 2 s", status(503, "2"), 4, COUNTS, "503 2 -"),
                    row("503, come back in 50 s", status(503, "50"), 1, COUNTS, "503 50 -"),
                    row(
                            "503, come back in a year",
                            status(503, "31536000"),
                            4,
                            COUNTS,
                            "503 31536000 -"),
                    row(
                            "503, come back yesterday",
                            status(503, "-86400"),
                            4,
                            COUNTS,
                            "503 -86400 -"),
                    row(
                            "500, do not come back",
                            status(500, Headers.of("x-should-retry", "false")),
                            1,
                            COUNTS,
                            "500 - false"),
                    row("429", status(429), 4, NEVER_COUNTS, "429 3 -"),
                    row("429, come back in 3 s", status(429, "3"), 4, NEVER_COUNTS, "429 3 -"),
                    row("429, come back in 6 s", status(429, "6"), 1, NEVER_COUNTS, "429 6 -"),
                    row(
                            "429, come back next week",
                            status(429, "604800"),
                            1,
                            NEVER_COUNTS,
                            "429 604800 -"),
                    row(
                            "429, spend limit",
                            spent("{\"code\":\"contract_spend_limit_reached\"}"),
                            1,
                            NEVER_COUNTS,
                            "429 3 -"),
                    row(
                            "429, no quota",
                            spent("{\"code\":\"insufficient_quota\"}"),
                            1,
                            NEVER_COUNTS,
                            "429 3 -"),
                    row("408", status(408), 2, NEVER_COUNTS, "408 - false"),
                    row("409", status(409), 2, NEVER_COUNTS, "409 - false"),
                    row("400", status(400), 1, NEVER_COUNTS, "400 - -"),
                    row("404", status(404), 1, NEVER_COUNTS, "404 - -"),
                    row("413", status(413), 1, NEVER_COUNTS, "413 - -"),
                    row("422", status(422), 1, NEVER_COUNTS, "422 - -"),
                    row("401 or 403 of our key", keyRefused(), 1, NEVER_COUNTS, "502 - false"),
                    row("3xx", failing(Cause.UNUSABLE, 502), 1, COUNTS, "502 - -"),
                    row(
                            "200 that is no answer",
                            failing(Cause.GARBLED, 502),
                            2,
                            COUNTS,
                            "502 - false"),
                    row(
                            "cut before the first event",
                            Failures.cut(BACKEND),
                            2,
                            COUNTS,
                            "502 - false"),
                    row("too much", Failures.tooLarge(BACKEND, 9), 1, COUNTS, "502 - -"),
                    row(
                            "cannot be said",
                            failing(Cause.UNSUPPORTED, 400),
                            1,
                            NEVER_COUNTS,
                            "400 - -"));

    @ParameterizedTest
    @FieldSource("BEFORE_THE_ANSWER")
    void beforeTheAnswer(Row row) throws InterruptedException {
        var trial = new GuardsOnTrial();
        trial.upstream.alwaysFail(row.failure());

        var failure = trial.failure();

        check(row, trial, failure);
    }

    static final List<Row> AFTER_THE_ANSWER_BEGAN =
            List.of(
                    row("reset or end", Failures.cut(BACKEND), 1, COUNTS, "502 - -"),
                    row(
                            "silence",
                            Failures.stalled(BACKEND, Duration.ofMinutes(2)),
                            1,
                            COUNTS,
                            "504 - -"),
                    row("broken event", failing(Cause.GARBLED, 502), 1, COUNTS, "502 - -"),
                    row("event too large", Failures.tooMuch(BACKEND, "x"), 1, COUNTS, "502 - -"),
                    row("endless", Failures.tooLong(BACKEND), 1, COUNTS, "504 - -"),
                    row("client gone", Failures.cancelled(), 1, NEVER_COUNTS, "499 - -"));

    @ParameterizedTest
    @FieldSource("AFTER_THE_ANSWER_BEGAN")
    void afterTheAnswerBegan(Row row) throws InterruptedException {
        var trial = new GuardsOnTrial();
        trial.upstream.always(
                FakeProvider.streaming(
                        _ -> {
                            throw row.failure();
                        }));

        var failure = trial.failure();

        check(row, trial, failure);
    }

    /**
     * @param data of an {@code error} event
     */
    record Event(String data, boolean counts) {}

    static final List<Event> ERROR_EVENTS =
            List.of(
                    new Event(error("overloaded_error"), COUNTS),
                    new Event(error("api_error"), COUNTS),
                    new Event(error("timeout_error"), COUNTS),
                    new Event("{\"type\":\"error\"}", COUNTS),
                    new Event("nonsense", COUNTS),
                    new Event(error("rate_limit_error"), NEVER_COUNTS),
                    new Event(error("invalid_request_error"), NEVER_COUNTS));

    @ParameterizedTest
    @FieldSource("ERROR_EVENTS")
    void errorEventInTheMiddleOfAStream(Event event) throws Exception {
        var trial = new GuardsOnTrial();
        trial.upstream.always(
                FakeProvider.streaming(sink -> sink.event(StreamEvent.of(frame(event.data())))));

        trial.askAndRead();

        assertThat(trial.upstream.calls()).hasSize(1);
        assertThat(trial.circuit().failureCount()).isEqualTo(event.counts() ? 1 : 0);
        assertThat(trial.circuit().successCount()).isZero();
    }

    private static void check(Row row, GuardsOnTrial trial, ProviderException failure) {
        assertThat(trial.upstream.calls()).as("tries").hasSize(row.tries());
        assertThat(trial.circuit().failureCount()).isEqualTo(row.counts() ? row.tries() : 0);
        assertThat(told(failure)).isEqualTo(row.told());
        assertThat(failure.error().message()).isEqualTo(row.failure().error().message());
        assertThat(failure.body()).isEqualTo(row.failure().body());
        assertThat(trial.room().held()).as("places left held").isZero();
    }

    private static String told(ProviderException failure) {
        return failure.error().status()
                + " "
                + failure.headers().first("retry-after").orElse("-")
                + " "
                + failure.headers().first("x-should-retry").orElse("-");
    }

    private static Row row(
            String name, ProviderException failure, int tries, boolean counts, String told) {
        return new Row(name, failure, tries, counts, told);
    }

    private static ProviderException connecting(Throwable failure) {
        return Failures.connecting(failure, BACKEND);
    }

    private static Throwable distrust() {
        var failure = new SSLHandshakeException("handshake failed");
        failure.initCause(new CertificateException("unknown authority"));
        return failure;
    }

    private static ProviderException failing(Cause cause, int status) {
        return new ProviderException(cause, ApiError.api(status, "it went wrong"));
    }

    private static ProviderException keyRefused() {
        return new ProviderException(
                Cause.CREDENTIALS,
                ApiError.api(502, "the key was refused"),
                Headers.of("x-should-retry", "false"),
                Optional.empty());
    }

    private static ProviderException status(int status) {
        return status(status, Headers.NONE);
    }

    private static ProviderException status(int status, String retryAfter) {
        return status(status, Headers.of("retry-after", retryAfter));
    }

    private static ProviderException status(int status, Headers headers) {
        var error = new ApiError(status, ApiError.typeFor(status), "as the backend says");
        return new ProviderException(
                Cause.STATUS, error, headers, Optional.of(error.toJson().toBytes()));
    }

    private static ProviderException spent(String body) {
        return new ProviderException(
                Cause.STATUS,
                new ApiError(429, "rate_limit_error", "no more"),
                Headers.NONE,
                Optional.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String error(String type) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"x\"}}".formatted(type);
    }

    private static SseFrame frame(String data) {
        return SseFrame.of("error", data.getBytes(StandardCharsets.UTF_8));
    }
}
