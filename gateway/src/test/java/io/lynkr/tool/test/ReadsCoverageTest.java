package io.lynkr.tool.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.tool.test.FileCoverage.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Set;

class ReadsCoverageTest {
    @Test
    void readsIstanbulsSummary() throws Exception {
        var file =
                only(
                        """
                        {"total": {"lines": {"total": 4, "covered": 3, "skipped": 0, "pct": 75}},
                         "/w/a.js": {"lines": {"total": 4, "covered": 3, "skipped": 0, "pct": 75},
                           "functions": {"total": 2, "covered": 1, "skipped": 0, "pct": 50}}}
                        """);

        assertThat(file.file()).isEqualTo("/w/a.js");
        assertThat(file.tallies())
                .containsEntry(Kind.LINES, new Tally(4, 3))
                .containsEntry(Kind.FUNCTIONS, new Tally(2, 1));
        assertThat(file.lines()).isEmpty();
    }

    @Test
    void readsIstanbulsFullReport() throws Exception {
        var file =
                only(
                        """
                        {"/w/a.js": {"path": "/w/a.js",
                          "statementMap": {"0": {"start": {"line": 1, "column": 0}},
                                           "1": {"start": {"line": 3, "column": 2}},
                                           "2": {"start": {"line": 3, "column": 10}}},
                          "s": {"0": 0, "1": 7, "2": 0}, "f": {"0": 1, "1": 0}, "b": {"0": [1, 0, 2]}}}
                        """);

        assertThat(file.lines()).isEqualTo(Map.of(1, false, 3, true));
        assertThat(file.tallies())
                .containsEntry(Kind.LINES, new Tally(2, 1))
                .containsEntry(Kind.STATEMENTS, new Tally(3, 1))
                .containsEntry(Kind.FUNCTIONS, new Tally(2, 1))
                .containsEntry(Kind.BRANCHES, new Tally(3, 2));
    }

    @Test
    void readsLcov() throws Exception {
        var files =
                read(
                        """
                        TN:
                        SF:src/a.c
                        FNF:1
                        FNH:1
                        DA:1,1
                        DA:2,0,checksum
                        BRF:2
                        BRH:1
                        end_of_record
                        SF:src/b.c
                        DA:5,3
                        end_of_record
                        """);

        assertThat(files).extracting(FileCoverage::file).containsExactly("src/a.c", "src/b.c");
        assertThat(files.getFirst().lines()).isEqualTo(Map.of(1, true, 2, false));
        assertThat(files.getFirst().tallies())
                .containsEntry(Kind.BRANCHES, new Tally(2, 1))
                .containsEntry(Kind.FUNCTIONS, new Tally(1, 1));
    }

    @Test
    void readsJacoco() throws Exception {
        var file =
                only(
                        """
                        <?xml version="1.0"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
                        <report name="x"><package name="a/b">
                        <class name="a/b/C"><counter type="METHOD" missed="7" covered="7"/></class>
                        <sourcefile name="C.java"><line nr="3" mi="0" ci="2" mb="0" cb="0"/>
                        <line nr="4" mi="2" ci="0" mb="1" cb="1"/>
                        <counter type="BRANCH" missed="1" covered="1"/>
                        <counter type="METHOD" missed="0" covered="1"/></sourcefile>
                        <counter type="METHOD" missed="5" covered="5"/></package></report>
                        """);

        assertThat(file.file()).isEqualTo("a/b/C.java");
        assertThat(file.lines()).isEqualTo(Map.of(3, true, 4, false));
        assertThat(file.tallies())
                .containsEntry(Kind.BRANCHES, new Tally(2, 1))
                .containsEntry(Kind.FUNCTIONS, new Tally(1, 1));
    }

    @Test
    void readsCobertura() throws Exception {
        var file =
                only(
                        """
                        <coverage line-rate="0.5"><packages><package name="p"><classes>
                        <class name="m" filename="p/m.py">
                        <methods><method name="f"><lines><line number="99" hits="0"/></lines></method></methods>
                        <lines><line number="1" hits="1"/>
                        <line number="2" hits="0" branch="true" condition-coverage="50% (1/2)"/></lines></class>
                        </classes></package></packages></coverage>
                        """);

        assertThat(file.file()).isEqualTo("p/m.py");
        assertThat(file.lines()).isEqualTo(Map.of(1, true, 2, false));
        assertThat(file.tallies()).containsEntry(Kind.BRANCHES, new Tally(2, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{",
                "{\"a\": 1}",
                "<html/>",
                "<coverage><packages>",
                "SF:a\nDA:x,1\n",
                "SF:a\nDA:1\n",
            })
    void saysWhatItCannotRead(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(CoverageFormats.Unreadable.class);
    }

    @Test
    void tellsWhichChangedLinesAreNotCovered() {
        var file = new FileCoverage.Builder();
        file.line(1, true);
        file.line(2, false);
        file.line(3, false);
        var coverage =
                new Coverage(List.of("lcov.info"), Map.of("a.c", file.build("a.c")), List.of());

        var changed =
                coverage.json(Map.of("a.c", Set.of(1, 3, 4), "unknown.c", Set.of(1)))
                        .object("changed_lines")
                        .orElseThrow();

        assertThat(changed.toString())
                .isEqualTo(
                        "{\"total\":2,\"covered\":1,\"pct\":50.00,"
                                + "\"uncovered\":[{\"file\":\"a.c\",\"lines\":[3]}]}");
    }

    private static FileCoverage only(String text) throws CoverageFormats.Unreadable {
        var files = read(text);
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    private static List<FileCoverage> read(String text) throws CoverageFormats.Unreadable {
        return CoverageFormats.read(text.getBytes(UTF_8));
    }
}
