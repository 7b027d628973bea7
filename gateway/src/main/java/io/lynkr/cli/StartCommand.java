package io.lynkr.cli;

import io.lynkr.app.AllSettings;
import io.lynkr.app.GatewayStarter;
import io.lynkr.app.Launch;

import picocli.CommandLine.Command;

import java.net.BindException;
import java.util.concurrent.Callable;

/** Runs the gateway until it is told to end. */
@Command(
        name = "start",
        description = "Starts the gateway with the configured backend.",
        footer = {
            "  lynkr start",
            "  PORT=9000 lynkr start",
            "  MODEL_PROVIDER=ollama OLLAMA_MODEL=qwen3 lynkr start",
            "",
            "Settings may also stand in .env, one NAME=value a line; 'lynkr config' lists them"
                    + " all.",
            "Ctrl-C and SIGTERM end it after the requests in flight.",
        })
final class StartCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final GatewayStarter starter;

    StartCommand(Surroundings surroundings, GatewayStarter starter) {
        this.surroundings = surroundings;
        this.starter = starter;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        var launch = new Launch(surroundings.settings());
        surroundings.warn(AllSettings.misspelled(launch.settings()));
        try (var _ = surroundings.startLog(launch.settings());
                var gateway = starter.start(launch.settings())) {
            surroundings.machine().whenToldToEnd(gateway::close);
            var out = surroundings.voice(launch.settings());
            out.println(
                    "Lynkr listens on "
                            + gateway.address()
                            + " and asks "
                            + launch.provider()
                            + ".");
            Connecting.explain(out, gateway.address(), launch);
            gateway.awaitShutdown();
            return ExitCode.OK;
        } catch (BindException refused) {
            throw CannotListen.because(refused, launch);
        }
    }
}
