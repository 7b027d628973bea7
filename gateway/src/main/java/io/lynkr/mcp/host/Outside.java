package io.lynkr.mcp.host;

import io.lynkr.workspace.Sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the host needs of the rest of the gateway.
 *
 * @param data a folder for approvals, logs and tokens
 * @param workspace where servers start if they do not say
 * @param environment of the gateway, of which servers get what their entry names
 * @param secrets names of variables that no entry gets, since they are the gateway's own keys
 * @param mayRun whether a program may be started, by its name
 * @param box the sandbox that works on this machine; asked when a server needs it
 * @param version of the gateway
 */
public record Outside(
        Path data,
        Path workspace,
        Map<String, String> environment,
        Set<String> secrets,
        Predicate<String> mayRun,
        Box box,
        String version) {
    public Outside {
        environment = Map.copyOf(environment);
        secrets = Set.copyOf(secrets);
    }

    /** Looks for a sandbox. */
    @FunctionalInterface
    public interface Box {
        /** Empty if none works here. */
        Optional<Sandbox> find() throws InterruptedException;
    }
}
