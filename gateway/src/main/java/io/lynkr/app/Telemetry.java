package io.lynkr.app;

import io.lynkr.config.ConfigException;
import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.observability.OpenTelemetryTurns;
import io.lynkr.observability.TurnTracer;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether OpenTelemetry collects, by its own standard variables.
 *
 * @param variables all that begin with {@code OTEL_}
 */
record Telemetry(Map<String, String> variables) {
    private static final String PREFIX = "OTEL_";

    public static final Setting<Optional<String>> ENDPOINT =
            Setting.text(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "Where OpenTelemetry's traces and metrics are sent (http/protobuf), such as"
                            + " http://localhost:4318; none are made without it. The other"
                            + " standard OTEL_* variables work, too.");

    private static final Setting<Optional<String>> PROTOCOL =
            Setting.text("OTEL_EXPORTER_OTLP_PROTOCOL", "");

    Telemetry {
        variables = Map.copyOf(variables);
    }

    /** Reads and checks; problems are left in the settings. */
    static Telemetry from(Settings settings) {
        var variables = new HashMap<String, String>();
        for (var name : settings.names()) {
            if (name.startsWith(PREFIX)) {
                settings.get(Setting.text(name, "")).ifPresent(value -> variables.put(name, value));
            }
        }
        settings.get(PROTOCOL)
                .filter(protocol -> !protocol.equals("http/protobuf"))
                .ifPresent(
                        protocol ->
                                settings.problem(
                                        PROTOCOL,
                                        "'" + protocol + "' is not spoken here",
                                        "Set it to http/protobuf, which every collector takes"
                                                + " (port 4318)"));
        return new Telemetry(variables);
    }

    /**
     * Begins to collect if anything asks for it.
     *
     * @throws ConfigException if OpenTelemetry cannot make sense of its variables
     */
    TurnTracer start() {
        if (!OpenTelemetryTurns.isAskedFor(variables)) {
            return TurnTracer.NONE;
        }
        try {
            return OpenTelemetryTurns.start(variables, Gateway.version(), Clock.systemUTC());
        } catch (IllegalArgumentException wrong) {
            throw new ConfigException(
                    List.of(
                            new ConfigProblem(
                                    "OTEL_*",
                                    String.valueOf(wrong.getMessage()),
                                    "See the variables of OpenTelemetry's Java SDK")));
        }
    }
}
