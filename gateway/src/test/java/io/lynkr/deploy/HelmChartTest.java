package io.lynkr.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.marcnuri.helm.Helm;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The chart, rendered by Helm itself. */
class HelmChartTest {
    private static final Path CHART = Path.of("..", "deploy", "helm", "lynkr");
    private static final Pattern KIND = Pattern.compile("^kind: (\\w+)$", Pattern.MULTILINE);

    private final Helm helm = new Helm(CHART);

    @Test
    void helmFindsNothingWrong() {
        var result = helm.lint().strict().call();

        if (result.isFailed()) {
            fail(String.join("\n", result.getMessages()));
        }
    }

    @Test
    void byItselfItNeedsNothingThatAClusterMayLack() {
        var text = helm.template().withName("gate").call();

        assertThat(kinds(text))
                .containsExactlyInAnyOrder(
                        "NetworkPolicy", "PodDisruptionBudget", "Service", "Deployment");
    }

    @Test
    void allOfItRenders() {
        var text =
                helm.template()
                        .withName("gate")
                        .set("autoscaling.enabled", "true")
                        .set("serviceMonitor.enabled", "true")
                        .set("serviceMonitor.tokenSecret.name", "metrics-token")
                        .set("secretRefs[0]", "lynkr-keys")
                        .call();

        assertThat(kinds(text)).contains("HorizontalPodAutoscaler", "ServiceMonitor");
        assertThat(text)
                .contains("name: lynkr_requests_in_flight")
                .contains("secretRef: {name: \"lynkr-keys\"}")
                .doesNotContain("replicas: 2\n  strategy");
    }

    @Test
    void aPodOutlivesWhatItsGatewayIsTold() {
        var text =
                helm.template()
                        .withName("gate")
                        .set("shutdown.drainDelaySeconds", "7")
                        .set("shutdown.timeoutSeconds", "60")
                        .call();

        assertThat(text)
                .contains("terminationGracePeriodSeconds: 82")
                .contains("{name: SHUTDOWN_DRAIN_DELAY_MS, value: \"7000\"}")
                .contains("{name: GRACEFUL_SHUTDOWN_TIMEOUT, value: \"60000\"}");
    }

    private static List<String> kinds(String text) {
        return KIND.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
    }
}
