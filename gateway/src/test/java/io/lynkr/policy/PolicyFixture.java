package io.lynkr.policy;

import io.lynkr.config.Settings;
import io.lynkr.workspace.WorkspacePath;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An engine for a workspace that need not exist, with the settings that a test gives. */
final class PolicyFixture {
    static final Path ROOT = Path.of("/home/dev/project");

    private PolicyFixture() {}

    static PolicySettings settings(Map<String, String> environment) {
        var settings = new Settings(environment);
        var read = PolicySettings.from(settings, text -> Map.of());
        settings.check();
        return read;
    }

    static PolicyEngine engine(Map<String, String> environment) {
        return engine(environment, Facts.NONE);
    }

    static PolicyEngine engine(Map<String, String> environment, Facts facts) {
        return PolicyEngine.of(
                settings(environment),
                SandboxSettings.from(new Settings(environment)).permissions(),
                ROOT,
                facts);
    }

    static Decision run(PolicyEngine engine, String line) {
        return engine.decide("shell", List.of(new Action.RunCommand(line, WorkspacePath.ROOT)));
    }
}
