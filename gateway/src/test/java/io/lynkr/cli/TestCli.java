package io.lynkr.cli;

import io.lynkr.app.Backend;
import io.lynkr.app.BackendProbe;
import io.lynkr.app.ConfiguredTools;
import io.lynkr.app.ProbeResult;
import io.lynkr.app.Reachability;
import io.lynkr.app.ToolBench;
import io.lynkr.config.Settings;
import io.lynkr.provider.UpstreamTrust;
import io.lynkr.testing.TestConsole;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line with an outside that the test holds. */
final class TestCli {
    final TestConsole console = new TestConsole();
    final FakeMachine machine = new FakeMachine();
    final FakeGateways gateways = new FakeGateways();

    private final Map<String, String> environment = new HashMap<>();
    private Path folder = Path.of("no", "such", "folder");
    private List<ProbeResult> probeResults = List.of();
    private final ToolBench.Opener tools = new OneBox();
    private Optional<URI> backendAddress = Optional.empty();

    static TestCli with(String... namesAndValues) {
        var cli = new TestCli();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            cli.environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return cli;
    }

    TestCli in(Path otherFolder) {
        folder = otherFolder;
        return this;
    }

    TestCli whereTheBackendShows(ProbeResult... results) {
        probeResults = List.of(results);
        return this;
    }

    TestCli whereTheBackendIsAt(URI address) {
        backendAddress = Optional.of(address);
        return this;
    }

    int run(String... args) {
        var surroundings = new Surroundings(environment, folder, console, machine, "1.2.3");
        return new Cli(surroundings, gateways, settings -> new FakeBackend(), tools).run(args);
    }

    String said() {
        return console.said();
    }

    String complained() {
        return console.complained();
    }

    @Override
    public String toString() {
        return Arrays.asList(said(), complained()).toString();
    }

    /** Real tools, on a machine whose sandbox is known beforehand. */
    private static final class OneBox implements ToolBench.Opener {
        @Override
        public ToolBench open(Settings settings) {
            return new ConfiguredTools().open(settings);
        }

        @Override
        public ProbeResult sandbox(Settings settings) {
            return new ProbeResult(
                    "sandbox",
                    ProbeResult.Outcome.PASS,
                    ProbeResult.Need.OPTIONAL,
                    "a box for tests");
        }
    }

    private final class FakeBackend implements Backend {
        @Override
        public List<ProbeResult> reach() {
            return backendAddress
                    .map(address -> Reachability.of(address, UpstreamTrust.USUAL))
                    .orElse(List.of());
        }

        @Override
        public BackendProbe probe() {
            return progress -> {
                probeResults.forEach(progress);
                return probeResults;
            };
        }

        @Override
        public void close() {}
    }
}
