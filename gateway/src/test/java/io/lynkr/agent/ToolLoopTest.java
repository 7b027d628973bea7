package io.lynkr.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.config.Settings;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.Headers;
import io.lynkr.message.MessageEvents;
import io.lynkr.message.MessagesRequest;
import io.lynkr.observability.Metrics;
import io.lynkr.policy.Action;
import io.lynkr.policy.Facts;
import io.lynkr.policy.PolicyEngine;
import io.lynkr.policy.PolicySettings;
import io.lynkr.policy.SandboxSettings;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.ModelNaming;
import io.lynkr.provider.TokenEstimator;
import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;
import io.lynkr.session.Transcripts;
import io.lynkr.testing.FakeProvider;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.ResultLimits;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolCatalog;
import io.lynkr.tool.ToolListener;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolRunner;
import io.lynkr.tool.ToolSpec;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

class ToolLoopTest {
    private final FakeProvider provider = new FakeProvider();
    private final List<String> ran = new ArrayList<>();
    private final CyclicBarrier both = new CyclicBarrier(2);
    private TurnLimits limits = new TurnLimits(8, 12);
    private boolean visible = true;

    @Test
    void runsAToolAndGoesOnInTheSameMessage() throws InterruptedException {
        provider.then(says(text("Let me see."), call("t1", "echo", "a")))
                .then(says(text("It is a.")));

        var sink = turn("echo");

        assertThat(types(sink)).containsExactly("text", "mcp_tool_use", "mcp_tool_result", "text");
        assertThat(sink.message().string("stop_reason")).hasValue("end_turn");
        assertThat(sink.names().stream().filter("message_start"::equals)).hasSize(1);
        assertThat(sink.endings()).containsExactly("end");
        assertThat(ran).containsExactly("echo a");
        var shown = sink.message().objects("content").get(1);
        assertThat(shown.string("server_name")).hasValue("lynkr");
        assertThat(shown.object("input").orElseThrow().string("word")).hasValue("a");
        assertThat(secondRequest().objects("messages").getLast().toString())
                .isEqualTo(
                        "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}]}");
    }

    @Test
    void sumsUpTheTokensOfAllSteps() throws InterruptedException {
        provider.then(says(call("t1", "echo", "a"))).then(says(text("done")));

        var usage = turn("echo").message().object("usage").orElseThrow();

        assertThat(usage.integer("input_tokens")).hasValue(20);
        assertThat(usage.integer("output_tokens")).hasValue(10);
    }

    @Test
    void handsACallOfTheClientsToolToTheClient() throws InterruptedException {
        provider.then(says(call("t1", "Bash", "ls")));

        var sink = turn("echo", "Bash");

        assertThat(types(sink)).containsExactly("tool_use");
        assertThat(sink.message().string("stop_reason")).hasValue("tool_use");
        assertThat(ran).isEmpty();
    }

    @Test
    void runsOursAndThenHandsOverTheClients() throws InterruptedException {
        provider.then(says(call("t1", "Bash", "ls"), call("t2", "echo", "b")));

        var sink = turn("echo", "Bash");

        assertThat(types(sink)).containsExactly("mcp_tool_use", "mcp_tool_result", "tool_use");
        assertThat(sink.message().string("stop_reason")).hasValue("tool_use");
        assertThat(provider.calls()).hasSize(1);
        assertThat(ran).containsExactly("echo b");
    }

    @Test
    void runsReadersSideBySideAndKeepsTheirOrder() throws InterruptedException {
        provider.then(says(call("t1", "meet", "a"), call("t2", "meet", "b")))
                .then(says(text("done")));

        turn("meet");

        var results = secondRequest().objects("messages").getLast().objects("content");
        assertThat(results)
                .extracting(result -> result.string("tool_use_id").orElseThrow())
                .containsExactly("t1", "t2");
        assertThat(results).noneMatch(result -> result.isTrue("is_error"));
    }

    @Test
    void forcesAToolOnlyOnce() throws InterruptedException {
        provider.then(says(call("t1", "echo", "a"))).then(says(text("done")));

        run(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"go\"}],\"tools\":[{\"name\":\"echo\",\"type\":\"function\",\"input_schema\":{\"type\":\"object\"}}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"echo\"}}}");

        var first = provider.calls().getFirst().request().json();
        assertThat(first.object("tool_choice").orElseThrow().toString())
                .isEqualTo("{\"type\":\"tool\",\"name\":\"echo\"}");
        assertThat(first.objects("tools").getFirst().has("type")).isFalse();
        assertThat(first.integer("max_tokens")).hasValue(4096);
        assertThat(secondRequest().has("tool_choice")).isFalse();
    }

    @Test
    void asksOnceMoreWithoutToolsAtTheLimit() throws InterruptedException {
        limits = new TurnLimits(2, 12);
        provider.then(says(call("t1", "echo", "a")))
                .then(says(call("t2", "echo", "b")))
                .then(says(text("enough")));

        var sink = turn("echo");

        assertThat(ran).containsExactly("echo a");
        assertThat(provider.calls()).hasSize(3);
        assertThat(provider.calls().getLast().request().json().object("tool_choice").orElseThrow())
                .isEqualTo(JsonObject.of("type", "none"));
        assertThat(sink.message().string("stop_reason")).hasValue("end_turn");
        assertThat(sink.message().toString()).contains("POLICY_MAX_STEPS");
    }

    @Test
    void hidesCallsIfToldTo() throws InterruptedException {
        visible = false;
        provider.then(says(call("t1", "echo", "a"))).then(says(text("done")));

        assertThat(types(turn("echo"))).containsExactly("text");
    }

