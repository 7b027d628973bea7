package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Gate;
import io.lynkr.testing.Json;
import io.lynkr.testing.ModelBlock;
import io.lynkr.testing.Reply;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** The same question twice asks the backend once, unless the answer may not be given again. */
class AnswersFromTheCacheTest {
    private static final String ASK = TestGateway.asking("[[text:hello]]", false);
    private static final String ASK_STREAM = TestGateway.asking("[[text:hello]]", true);

    private final FakeUpstream upstream = new FakeUpstream();
    private final TestGateway gateway = cached();

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private TestGateway cached(String... more) {
        var settings = new ArrayList<>(List.of("PROMPT_CACHE_ENABLED", "true"));
        settings.addAll(List.of(more));
        return TestGateway.inFrontOf(upstream, settings.toArray(String[]::new));
    }

    @Test
    void givesAnAnswerAgain() {
        var first = gateway.messages(ASK);
        var second = gateway.messages(ASK);

        assertThat(header(first)).isEqualTo("miss");
        assertThat(header(second)).isEqualTo("hit");
        assertThat(upstream.calls()).hasSize(1);
        var was = Json.parse(first.body());
        var is = Json.parse(second.body());
        assertThat(is.get("content")).isEqualTo(was.get("content"));
        assertThat(is.text("id")).startsWith("msg_").isNotEqualTo(was.text("id"));
        assertThat(is.get("usage").number("cache_read_input_tokens"))
                .isEqualTo(prompt(was.get("usage")))
                .isPositive();
        assertThat(prompt(is.get("usage"))).isEqualTo(prompt(was.get("usage")));
        assertThat(is.get("usage").number("input_tokens")).isZero();
        assertThat(second.headers().firstValue("x-lynkr-provider")).hasValue("anthropic");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesItInTheOtherFormToo(boolean streamFirst) {
        gateway.messages(streamFirst ? ASK_STREAM : ASK);
        var second = gateway.messages(streamFirst ? ASK : ASK_STREAM);

        assertThat(header(second)).isEqualTo("hit");
        assertThat(second.body()).contains("hello");
        if (!streamFirst) {
            assertThat(second.body())
                    .contains("event: message_start", "event: message_stop")
                    .contains("\"cache_read_input_tokens\"");
        }
        assertThat(upstream.calls()).hasSize(1);
    }

    @Test
    void streamsItAgain() {
        var first = gateway.messages(ASK_STREAM).body();
        var second = gateway.messages(ASK_STREAM).body();

        assertThat(upstream.calls()).hasSize(1);
        assertThat(names(second)).isEqualTo(names(first));
        assertThat(second).doesNotContain(Json.parse(data(first)).get("message").text("id"));
    }

    @Test
    void saysSoInOutcomeAndMetrics() {
        gateway.messages(ASK);
        gateway.messages(ASK);

        var metrics = gateway.get("/metrics/prometheus").body();
        assertThat(metrics)
                .contains("lynkr_response_cache_lookups_total{result=\"hit\"} 1.0")
                .contains("lynkr_response_cache_lookups_total{result=\"miss\"} 1.0")
                .contains("lynkr_response_cache_entries 1.0")
                .containsPattern("lynkr_turns_total\\{[^}]*outcome=\"cached\"[^}]*} 1.0");
    }

    @Test
    void asksOnceForAHundredAtATime() throws Exception {
        var gate = new Gate();
        upstream.answerWith(request -> upstream.modelReply(request).holdHead(gate));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<HttpResponse<String>> ask = () -> gateway.messages(ASK_STREAM);
            var answers = new ArrayList<java.util.concurrent.Future<HttpResponse<String>>>();
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(ask));
            }
            upstream.awaitCalls(1);
            gate.open();
            int hits = 0;
            for (var answer : answers) {
                assertThat(answer.get().body()).contains("hello", "message_stop");
                hits += header(answer.get()).equals("hit") ? 1 : 0;
            }
            assertThat(hits).isEqualTo(99);
        }
        assertThat(upstream.calls()).hasSize(1);
    }

    @Test
    void letsTheNextOneAskWhenTheFirstLeaves() {
        var gate = new Gate();
        upstream.reply(Reply.json(200, "{}").holdHead(gate));
        try (var leaver = gateway.raw()) {
            leaver.sendMessages(ASK);
            upstream.awaitCalls(1);
        }
        assertThat(gateway.messages(ASK).body()).contains("hello");
        assertThat(upstream.calls()).hasSize(2);
    }

    @Test
    void keepsNoToolCalls() {
        var read = ModelBlock.toolUse("Read", Json.object());
        upstream.willAsk(read).willAsk(read);
        var ask =
                ASK_STREAM.replace(
                        "\"messages\"",
                        "\"tools\":[{\"name\":\"Read\",\"input_schema\":{\"type\":\"object\"}}],\"messages\"");

        gateway.messages(ask);
        assertThat(header(gateway.messages(ask))).isEqualTo("miss");
        assertThat(upstream.calls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_tokens", "refusal", "pause_turn", "tool_use"})
    void keepsNothingThatDidNotEndWell(String reason) {
        upstream.answerWith(
                _ ->
                        Reply.json(
                                200,
                                "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"stop_reason\":\""
                                        + reason
                                        + "\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"));

        gateway.messages(ASK);
        assertThat(header(gateway.messages(ASK))).isEqualTo("miss");
    }

    @Test
    void keepsNoFailures() {
        upstream.willFail(500, "trouble");

        assertThat(gateway.messages(ASK).statusCode()).isEqualTo(500);
        assertThat(gateway.messages(ASK).body()).contains("hello");
    }

    @Test
    void isApartForEachAccessToken() {
        try (var shared = cached("ACCESS_TOKENS", "ann:token-of-ann-1234,bob:token-of-bob-1234")) {
            shared.messages(ASK, "x-api-key", "token-of-ann-1234");
            var bob = shared.messages(ASK, "x-api-key", "token-of-bob-1234");
            var ann = shared.messages(ASK, "x-api-key", "token-of-ann-1234");

            assertThat(header(bob)).isEqualTo("miss");
            assertThat(header(ann)).isEqualTo("hit");
        }
    }

    @Test
    void forgetsAfterItsTimeAndHitsAgainAfterwards() {
        try (var brief = cached("PROMPT_CACHE_TTL_MS", "1")) {
            for (int i = 0; i < 3; i++) {
                // The way to the gateway and back takes longer than a millisecond's worth of life
                // only by chance, so that what counts is that the backend is asked again some time.
                brief.messages(ASK);
            }
            long until = System.nanoTime() + 10_000_000_000L;
            while (upstream.calls().size() < 3 && System.nanoTime() < until) {
                brief.messages(ASK);
            }
            assertThat(upstream.calls().size()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void showsTheCreationIfItIsTo() {
        try (var showing = cached("PROMPT_CACHE_SHOW_CREATION", "true")) {
            var usage = Json.parse(showing.messages(ASK).body()).get("usage");

            assertThat(usage.number("cache_creation_input_tokens")).isPositive();
            assertThat(usage.number("input_tokens")).isZero();
        }
    }

    @Test
    void canBeTurnedOff() {
        try (var plain = cached("PROMPT_CACHE_ENABLED", "false")) {
            plain.messages(ASK);
            assertThat(header(plain.messages(ASK))).isEmpty();
            assertThat(upstream.calls()).hasSize(2);
        }
    }

    private static String header(HttpResponse<String> answer) {
        return answer.headers().firstValue("x-lynkr-cache").orElse("");
    }

    private static long prompt(Json usage) {
        return usage.number("input_tokens")
                + usage.number("cache_creation_input_tokens")
                + usage.number("cache_read_input_tokens");
    }

    private static List<String> names(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("event: ") && !line.endsWith("ping"))
                .toList();
    }

    private static String data(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .findFirst()
                .orElseThrow()
                .substring(6);
    }
}
