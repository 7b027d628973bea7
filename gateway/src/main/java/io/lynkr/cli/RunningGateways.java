package io.lynkr.cli;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Finds out who answers at an address. */
final class RunningGateways {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /**
     * A gateway as it presents itself.
     *
     * @param provider who stands behind it
     */
    record RunningGateway(URI address, String version, String provider) {}

    /** The gateway at this address; empty if nobody answers, or somebody else does. */
    Optional<RunningGateway> at(URI address) throws InterruptedException {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var root = URI.create(address.toString().replaceFirst("/+$", "") + "/");
            var request = HttpRequest.newBuilder(root).timeout(PATIENCE).build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return read(address, JsonObject.parse(answer.body()));
        } catch (IOException | JsonException | IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private static Optional<RunningGateway> read(URI address, JsonObject greeting) {
        return greeting.string("name")
                .filter("lynkr"::equals)
                .map(
                        _ ->
                                new RunningGateway(
                                        address,
                                        greeting.string("version").orElse("?"),
                                        greeting.string("provider").orElse("?")));
    }
}