    @Test
    void tellsTheModelWhatWasWrongWithItsArguments() throws InterruptedException {
        var wrong =
                JsonObject.of("type", "tool_use")
                        .with("id", "t1")
                        .with("name", "echo")
                        .with("input", JsonObject.of("words", "a"));
        provider.then(says(wrong)).then(says(text("sorry")));

        turn("echo");

        var result = secondRequest().objects("messages").getLast().objects("content").getFirst();
        assertThat(result.isTrue("is_error")).isTrue();
        assertThat(result.toString())
                .contains("'words' is no parameter of this tool", "'word' is missing");
    }

    @Test
    void splitsWhatItShowedWhenItComesBack() throws InterruptedException {
        provider.then(says(text("Hm."), call("t1", "echo", "a")))
                .then(says(text("It is a.")))
                .then(says(text("bye")));
        var sink = turn("echo");
        var upstreamSaw = secondRequest().objects("messages");

        var back =
                JsonObject.of("model", "m")
                        .with("max_tokens", 9)
                        .with(
                                "messages",
                                JsonArray.of(
                                        user("go"),
                                        JsonObject.of("role", "assistant")
                                                .with(
                                                        "content",
                                                        sink.message()
                                                                .array("content")
                                                                .orElseThrow()),
                                        user("thanks")));
        run(back.toString());

        assertThat(provider.calls().getLast().request().messages())
                .startsWith(upstreamSaw.toArray(JsonObject[]::new))
                .hasSize(upstreamSaw.size() + 2);
    }

    private JsonObject secondRequest() {
        return provider.calls().get(1).request().json();
    }

    private static List<String> types(RecordingSink sink) {
        return sink.message().objects("content").stream().map(JsonObject::type).toList();
    }

    private RecordingSink turn(String... tools) throws InterruptedException {
        var declared = new ArrayList<JsonValue>();
        for (var name : tools) {
            declared.add(
                    JsonObject.of("name", name)
                            .with("input_schema", JsonObject.of("type", "object")));
        }
        return run(
                JsonObject.of("model", "m")
                        .with("max_tokens", 9)
                        .with("stream", true)
                        .with("messages", JsonArray.of(user("go")))
                        .with("tools", JsonArray.copyOf(declared))
                        .toString());
    }

    private RecordingSink run(String body) throws InterruptedException {
        var catalog = new ToolCatalog(List.of(echo(), meet()), Map.of());
        var policy =
                PolicyEngine.of(
                        PolicySettings.from(new Settings(Map.of()), _ -> Map.of()),
                        SandboxSettings.Permissions.ALL,
                        Path.of("/workspace"),
                        Facts.NONE);
        var runner = new ToolRunner(catalog, policy, ResultLimits.USUAL, ToolListener.NONE);
        var tools =
                new GatewayTools(
                        new Toolbox(catalog, Set.of(), true, false),
                        runner,
                        limits,
                        visible,
                        WebFallback.OFF);
        var agent =
                new AgentLoop(
                        provider,
                        ModelAliases.from(new Settings(Map.of()), ModelNaming.ANTHROPIC),
                        new TokenEstimator(),
                        tools,
                        new Ledger(new Metrics("test"), PriceTable.ours()),
                        Transcripts.NONE);
        var sink = new RecordingSink();
        agent.run(
                new Turn(
                        MessagesRequest.parse(body.getBytes(StandardCharsets.UTF_8)),
                        Headers.NONE,
                        new Session(Optional.empty(), Optional.empty(), Optional.empty()),
                        Deadline.after(Duration.ofSeconds(30)),
                        "req"),
                sink);
        return sink;
    }

    private static JsonObject user(String text) {
        return JsonObject.of("role", "user").with("content", text);
    }

    private static JsonObject text(String text) {
        return JsonObject.of("type", "text").with("text", text);
    }

    private static JsonObject call(String id, String tool, String word) {
        return JsonObject.of("type", "tool_use")
                .with("id", id)
                .with("name", tool)
                .with("input", JsonObject.of("word", word));
    }

    private static FakeProvider.Answer says(JsonObject... blocks) {
        var calls = List.of(blocks).getLast().type().equals("tool_use");
        var message =
                JsonObject.of("id", "msg_1")
                        .with("type", "message")
                        .with("role", "assistant")
                        .with("model", "m")
                        .with("content", JsonArray.of(blocks))
                        .with("stop_reason", calls ? "tool_use" : "end_turn")
                        .with(
                                "usage",
                                JsonObject.EMPTY.with("input_tokens", 10).with("output_tokens", 5));
        return FakeProvider.streaming(
                sink -> {
                    MessageEvents.unfold(message).forEach(sink::event);
                    sink.flush();
                });
    }

    private Tool echo() {
        return tool(
                "echo",
                word -> {
                    ran.add("echo " + word);
                    return ToolResult.text(word);
                });
    }

    /** Two calls of this tool meet, or neither comes back. */
    private Tool meet() {
        return tool(
                "meet",
                word -> {
                    try {
                        both.await(20, TimeUnit.SECONDS);
                    } catch (java.util.concurrent.BrokenBarrierException
                            | java.util.concurrent.TimeoutException alone) {
                        throw new IllegalStateException(alone);
                    }
                    return ToolResult.text(word);
                });
    }

    private interface Body {
        ToolResult run(String word) throws InterruptedException;
    }

    private static Tool tool(String name, Body body) {
        return new Tool() {
            @Override
            public ToolSpec spec() {
                return new ToolSpec(
                        name,
                        "test",
                        "For tests",
                        List.of(Parameter.text("word", "What to say").needed()),
                        ToolSpec.Effect.READS);
            }

            @Override
            public Plan plan(Arguments arguments, CallContext context) {
                var word = arguments.needed("word");
                return Plan.to(new Action.UseRecords("test"), () -> body.run(word));
            }
        };
    }
}
