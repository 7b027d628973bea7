package io.lynkr.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class DotEnvTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=b            | A | b",
                "A = b          | A | b",
                "  A=b c        | A | b c",
                "A=             | A | ``",
                "A=b # comment  | A | b",
                "A=\"b # c\"    | A | b # c",
                "A='b \"c\"'    | A | b \"c\"",
                "A=https://x.example/y?z=1 | A | https://x.example/y?z=1",
                "export A=b     | A | b",
                "\uFEFFA=b      | A | b",
            })
    void reads(String line, String name, String value) {
        var file = DotEnv.parse(List.of(line));

        assertThat(file.problems()).isEmpty();
        assertThat(file.values()).isEqualTo(Map.of(name, value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "just words",
                "=value",
                "A B=c",
                "A=\"never closed",
                "A='never closed",
            })
    void refusesAndSaysWhere(String line) {
        var file = DotEnv.parse(List.of("# first", "", line, "PORT=1"));

        assertThat(file.values()).isEqualTo(Map.of("PORT", "1"));
        assertThat(file.problems())
                .singleElement()
                .extracting(ConfigProblem::setting)
                .isEqualTo(".env line 3");
    }

    @Test
    void readsAQuotedValueOverSeveralLines() {
        var file = DotEnv.parse(List.of("KEY=\"one", "two # not a comment", "three\"", "A=b"));

        assertThat(file.problems()).isEmpty();
        assertThat(file.values())
                .isEqualTo(Map.of("KEY", "one\ntwo # not a comment\nthree", "A", "b"));
    }

    @Test
    void takesTheLastOfTwoLinesForOneName() {
        assertThat(DotEnv.parse(List.of("A=1", "A=2")).values()).isEqualTo(Map.of("A", "2"));
    }

    @Test
    void reportsAllMalformedLinesAtOnce() {
        var file = DotEnv.parse(List.of("one", "A=b", "two"));

        assertThat(file.problems())
                .extracting(ConfigProblem::setting)
                .containsExactly(".env line 1", ".env line 3");
    }

    @Test
    void findsTheFileInTheFolder() throws IOException {
        Files.writeString(folder.resolve(".env"), "A=b\r\nC=d\r\n");

        assertThat(DotEnv.in(folder).values()).isEqualTo(Map.of("A", "b", "C", "d"));
    }

    @Test
    void hasNothingToSayWhereThereIsNoFile() {
        assertThat(DotEnv.in(folder)).isEqualTo(DotEnv.NONE);
    }

    @Test
    void reportsAFileThatIsNotText() throws IOException {
        Files.write(folder.resolve(".env"), new byte[] {'A', '=', (byte) 0xFF});

        assertThat(DotEnv.in(folder).problems())
                .singleElement()
                .extracting(ConfigProblem::setting)
                .isEqualTo(".env");
    }
}
