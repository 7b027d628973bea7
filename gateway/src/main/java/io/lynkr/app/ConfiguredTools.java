package io.lynkr.app;

import io.lynkr.app.ProbeResult.Need;
import io.lynkr.config.Settings;
import io.lynkr.json.JsonObject;
import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolCall;
import io.lynkr.tool.ToolListener;
import io.lynkr.tool.exec.CommandPlace;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The tools of the settings. */
public final class ConfiguredTools implements ToolBench.Opener {
    private static final String SANDBOX = "sandbox";

    /** As long as the longest that any tool may ask for, and then some. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @Override
    public ToolBench open(Settings settings) {
        var tools = Tools.from(settings);
        settings.check();
        var stores = tools.openStores();
        var backend = new BackendOnDemand(settings);
        var running = tools.build(stores, new ModelAdviser(backend), ToolListener.NONE);
        return new Bench(running, stores, backend);
    }

    @Override
    public ProbeResult sandbox(Settings settings) throws InterruptedException {
        return switch (Tools.from(settings).commandPlace()) {
            case CommandPlace.Somewhere(var sandbox) when sandbox.isolates() ->
                    new ProbeResult(
                            SANDBOX, ProbeResult.Outcome.PASS, Need.OPTIONAL, sandbox.name());
            case CommandPlace.Somewhere _ ->
                    new ProbeResult(
                            SANDBOX,
                            ProbeResult.Outcome.FAIL,
                            Need.OPTIONAL,
                            "none works, and TOOLS_UNSANDBOXED=true lets models run commands with"
                                    + " all your rights");
            case CommandPlace.Nowhere(var reason) ->
                    new ProbeResult(
                            SANDBOX,
                            ProbeResult.Outcome.FAIL,
                            Need.OPTIONAL,
                            "none works, so shell and python_exec are off ("
                                    + reason
                                    + "). Install bubblewrap, or set MCP_SANDBOX_IMAGE");
        };
    }

    private record Bench(RunningTools running, Stores stores, BackendOnDemand backend)
            implements ToolBench {
        @Override
        public List<Info> tools() {
            return running.tools().runner().catalog().tools().stream()
                    .map(
                            tool ->
                                    new Info(
                                            tool.spec().name(),
                                            tool.spec().family(),
                                            tool.spec().description(),
                                            tool.spec().inputSchema()))
                    .toList();
        }

        @Override
        public Outcome call(String name, JsonObject arguments, Consumer<String> progress)
                throws InterruptedException {
            var nobody = new Session(Optional.empty(), Optional.empty(), Optional.empty());
            var context = new CallContext(nobody, Deadline.after(PATIENCE), progress);
            var result =
                    running.tools().runner().run(new ToolCall("cli", name, arguments), context);
            var text =
                    result.content().stream()
                            .map(block -> block.string("text").orElseGet(block::toString))
                            .collect(Collectors.joining("\n"));
            return new Outcome(text, result.isError());
        }

        @Override
        public void close() {
            running.close();
            stores.close();
            backend.close();
        }
    }
}
