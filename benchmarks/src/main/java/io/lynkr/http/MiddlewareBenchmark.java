package io.lynkr.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.agent.AgentLoop;
import io.lynkr.agent.GatewayTools;
import io.lynkr.agent.Ledger;
import io.lynkr.agent.PriceTable;
import io.lynkr.agent.ReplySink;
import io.lynkr.agent.Toolbox;
import io.lynkr.agent.Turn;
import io.lynkr.agent.TurnLimits;
import io.lynkr.agent.WebFallback;
import io.lynkr.benchmarks.AnsweringProvider;
import io.lynkr.config.Settings;
import io.lynkr.message.ApiError;
import io.lynkr.message.ForwardedHeaders;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.StreamEvent;
import io.lynkr.observability.LogFormat;
import io.lynkr.observability.Logs;
import io.lynkr.observability.Metrics;
import io.lynkr.observability.Redactor;
import io.lynkr.observability.RequestContext;
import io.lynkr.observability.TurnTracer;
import io.lynkr.policy.Facts;
import io.lynkr.policy.PolicyEngine;
import io.lynkr.policy.PolicySettings;
import io.lynkr.policy.SandboxSettings;
import io.lynkr.provider.GuardLog;
import io.lynkr.provider.GuardMetrics;
import io.lynkr.provider.Guards;
import io.lynkr.provider.LimitSettings;
import io.lynkr.provider.MeteredProvider;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.ModelNaming;
import io.lynkr.provider.RetrySettings;
import io.lynkr.provider.TokenEstimator;
import io.lynkr.resilience.BreakerPolicy;
import io.lynkr.resilience.Deadline;
import io.lynkr.resilience.Lifecycle;
import io.lynkr.resilience.RetryPolicy;
import io.lynkr.session.Session;
import io.lynkr.session.Transcripts;
import io.lynkr.tool.ResultLimits;
import io.lynkr.tool.ToolCatalog;
import io.lynkr.tool.ToolListener;
import io.lynkr.tool.ToolRunner;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What one request costs apart from sockets and the backend: the front door, load shedding, the
 * parsed body, the session, retries, cool-down, circuit breaker, limit, metrics, tokens and costs,
 * and the line in the log. The seed claims 7.1 µs for a part of it, without log or parsing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 5, time = 1)
public class MiddlewareBenchmark {
    private static final byte[] BODY =
            """
            {"model":"claude-sonnet-5","max_tokens":100,"messages":[{"role":"user","content":"hi"}]}
            """
                    .getBytes(UTF_8);
    private static final byte[] ANSWER =
            """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5",
             "content":[{"type":"text","text":"Hello."}],"stop_reason":"end_turn",
             "usage":{"input_tokens":12,"output_tokens":4}}
            """
                    .getBytes(UTF_8);

    /** Whether each request gets its line in the log, which another thread writes. */
    @Param({"true", "false"})
    boolean log;

    private final Settings settings = new Settings(Map.of());
    private final Metrics metrics = new Metrics("benchmark");
    private final LoadShedding shedding =
            LoadShedding.real(
                    SheddingSettings.from(settings), new Lifecycle(), new SheddingMetrics(metrics));
    private final Guards guards =
            new Guards(
                    new RetrySettings(
                            new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                            true),
                    new BreakerPolicy(5, 2, Duration.ofSeconds(60)),
                    new LimitSettings(50, 100, Duration.ofSeconds(2)),
                    _ -> "",
                    new GuardLog(new GuardMetrics(metrics)),
                    Guards.Time.real());
    private final AgentLoop agent =
            new AgentLoop(
                    guards.around(
                            new MeteredProvider(
                                    new AnsweringProvider("claude-sonnet-5", ANSWER),
                                    metrics,
                                    System::nanoTime)),
                    ModelAliases.from(settings, ModelNaming.ANTHROPIC),
                    new TokenEstimator(),
                    noTools(),
                    new Ledger(metrics, PriceTable.ours()),
                    Transcripts.NONE);
    private final FrontDoor door =
            new FrontDoor(
                    new Routes(
                            List.of(
                                    Routes.Route.of(
                                            "POST", "/v1/messages", Routes.CLOSED, _ -> {}))),
                    HttpSettings.from(settings));
    private final RequestHead head =
            new RequestHead(
                    "POST",
                    "/v1/messages",
                    "beta=true",
                    Headers.of("host", "localhost:8080")
                            .with("content-type", "application/json")
                            .with("content-length", Integer.toString(BODY.length))
                            .with("user-agent", "claude-cli/2.1.330 (external, cli)")
                            .with("anthropic-version", "2023-06-01")
                            .with("anthropic-beta", "claude-code-20250219")
                            .with("x-api-key", "lynkr")
                            .with("x-claude-code-session-id", "3f6f2b1e-session"),
                    "127.0.0.1:54321",
                    "req_0123456789abcdefghijklmn");

    private RequestJournal journal =
            new RequestJournal(metrics, TurnTracer.NONE, false, System::nanoTime);
    private Optional<Logs> logs = Optional.empty();

    private static GatewayTools noTools() {
        var catalog = new ToolCatalog(List.of(), Map.of());
        var policy =
                PolicyEngine.of(
                        PolicySettings.from(new Settings(Map.of()), _ -> Map.of()),
                        SandboxSettings.Permissions.ALL,
                        Path.of("/workspace"),
                        Facts.NONE);
        return new GatewayTools(
                new Toolbox(catalog, Set.of(), true, false),
                new ToolRunner(catalog, policy, ResultLimits.USUAL, ToolListener.NONE),
                new TurnLimits(10, 10),
                true,
                WebFallback.OFF);
    }

    @Setup(Level.Trial)
    public void startLog() {
        journal = new RequestJournal(metrics, TurnTracer.NONE, log, System::nanoTime);
        logs =
                Optional.of(
                        Logs.start(
                                Logs.Threshold.INFO,
                                LogFormat.JSON,
                                Redactor.BY_LOOKS,
                                OutputStream.nullOutputStream()));
    }

    @TearDown(Level.Trial)
    public void stopLog() {
        logs.ifPresent(Logs::close);
    }

    @Benchmark
    public void request() {
        var entry = journal.begin(head);
        door.admit(head, entry);
        var place = shedding.admit(head);
        new RequestContext(head.requestId(), Runnable::run, entry.facts()).run(() -> answer(entry));
        entry.answers(200);
        entry.answered();
        place.close();
    }

    private void answer(RequestJournal.Entry entry) {
        var request = MessagesRequest.parse(BODY);
        var session = Session.of(head.headers(), request.json());
        entry.facts().isTurnOf(session.id().orElse(""), "", false);
        var turn =
                new Turn(
                        request,
                        ForwardedHeaders.of(head.headers()),
                        session,
                        Deadline.after(Duration.ofMinutes(30)),
                        head.requestId());
        try {
            agent.run(turn, new Nowhere());
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Nowhere implements ReplySink {
        @Override
        public void begin(Headers headers) {}

        @Override
        public void end() {}

        @Override
        public void whole(Headers headers, byte[] message) {}

        @Override
        public void fail(ApiError error, Headers headers, Optional<byte[]> body) {
            throw new IllegalStateException(error.message());
        }

        @Override
        public void event(StreamEvent event) {}

        @Override
        public void flush() {}

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void whenWritable(Runnable action) {
            action.run();
        }
    }
}
