package io.lynkr.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Dashboard and alert rules name metrics and labels that exist. */
class DashboardTest {
    private static final Path FOLDER = Path.of("..", "deploy", "monitoring");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    /** What looks like one of ours, with its selector if it has one. */
    private static final Pattern METRIC =
            Pattern.compile(
                    "\\b((?:http|lynkr|gen_ai|jvm|process)_\\w+?(?:_bucket)?)\\b(?:\\{([^}]*)})?");

    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\\\\?\"");

    /** Labels that Prometheus adds. */
    private static final Set<String> ADDED = Set.of("instance", "job");

    private static final Map<String, Set<String>> SERIES = series();

    private static Map<String, Set<String>> series() {
        var text = new String(PrometheusText.of(MetricsInUse.everyOneOnce(), "").text(), UTF_8);
        var series = new TreeMap<String, Set<String>>();
        text.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(
                        line -> {
                            var name = line.split("[{ ]", 2)[0];
                            var labels = series.computeIfAbsent(name, _ -> new TreeSet<>());
                            Pattern.compile("(\\w+)=\"")
                                    .matcher(line)
                                    .results()
                                    .forEach(label -> labels.add(label.group(1)));
                        });
        return series;
    }

    @ParameterizedTest
    @ValueSource(strings = {"grafana-dashboard.json", "alerts.yml"})
    void namesOnlyMetricsThatExist(String file) throws IOException {
        var named = metrics(file).map(Named::metric).collect(toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(8);
        assertThat(SERIES.keySet()).containsAll(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grafana-dashboard.json", "alerts.yml"})
    void selectsOnlyByLabelsThatExist(String file) throws IOException {
        assertThat(metrics(file))
                .allSatisfy(
                        named ->
                                assertThat(SERIES.get(named.metric()))
                                        .as(named.metric())
                                        .containsAll(named.labels()));
    }

    @Test
    void theDashboardIsJsonWithATargetInEveryPanel() throws IOException {
        var dashboard = JsonMapper.shared().readTree(read("grafana-dashboard.json"));

        assertThat(dashboard.get("title").asString()).isEqualTo("Lynkr");
        assertThat(dashboard.get("panels"))
                .hasSizeGreaterThan(10)
                .allSatisfy(panel -> assertThat(panel.get("targets")).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"check rules alerts.yml", "check config prometheus.yml"})
    void promtoolAccepts(String command) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PROMTOOL), "Debian's package prometheus has promtool");
        var words = (PROMTOOL + " " + command).split(" ", -1);

        var process =
                new ProcessBuilder(words)
                        .directory(FOLDER.toFile())
                        .redirectErrorStream(true)
                        .start();

        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** A metric in an expression, and the labels it is selected by. */
    private record Named(String metric, Set<String> labels) {}

    private static Stream<Named> metrics(String file) throws IOException {
        return expressions(file)
                .flatMap(expression -> METRIC.matcher(expression).results())
                .filter(found -> !isLabel(found.group(1)))
                .map(
                        found ->
                                new Named(
                                        found.group(1),
                                        found.group(2) == null
                                                ? Set.of()
                                                : labels(found.group(2))));
    }

    private static Set<String> labels(String selector) {
        return LABEL.matcher(selector)
                .results()
                .map(label -> label.group(1))
                .filter(label -> !ADDED.contains(label))
                .collect(toCollection(TreeSet::new));
    }

    private static boolean isLabel(String name) {
        return SERIES.values().stream().anyMatch(labels -> labels.contains(name));
    }

    /** Those of a dashboard as they stand; of rules the whole file, which speaks of metrics too. */
    private static Stream<String> expressions(String file) throws IOException {
        if (!file.endsWith(".json")) {
            return read(file).lines().filter(line -> !line.startsWith("#"));
        }
        return JsonMapper.shared().readTree(read(file)).findValuesAsString("expr").stream();
    }

    private static String read(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }
}
