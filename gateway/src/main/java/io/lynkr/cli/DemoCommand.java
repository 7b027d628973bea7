package io.lynkr.cli;

import io.lynkr.app.AllSettings;
import io.lynkr.app.GatewayHandle;
import io.lynkr.app.GatewayStarter;
import io.lynkr.app.Launch;

import picocli.CommandLine.Command;

import java.net.BindException;
import java.util.concurrent.Callable;

/** Runs the gateway with the model that is built in. */
@Command(
        name = "demo",
        description = {
            "Starts the gateway with a built-in scripted model: no credentials, no network, no real"
                    + " intelligence. It streams, calls tools and fails on request, so that you can"
                    + " see the gateway work.",
        },
        footer = {
            "  lynkr demo",
            "  PORT=9000 lynkr demo",
            "",
            "Takes port 8080, or the next free one unless PORT is set.",
        })
final class DemoCommand implements Callable<Integer> {
    private static final int PORTS_TO_TRY = 20;

    private final Surroundings surroundings;
    private final GatewayStarter starter;

    DemoCommand(Surroundings surroundings, GatewayStarter starter) {
        this.surroundings = surroundings;
        this.starter = starter;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        var launch = new Launch(surroundings.settings()).withDemo();
        surroundings.warn(AllSettings.misspelled(launch.settings()));
        try (var _ = surroundings.startLog(launch.settings());
                var gateway = startOnFreePort(launch)) {
            surroundings.machine().whenToldToEnd(gateway::close);
            tell(gateway, launch);
            gateway.awaitShutdown();
            return ExitCode.OK;
        } catch (BindException refused) {
            throw CannotListen.because(refused, launch);
        }
    }

    private GatewayHandle startOnFreePort(Launch launch) throws BindException {
        try {
            return starter.start(launch.settings());
        } catch (BindException taken) {
            if (launch.isPortChosen()) {
                throw taken;
            }
            return startOnFreePortAbove(launch, taken);
        }
    }

    private GatewayHandle startOnFreePortAbove(Launch launch, BindException taken)
            throws BindException {
        for (int next = 1; next <= PORTS_TO_TRY; next++) {
            try {
                return starter.start(launch.onPort(launch.port() + next).settings());
            } catch (BindException alsoTaken) {
                taken.addSuppressed(alsoTaken);
            }
        }
        throw taken;
    }

    private void tell(GatewayHandle gateway, Launch launch) {
        var out = surroundings.voice(launch.settings());
        out.println("Lynkr's demo listens on " + gateway.address() + ".");
        if (!launch.isPortChosen() && gateway.address().getPort() != launch.port()) {
            out.println("(Port " + launch.port() + " is taken.)");
        }
        out.println("A built-in scripted model answers: it costs nothing and knows nothing.");
        Connecting.explain(out, gateway.address(), launch);
    }
}
