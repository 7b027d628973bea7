package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.ClaudeCli;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Gate;
import io.lynkr.testing.NeedsRealClients;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The real Claude Code does not notice that the gateway is replaced while it works. */
@Timeout(180)
@NeedsRealClients
class ClaudeCodeOverARestartIT {
    private static final String PROMPT = "[[bash:echo ran-once >> runs]] [[text:all went well]]";

    private final FakeUpstream upstream = new FakeUpstream();
    private final TempWorkspace files = TempWorkspace.create();

    @AfterEach
    void stop() {
        upstream.close();
        files.close();
    }

    @Test
    void theAnswerUnderWayEndsAndTheNextRequestFindsTheNewGateway()
            throws InterruptedException, ExecutionException {
        var gate = new Gate();
        upstream.answerWith(request -> upstream.modelReply(request).holdBefore(2, gate));
        var old = gateway("PORT", "0");
        try (var claude = ClaudeCli.against(old.url(), files.path())) {
            claude.allow("Bash").env("CLAUDE_CODE_MAX_RETRIES", "10");
            var run = CompletableFuture.supplyAsync(() -> claude.ask(PROMPT));
            upstream.await(1, request -> request.bodyText().contains("ran-once"));

            var ending = old.endInBackground();
            gate.open();
            ending.join();
            try (var _ = gateway("PORT", Integer.toString(old.url().getPort()))) {
                assertThat(run.get().text()).startsWith("all went well");
            }
        }
        assertThat(files.read("runs")).isEqualTo("ran-once\n");
    }

    private TestGateway gateway(String name, String value) {
        return TestGateway.inFrontOf(
                upstream,
                name,
                value,
                "GRACEFUL_SHUTDOWN_TIMEOUT",
                "30000",
                "SHUTDOWN_DRAIN_DELAY_MS",
                "0");
    }
}
