package io.lynkr.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.message.Headers;
import io.lynkr.observability.Metrics;
import io.lynkr.observability.Outcome;
import io.lynkr.observability.PrometheusText;
import io.lynkr.observability.TurnTracer;

import org.junit.jupiter.api.Test;

class RequestJournalTest {
    private static final RequestHead HEAD =
            new RequestHead("POST", "/v1/messages", "", Headers.NONE, "127.0.0.1:1", "req_1");

    private final Metrics metrics = new Metrics("1");
    private final RequestJournal.Entry entry =
            new RequestJournal(metrics, TurnTracer.NONE, false, () -> 0).begin(HEAD);

    @Test
    void aRequestEndsOnce() {
        entry.answers(200);
        entry.answered();
        entry.clientLeft();
        entry.answered();

        assertThat(text())
                .contains("http_requests_total{method=\"POST\",route=\"none\",status=\"200\"} 1.0")
                .doesNotContain("status=\"499\"")
                .contains("lynkr_requests_in_flight 0.0");
    }

    @Test
    void whatTheThreadOfAClientThatLeftFindsOutIsWaitedFor() {
        entry.workBegins();
        entry.clientLeft();
        assertThat(text()).contains("lynkr_requests_in_flight 1.0");

        entry.facts().endsAs(Outcome.UPSTREAM_ERRORED);
        entry.workEnds();

        assertThat(text())
                .contains("lynkr_requests_in_flight 0.0")
                .contains("status=\"499\"} 1.0")
                .doesNotContain("upstream_errored");
    }

    @Test
    void aThreadThatWasDoneBeforeTheClientLeftIsNotWaitedFor() {
        entry.workBegins();
        entry.workEnds();
        entry.clientLeft();

        assertThat(text()).contains("status=\"499\"} 1.0");
    }

    @Test
    void aRulingGoesBeforeWhatTheThreadSays() {
        entry.answers(200);
        entry.rule(Outcome.SHED);
        entry.facts().endsAs(Outcome.CLIENT_CANCELLED);
        entry.answered();

        assertThat(text()).contains("http_request_errors_total{outcome=\"shed\",route=\"none\"}");
    }

    @Test
    void aDefectOfTheGatewayIsInternal() {
        entry.answers(500);
        entry.answered();

        assertThat(text())
                .contains("http_request_errors_total{outcome=\"internal\",route=\"none\"} 1.0");
    }

    @Test
    void aStreamIsCountedWhileItRuns() {
        entry.streams();
        assertThat(text()).contains("lynkr_streams_in_flight 1.0");

        entry.answered();

        assertThat(text()).contains("lynkr_streams_in_flight 0.0");
    }

    private String text() {
        return new String(PrometheusText.of(metrics, "").text(), UTF_8);
    }
}
