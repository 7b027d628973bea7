package io.lynkr.e2e;

import io.lynkr.testing.ClaudeCodeScenarios;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.TestGateway;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/** The scenarios of Claude Code with the gateway between client and model. */
abstract class ClaudeCodeThroughGateway extends ClaudeCodeScenarios {
    private @Nullable TestGateway gateway;

    /** Settings that point the gateway at the upstream: name, value, name, value … */
    protected abstract List<String> settings(FakeUpstream upstream);

    @Override
    protected URI open(FakeUpstream upstream) {
        var started = TestGateway.with(settings(upstream).toArray(String[]::new));
        gateway = started;
        return started.url();
    }

    @Override
    protected void shut() {
        if (gateway != null) {
            gateway.close();
        }
    }
}
