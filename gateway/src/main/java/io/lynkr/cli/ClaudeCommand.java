package io.lynkr.cli;

import io.lynkr.app.AllSettings;
import io.lynkr.app.GatewayStarter;
import io.lynkr.app.Launch;
import io.lynkr.config.Setting;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Runs Claude Code against a gateway: one that is there, or one of its own. */
@Command(
        name = "claude",
        description = {
            "Runs Claude Code through the running gateway, or through one that is started for it"
                    + " and ends with it.",
            "Every argument after these options goes to claude as it is.",
        },
        customSynopsis = "lynkr claude [--demo | --url=<url>] [--] [arguments of claude...]",
        footer = {
            "  lynkr claude",
            "  lynkr claude -p \"hi\"",
            "  lynkr claude --demo -p \"hi\"",
            "  lynkr claude --url=https://lynkr.example --model sonnet",
            "  lynkr claude -- --help        claude's own help",
            "",
            "At --url, the token is taken from ANTHROPIC_AUTH_TOKEN. The backend's credentials are"
                    + " kept from claude.",
        })
final class ClaudeCommand implements Callable<Integer> {
    private static final int TOKEN_BYTES = 32;

    private final Surroundings surroundings;
    private final GatewayStarter starter;
    private final RunningGateways running;

    /** Which gateway, if not the one that is running here or a fresh one. */
    static final class Which {
        @Option(
                names = "--demo",
                description =
                        "On a gateway with the built-in scripted model; needs no credentials.")
        boolean demo;

        @Option(
                names = "--url",
                converter = WebAddress.class,
                description = "On the gateway that is running there.")
        Optional<URI> url = Optional.empty();
    }

    /** Reads an address as settings do. */
    static final class WebAddress implements ITypeConverter<URI> {
        private static final Setting<Optional<URI>> ADDRESS = Setting.uri("--url", "");

        @Override
        public URI convert(String text) {
            try {
                return ADDRESS.reader().apply(text).orElseThrow();
            } catch (IllegalArgumentException | NoSuchElementException wrong) {
                throw new TypeConversionException("'" + text + "' is not " + ADDRESS.expected());
            }
        }
    }

    @ArgGroup Which which = new Which();

    @Parameters(hidden = true)
    List<String> arguments = new ArrayList<>();

    ClaudeCommand(Surroundings surroundings, GatewayStarter starter, RunningGateways running) {
        this.surroundings = surroundings;
        this.starter = starter;
        this.running = running;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        var launch = new Launch(surroundings.settings());
        surroundings.warn(AllSettings.misspelled(launch.settings()));
        var claude = find();
        if (which.url.isPresent()) {
            return onGatewayAt(which.url.get(), claude, launch);
        }
        var local = which.demo ? Optional.<URI>empty() : localGateway(launch);
        if (local.isPresent()) {
            return run(claude, local.get(), launch.token().orElse(Connecting.ANY_TOKEN));
        }
        return onOwnGateway(claude, which.demo ? launch.withDemo() : launch);
    }

    private Path find() throws CommandFailedException {
        return surroundings
                .machine()
                .find("claude")
                .orElseThrow(
                        () ->
                                new CommandFailedException(
                                        "Claude Code is not installed, or not on the PATH. Install"
                                                + " it with: "
                                                + ClaudeCode.INSTALL));
    }

    private int onGatewayAt(URI address, Path claude, Launch launch)
            throws CommandFailedException, InterruptedException {
        var gateway = running.at(address);
        if (gateway.isEmpty()) {
            throw new CommandFailedException(
                    "no Lynkr answers at "
                            + address
                            + ". Start one with 'lynkr start', or leave --url out to have one"
                            + " started for you.");
        }
        var own = Optional.ofNullable(surroundings.environment().get("ANTHROPIC_AUTH_TOKEN"));
        var token = own.or(launch::token).orElse(Connecting.ANY_TOKEN);
        return run(claude, address, token);
    }

    private Optional<URI> localGateway(Launch launch) throws InterruptedException {
        launch.checkListening();
        var address = launch.localAddress();
        var gateway = running.at(address);
        gateway.ifPresent(
                found -> say("uses the gateway at " + address + " (" + found.provider() + ")"));
        return gateway.map(RunningGateways.RunningGateway::address);
    }

    private int onOwnGateway(Path claude, Launch launch)
            throws CommandFailedException, InterruptedException {
        var token = randomToken();
        var own = launch.forOneClient(token);
        try (var gateway = starter.start(own.settings())) {
            say("started a gateway for this session (" + own.provider() + ")");
            return run(claude, gateway.address(), token);
        } catch (BindException refused) {
            throw CannotListen.because(refused, own);
        }
    }

    private int run(Path claude, URI address, String token)
            throws CommandFailedException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(claude.toString());
        command.addAll(arguments);
        var environment = ClaudeCode.environment(surroundings.environment(), address, token);
        try {
            return surroundings.machine().runInForeground(command, environment);
        } catch (IOException cannot) {
            throw new CommandFailedException(
                    claude + " could not be started: " + cannot.getMessage());
        }
    }

    /** So that no other user of this machine spends the backend's credentials. */
    private static String randomToken() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void say(String text) {
        surroundings.console().err().println("lynkr: " + text);
    }
}
