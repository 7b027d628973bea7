package io.lynkr.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.observability.Outcome.Fault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

class OutcomeTest {

    @ParameterizedTest(name = "a status {0} of our own means {1}")
    @CsvSource({
        "200, SERVED",
        "304, SERVED",
        "400, CLIENT_ERROR",
        "401, CLIENT_ERROR",
        "402, OVER_BUDGET",
        "404, CLIENT_ERROR",
        "413, CLIENT_ERROR",
        "429, OVER_BUDGET",
        "499, CLIENT_CANCELLED",
        "500, INTERNAL",
        "503, SHED",
    })
    void readsAStatusThatTheGatewayMadeByItself(int status, Outcome expected) {
        assertThat(Outcome.ofStatus(status)).isEqualTo(expected);
    }

    @Test
    void onlyNobodysFaultAndAClientThatLeavesAreNoFailures() {
        assertThat(Arrays.stream(Outcome.values()).filter(outcome -> !outcome.isFailure()))
                .containsExactly(Outcome.SERVED, Outcome.CACHED, Outcome.CLIENT_CANCELLED);
    }

    @Test
    void wordsAreWhatDashboardsKnow() {
        assertThat(Arrays.stream(Outcome.values()).map(Outcome::word))
                .containsExactly(
                        "served",
                        "cached",
                        "client_error",
                        "client_cancelled",
                        "shed",
                        "over_budget",
                        "denied",
                        "upstream_throttled",
                        "upstream_timed_out",
                        "upstream_unavailable",
                        "upstream_errored",
                        "circuit_open",
                        "internal");
        assertThat(Fault.UPSTREAM.word()).isEqualTo("upstream");
    }
}
