package io.lynkr.app;

import io.lynkr.config.Secret;
import io.lynkr.config.Settings;
import io.lynkr.observability.LogFormat;
import io.lynkr.observability.Logs;
import io.lynkr.observability.Redactor;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The log of a process that serves; none of the settings' secrets can get into it. */
public final class ProcessLog implements AutoCloseable {
    private final Logs logs;

    private ProcessLog(Logs logs) {
        this.logs = logs;
    }

    /**
     * Sends all log lines there until it is closed.
     *
     * @param onTerminal whether a person reads there
     */
    public static ProcessLog start(Settings settings, OutputStream out, boolean onTerminal) {
        return new ProcessLog(
                Logs.start(
                        settings.get(LogSettings.LOG_LEVEL),
                        LogSettings.format(settings, onTerminal),
                        new Redactor(secrets(settings)),
                        out));
    }

    /** Whether the log is for machines, so that nothing else may be printed where it goes. */
    public static boolean isForMachines(Settings settings, boolean onTerminal) {
        return LogSettings.format(settings, onTerminal) == LogFormat.JSON;
    }

    /** The secrets of the settings, one by one. */
    static List<String> secrets(Settings settings) {
        var secrets = new ArrayList<String>();
        AllSettings.all()
                .filter(setting -> setting.secret())
                .forEach(
                        setting -> {
                            if (settings.get(setting) instanceof Optional<?> value
                                    && value.orElse(null) instanceof Secret secret) {
                                addParts(secret.reveal(), secrets);
                            }
                        });
        return secrets;
    }

    /** A setting may hold several, as {@code name:token,name:token}. */
    private static void addParts(String secret, List<String> secrets) {
        secrets.add(secret);
        for (var item : secret.split("[,;]", -1)) {
            secrets.add(item.substring(item.indexOf(':') + 1).strip());
        }
    }

    @Override
    public void close() {
        logs.close();
    }
}
