package io.lynkr.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, b, false",
        "a, ab, false",
        "*, '', true",
        "*, abc, true",
        "*, a/b, false",
        "**, a/b/c, true",
        "*.java, A.java, true",
        "*.java, src/A.java, false",
        "**/*.java, src/x/A.java, true",
        "**/*.java, A.java, true",
        "**/a, xa, false",
        "src/**, src/a/b, true",
        "src/**, src, false",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/**/b, a/xb, false",
        "?, a, true",
        "?, /, false",
        "[a-c]x, bx, true",
        "[!a-c]x, bx, false",
        "[^a-c]x, dx, true",
        "[]]x, ]x, true",
        "[!]]x, ]x, false",
        "[a, [a, true",
        "[a/]b, /b, false",
        "\\*, *, true",
        "\\*, a, false",
        "\\, \\, true",
    })
    void matchesAsGitDoes(String pattern, String text, boolean expected) {
        assertThat(Glob.matches(pattern, text)).isEqualTo(expected);
    }

    @Test
    void takesNoLongTimeForNastyPatterns() {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(Glob.matches("*a".repeat(400) + "b", "a".repeat(4000))).isFalse());
    }
}
