package io.lynkr.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Whoever is woken by an alert finds its chapter. */
class RunbookTest {
    @Test
    void hasAChapterForEachAlertInTheirOrder() throws IOException {
        var alerts = found("deploy/monitoring/alerts.yml", "- alert: (\\w+)");

        var chapters = found("docs/runbook.md", "^## (\\w+)$");

        assertThat(alerts).isNotEmpty();
        assertThat(chapters).isEqualTo(alerts);
    }

    private static List<String> found(String file, String regex) throws IOException {
        return Pattern.compile(regex, Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..").resolve(file)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
