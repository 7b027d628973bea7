package io.lynkr.cli;

import io.lynkr.app.GatewayHandle;
import io.lynkr.app.GatewayStarter;
import io.lynkr.app.Launch;
import io.lynkr.config.Settings;

import java.net.BindException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Starts gateways that do nothing but say where they would listen. */
final class FakeGateways implements GatewayStarter {
    private static final int FREE_PORT = 54321;

    private final List<Settings> started = new ArrayList<>();
    private Set<Integer> takenPorts = Set.of();
    private String bindError = "Address already in use";
    private int closed;

    FakeGateways withTakenPorts(Integer... ports) {
        takenPorts = Set.of(ports);
        return this;
    }

    FakeGateways failingWith(String error) {
        bindError = error;
        return this;
    }

    Launch onlyStart() {
        if (started.size() != 1) {
            throw new AssertionError("expected one start, but there were " + started.size());
        }
        return new Launch(started.getFirst());
    }

    int starts() {
        return started.size();
    }

    int closed() {
        return closed;
    }

    @Override
    public GatewayHandle start(Settings settings) throws BindException {
        var launch = new Launch(settings);
        launch.checkListening();
        if (takenPorts.contains(launch.port())) {
            throw new BindException(bindError);
        }
        started.add(settings);
        return new Handle(launch.port() == 0 ? launch.onPort(FREE_PORT) : launch);
    }

    private final class Handle implements GatewayHandle {
        private final Launch launch;

        Handle(Launch launch) {
            this.launch = launch;
        }

        @Override
        public URI address() {
            return launch.localAddress();
        }

        @Override
        public void awaitShutdown() {}

        @Override
        public void close() {
            closed++;
        }
    }
}
