package io.lynkr.tool.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.tool.test.FileCoverage.Kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import javax.xml.stream.XMLStreamException;

/** Reads coverage reports; which format one has is seen from its content. */
final class CoverageFormats {
    private static final Pattern CONDITIONS = Pattern.compile("\\((\\d{1,9})/(\\d{1,9})\\)");

    private CoverageFormats() {}

    /** A report that is in none of the formats. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /**
     * Reads one report.
     *
     * @return its files, under the names that the report gives them
     */
    static List<FileCoverage> read(byte[] bytes) throws Unreadable {
        var text = new String(bytes, UTF_8).stripLeading();
        try {
            if (text.startsWith("{")) {
                return istanbul(JsonObject.parse(text));
            }
            if (text.startsWith("<") || text.startsWith("\uFEFF<")) {
                return xml(bytes);
            }
        } catch (JsonException | XMLStreamException broken) {
            throw new Unreadable("it is broken: " + broken.getMessage());
        }
        if (text.startsWith("TN:") || text.startsWith("SF:")) {
            return lcov(text);
        }
        throw new Unreadable("it is neither Istanbul, LCOV, JaCoCo nor Cobertura");
    }

    /** Both of its files: the summary, and the full one with a statement map. */
    private static List<FileCoverage> istanbul(JsonObject report) throws Unreadable {
        var files = new ArrayList<FileCoverage>();
        for (var name : report.keys()) {
            var entry = report.object(name).orElse(JsonObject.EMPTY);
            if (entry.has("statementMap")) {
                files.add(istanbulFull(name, entry));
            } else if (entry.has("lines") && !name.equals("total")) {
                files.add(istanbulSummary(name, entry));
            }
        }
        if (files.isEmpty() && !report.has("total")) {
            throw new Unreadable("it is JSON, but not Istanbul's");
        }
        return files;
    }

    private static FileCoverage istanbulSummary(String name, JsonObject entry) {
        var file = new FileCoverage.Builder();
        for (var kind : Kind.values()) {
            entry.object(kind.word())
                    .ifPresent(
                            counts ->
                                    file.add(
                                            kind,
                                            count(counts, "total"),
                                            count(counts, "covered")));
        }
        return file.build(name);
    }

    private static int count(JsonObject counts, String key) {
        return Math.clamp(counts.integer(key).orElse(0), 0, Integer.MAX_VALUE);
    }

    private static FileCoverage istanbulFull(String name, JsonObject entry) {
        var file = new FileCoverage.Builder();
        var statements = entry.object("statementMap").orElse(JsonObject.EMPTY);
        var hits = entry.object("s").orElse(JsonObject.EMPTY);
        for (var id : statements.keys()) {
            boolean run = hits.integer(id).orElse(0) > 0;
            file.add(Kind.STATEMENTS, 1, run ? 1 : 0);
            statements
                    .object(id)
                    .flatMap(it -> it.object("start"))
                    .ifPresent(start -> file.line(count(start, "line"), run));
        }
        entry.object("f")
                .ifPresent(
                        all ->
                                all.keys()
                                        .forEach(
                                                id ->
                                                        file.add(
                                                                Kind.FUNCTIONS,
                                                                1,
                                                                all.integer(id).orElse(0) > 0
                                                                        ? 1
                                                                        : 0)));
        entry.object("b").ifPresent(all -> all.keys().forEach(id -> branches(all, id, file)));
        return file.build(entry.string("path").orElse(name));
    }

    private static void branches(JsonObject all, String id, FileCoverage.Builder file) {
        var ways = all.array(id).orElse(JsonArray.EMPTY).values();
        int run = (int) ways.stream().filter(it -> !it.toString().equals("0")).count();
        file.add(Kind.BRANCHES, ways.size(), run);
    }

    private static List<FileCoverage> lcov(String text) throws Unreadable {
        var files = new ArrayList<FileCoverage>();
        var file = new FileCoverage.Builder();
        var name = "";
        try {
            for (var line : text.lines().toList()) {
                int colon = line.indexOf(':');
                var value = line.substring(colon + 1).split(",", -1);
                switch (colon < 0 ? line.strip() : line.substring(0, colon)) {
                    case "SF" -> name = line.substring(colon + 1).strip();
                    case "DA" -> file.line(Integer.parseInt(value[0]), isRun(value[1]));
                    case "FNF" -> file.add(Kind.FUNCTIONS, Integer.parseInt(value[0]), 0);
                    case "FNH" -> file.add(Kind.FUNCTIONS, 0, Integer.parseInt(value[0]));
                    case "BRF" -> file.add(Kind.BRANCHES, Integer.parseInt(value[0]), 0);
                    case "BRH" -> file.add(Kind.BRANCHES, 0, Integer.parseInt(value[0]));
                    case "end_of_record" -> {
                        files.add(file.build(name));
                        file = new FileCoverage.Builder();
                    }
                    default -> {}
                }
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException broken) {
            throw new Unreadable("it is broken LCOV: " + broken.getMessage());
        }
        return files;
    }

    private static boolean isRun(String hits) {
        return !hits.strip().matches("-?0+|-.*|");
    }

    private static List<FileCoverage> xml(byte[] bytes) throws XMLStreamException, Unreadable {
        var reader = new XmlReport();
        Xml.read(bytes, reader);
        if (!reader.known) {
            throw new Unreadable("it is XML, but neither JaCoCo's nor Cobertura's");
        }
        return reader.files.entrySet().stream()
                .map(entry -> entry.getValue().build(entry.getKey()))
                .toList();
    }

    /** JaCoCo: {@code report > package > sourcefile > line}; Cobertura: {@code class > line}. */
    private static final class XmlReport implements Xml.Reader {
        private final Map<String, FileCoverage.Builder> files = new LinkedHashMap<>();
        private boolean known;
        private boolean jacoco;
        private boolean inMethods;
        private String folder = "";
        private String file = "";

        @Override
        public void begins(String name, Xml.Element element) {
            switch (name) {
                case "report" -> {
                    jacoco = true;
                    known = true;
                }
                case "coverage" -> known = true;
                case "package" -> folder = jacoco ? element.text("name") : "";
                case "sourcefile" ->
                        file = (folder.isEmpty() ? "" : folder + "/") + element.text("name");
                case "class" -> file = jacoco ? "" : element.text("filename");
                case "methods" -> inMethods = true;
                case "line" -> line(element);
                case "counter" -> counter(element);
                default -> {}
            }
        }

        private void line(Xml.Element element) {
            if (jacoco) {
                at().line(element.number("nr"), element.number("ci") > 0);
            } else if (!inMethods) {
                at().line(element.number("number"), isRun(element.text("hits")));
                var conditions = CONDITIONS.matcher(element.text("condition-coverage"));
                if (conditions.find()) {
                    at().add(
                                    Kind.BRANCHES,
                                    Integer.parseInt(conditions.group(2)),
                                    Integer.parseInt(conditions.group(1)));
                }
            }
        }

        private void counter(Xml.Element element) {
            if (file.isEmpty()) {
                return;
            }
            int covered = element.number("covered");
            int total = element.number("missed") + covered;
            switch (element.text("type")) {
                case "BRANCH" -> at().add(Kind.BRANCHES, total, covered);
                case "METHOD" -> at().add(Kind.FUNCTIONS, total, covered);
                default -> {}
            }
        }

        private FileCoverage.Builder at() {
            return files.computeIfAbsent(file, _ -> new FileCoverage.Builder());
        }

        @Override
        public void ends(String name) {
            switch (name) {
                case "methods" -> inMethods = false;
                case "sourcefile" -> file = "";
                default -> {}
            }
        }
    }
}
