package io.lynkr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.lynkr.app.ProbeResult.Outcome;
import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.EventStream;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.provider.Reply;
import io.lynkr.provider.Served;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

class ProviderProbeTest {
    private static final String TEXT = "{\"type\":\"text\",\"text\":\"OK\"}";
    private static final String TOOL =
            "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"get_weather\"}";

    @Test
    void findsEverythingAccepted() throws InterruptedException {
        var provider = new ScriptedProvider();

        var results = run(provider);

        assertThat(results)
                .extracting(ProbeResult::name, ProbeResult::outcome, ProbeResult::detail)
                .containsExactly(
                        tuple("credentials", Outcome.PASS, "accepted"),
                        tuple("chat", Outcome.PASS, "accepted"),
                        tuple("streaming", Outcome.PASS, "accepted"),
                        tuple("tools", Outcome.PASS, "accepted"),
                        tuple("parallel tools", Outcome.PASS, "accepted"),
                        tuple("images", Outcome.PASS, "accepted"),
                        tuple("system in mid-conversation", Outcome.PASS, "accepted"),
                        tuple("adaptive thinking", Outcome.PASS, "accepted"),
                        tuple("thinking with a budget", Outcome.PASS, "accepted"),
                        tuple(
                                "context_management",
                                Outcome.PASS,
                                "accepted after drop:context_management"),
                        tuple("count_tokens", Outcome.PASS, "9 tokens, by the backend"),
                        tuple("list of models", Outcome.PASS, "1 models"));
    }

    @Test
    void asksForTheModelItWasGivenInSmallRequests() throws InterruptedException {
        var provider = new ScriptedProvider();

        run(provider);

        assertThat(provider.calls)
                .allSatisfy(
                        call -> {
                            assertThat(call.request().model()).isEqualTo("backend-model");
                            assertThat(call.request().maxTokens().orElseThrow()).isLessThan(2_000);
                        });
    }

    @Test
    void tellsEachResultAsItComes() throws InterruptedException {
        var told = new ArrayList<ProbeResult>();

        var results = new ProviderProbe(new ScriptedProvider(), "backend-model").run(told::add);

        assertThat(told).isEqualTo(results);
    }

    @Test
    void stopsAtRefusedCredentials() throws InterruptedException {
        var provider = new ScriptedProvider();
        provider.refusal = new ProviderException(Cause.CREDENTIALS, error(401, "bad  key"));

        var results = run(provider);

        assertThat(results.getFirst().name()).isEqualTo("credentials");
        assertThat(results.getFirst().isFatal()).isTrue();
        assertThat(results.getFirst().detail()).isEqualTo("refused with 401: bad key");
        assertThat(results.subList(1, results.size()))
                .allMatch(result -> result.outcome() == Outcome.SKIPPED);
        assertThat(provider.calls).hasSize(1);
    }

    @Test
    void tellsAnUnknownModelFromRefusedCredentials() throws InterruptedException {
        var provider = new ScriptedProvider();
        provider.refusal = new ProviderException(Cause.STATUS, error(404, "no such model"));

        var results = run(provider);

        assertThat(results)
                .extracting(ProbeResult::name, ProbeResult::outcome)
                .startsWith(tuple("credentials", Outcome.PASS), tuple("chat", Outcome.FAIL));
    }

    @Test
    void saysThatAModelDoesNotCallTools() throws InterruptedException {
        var provider = new ScriptedProvider();
        provider.callsTools = false;

        var results = run(provider);

        assertThat(results)
                .filteredOn(result -> result.name().equals("tools"))
                .singleElement()
                .satisfies(
                        result -> {
                            assertThat(result.isFatal()).isTrue();
                            assertThat(result.detail())
                                    .isEqualTo("accepted, but the model did not call the tool");
                        });
    }

    @Test
    void takesAnAnswerThatCameWholeForNoStream() throws InterruptedException {
        var provider = new ScriptedProvider();
        provider.streams = false;

        var results = run(provider);

        assertThat(results)
                .filteredOn(result -> result.name().equals("streaming"))
                .allMatch(ProbeResult::isFatal);
    }

    private static List<ProbeResult> run(Provider provider) throws InterruptedException {
        return new ProviderProbe(provider, "backend-model").run(_ -> {});
    }

    private static ApiError error(int status, String message) {
        return new ApiError(status, ApiError.typeFor(status), message);
    }

    /** Answers as a good backend would, but for what a test takes away. */
    private static final class ScriptedProvider implements Provider {
        final List<ProviderCall> calls = new ArrayList<>();
        boolean callsTools = true;
        boolean streams = true;
        ProviderException refusal;

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public Reply send(ProviderCall call) throws ProviderException {
            calls.add(call);
            if (refusal != null) {
                throw refusal;
            }
            boolean edited = call.request().json().has("context_management");
            var edits = edited ? List.of("drop:context_management") : List.<String>of();
            var served = new Served("scripted", "backend-model", Headers.NONE, edits);
            if (call.request().stream() && streams) {
                return new Reply.Streamed(served, new OkStream());
            }
            boolean tools = callsTools && !call.request().tools().isEmpty();
            var content = tools ? TOOL + "," + TOOL : TEXT;
            var body = "{\"content\":[" + content + "]}";
            return new Reply.Whole(served, body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public OptionalLong countTokens(ProviderCall call) {
            return OptionalLong.of(9);
        }

        @Override
        public List<ModelInfo> models() {
            return List.of(new ModelInfo("backend-model"));
        }

        @Override
        public void close() {}
    }

    private static final class OkStream implements EventStream {
        @Override
        public void pushTo(EventSink sink) {
            sink.event(event("{\"type\":\"message_start\"}"));
            sink.event(
                    event(
                            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                                    + TEXT
                                    + "}"));
            sink.event(event("{\"type\":\"message_stop\"}"));
        }

        private static StreamEvent event(String json) {
            return StreamEvent.of(JsonObject.parse(json));
        }

        @Override
        public void close() {}
    }
}
