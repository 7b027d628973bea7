package io.lynkr.tool.test;

import io.lynkr.workspace.WorkspaceException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.xml.stream.XMLStreamException;

/** Reads what a run left behind: results and coverage. */
record RunReader(WrittenFiles files, TestSettings settings) {

    /**
     * The results: from reports that were written since the run began, else from its output.
     *
     * @param notes takes what could not be read
     */
    Optional<TestReport> report(Instant begun, String output, List<String> notes) {
        var sources = files.sources();
        var cases = new ArrayList<CaseResult>();
        for (var file : files.matching(settings.reports())) {
            if (files.isNewerThan(file, begun)) {
                try {
                    cases.addAll(JUnitXml.read(files.read(file), sources));
                } catch (XMLStreamException | WorkspaceException unreadable) {
                    notes.add(file + " cannot be read: " + firstLine(unreadable));
                }
            }
        }
        if (!cases.isEmpty()) {
            return Optional.of(TestReport.of("junit", cases));
        }
        var plain = RunnerOutput.plain(output);
        return Tap.read(plain, sources).or(() -> RunnerOutput.read(plain, sources));
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** The coverage: of reports older than the run it is said that they are. */
    Coverage coverage(Instant begun) {
        var sources = new ArrayList<String>();
        var found = new LinkedHashMap<String, FileCoverage>();
        var notes = new ArrayList<String>();
        var finder = files.sources();
        for (var report : files.matching(settings.coverage())) {
            try {
                for (var file : CoverageFormats.read(files.read(report))) {
                    add(file.named(finder.find(file.file()).orElse(file.file())), found);
                }
                sources.add(report);
                if (!files.isNewerThan(report, begun)) {
                    notes.add(report + " was not written by this run, but earlier");
                }
            } catch (CoverageFormats.Unreadable | WorkspaceException unreadable) {
                notes.add(report + " cannot be read: " + firstLine(unreadable));
            }
        }
        if (sources.isEmpty()) {
            notes.add(
                    "there is no coverage report; WORKSPACE_TEST_COVERAGE_FILES tells where one is"
                            + " looked for: "
                            + String.join(", ", settings.coverage()));
        }
        return new Coverage(sources, found, notes);
    }

    private static void add(FileCoverage file, Map<String, FileCoverage> found) {
        found.merge(
                file.file(),
                file,
                (known, other) ->
                        known.lines().isEmpty() && !other.lines().isEmpty() ? other : known);
    }
}
