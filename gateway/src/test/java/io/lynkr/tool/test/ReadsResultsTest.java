package io.lynkr.tool.test;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.tool.test.TestReport.Counts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.xml.stream.XMLStreamException;

/** Results as the usual runners write them. */
class ReadsResultsTest {
    private static final SourceFinder SOURCES =
            new SourceFinder(
                    Path.of("/w"),
                    List.of(
                            "src/test/java/a/FooTest.java",
                            "other/FooTest.java",
                            "tests/test_a.py",
                            "src/sum.test.js",
                            "calc/calc_test.go",
                            "src/lib.rs",
                            "test/a.spec.ts"));

    @Test
    void readsSurefiresReport() throws XMLStreamException {
        var cases =
                JUnitXml.read(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <testsuite name="a.FooTest" tests="4">
                          <testcase name="fine" classname="a.FooTest" time="0.01"/>
                          <testcase name="off" classname="a.FooTest"><skipped/></testcase>
                          <testcase name="wrong" classname="a.FooTest">
                            <failure message="expected: 1 &amp; more"><![CDATA[AssertionError: expected: 1
                        	at org.junit.Assert.fail(Assert.java:89)
                        	at a.FooTest$Inner.wrong(FooTest.java:12)
                        ]]></failure>
                          </testcase>
                          <testcase name="broken" classname="a.FooTest"><error>no trace</error></testcase>
                        </testsuite>
                        """
                                .getBytes(UTF_8),
                        SOURCES);

        var report = TestReport.of("junit", cases);
        assertThat(report.counts()).isEqualTo(new Counts(1, 2, 1));
        assertThat(failures(report))
                .containsExactly(
                        "a.FooTest.wrong src/test/java/a/FooTest.java:12", "a.FooTest.broken :0");
        assertThat(cases.get(2).message()).startsWith("expected: 1 & more");
    }

    @Test
    void readsPytestsReport() throws XMLStreamException {
        var cases =
                JUnitXml.read(
                        """
                        <testsuites><testsuite name="pytest">
                        <testcase classname="tests.test_a" name="test_x"><failure message="m">E   assert 1 == 2

                        tests/test_a.py:3: AssertionError</failure></testcase>
                        </testsuite></testsuites>
                        """
                                .getBytes(UTF_8),
                        SOURCES);

        assertThat(failures(TestReport.of("junit", cases)))
                .containsExactly("tests.test_a.test_x tests/test_a.py:3");
    }

    @Test
    void opensNothingThatAReportNames() {
        var hostile =
                """
                <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
                <testsuite><testcase name="x"><failure>&e;</failure></testcase></testsuite>
                """
                        .getBytes(UTF_8);

        try {
            assertThat(JUnitXml.read(hostile, SOURCES).toString()).doesNotContain("root:");
        } catch (XMLStreamException refused) {
            assertThat(refused).hasMessageNotContaining("root:");
        }
    }

    record Printed(String runner, String output, Counts counts, List<String> failures) {
        @Override
        public String toString() {
            return runner;
        }
    }

    static Stream<Printed> outputs() {
        return Stream.of(
                new Printed(
                        "tap",
                        """
                        TAP version 13
                        # Subtest: sum
                            # Subtest: adds
                            ok 1 - adds
                              ---
                              duration_ms: 0.5
                              ...
                            # Subtest: carries
                            not ok 2 - carries
                              ---
                              location: '/w/src/sum.test.js:9:3'
                              error: 'not equal'
                              ...
                            ok 3 - later # SKIP not yet
                            1..3
                        not ok 1 - sum
                        1..1
                        """,
                        new Counts(1, 1, 1),
                        List.of("sum > carries src/sum.test.js:9")),
                new Printed(
                        "go",
                        """
                        === RUN   TestAdd
                        --- PASS: TestAdd (0.00s)
                        --- FAIL: TestSub (0.00s)
                            calc_test.go:14: got 3, want 1
                        --- SKIP: TestMul (0.00s)
                        FAIL
                        """,
                        new Counts(1, 1, 1),
                        List.of("TestSub calc/calc_test.go:14")),
                new Printed(
                        "cargo",
                        """
                        test tests::adds ... ok
                        test tests::ignored ... ignored
                        test tests::subs ... FAILED

                        ---- tests::subs stdout ----
                        thread 'tests::subs' panicked at src/lib.rs:21:9:

                        test result: FAILED. 1 passed; 1 failed; 1 ignored
                        """,
                        new Counts(1, 1, 1),
                        List.of("tests::subs src/lib.rs:21")),
                new Printed(
                        "pytest",
                        """
                        tests/test_a.py .F.s                                     [100%]
                        =================== FAILURES ===================
                        ____________________ test_x ____________________
                        E       assert 1 == 2

                        tests/test_a.py:3: AssertionError
                        =========== short test summary info ============
                        FAILED tests/test_a.py::test_x - assert 1 == 2
                        ==== 1 failed, 12 passed, 1 skipped in 0.03s ====
                        """,
                        new Counts(12, 1, 1),
                        List.of("tests/test_a.py::test_x tests/test_a.py:3")),
                new Printed(
                        "unittest",
                        """
                        ======================================================
                        FAIL: test_x (tests.test_a.A.test_x)
                        ------------------------------------------------------
                        Traceback (most recent call last):
                          File "/w/tests/test_a.py", line 7, in test_x
                        AssertionError: 1 != 2
                        ------------------------------------------------------
                        Ran 3 tests in 0.000s

                        FAILED (failures=1, errors=1)
                        """,
                        new Counts(1, 2, 0),
                        List.of("test_x (tests.test_a.A.test_x) tests/test_a.py:7")),
                new Printed(
                        "jest",
                        """
                        FAIL src/sum.test.js
                          ● sum › carries

                            expect(received).toBe(expected)

                              at Object.toBe (src/sum.test.js:5:17)

                        Tests:       1 failed, 1 skipped, 2 passed, 4 total
                        """,
                        new Counts(2, 1, 1),
                        List.of("sum › carries src/sum.test.js:5")),
                new Printed(
                        "vitest",
                        """
                         FAIL  test/a.spec.ts > sum > carries
                        AssertionError: expected 1 to be 2
                         ❯ test/a.spec.ts:6:13

                         Test Files  1 failed (1)
                              Tests  1 failed | 2 passed (3)
                        """,
                        new Counts(2, 1, 0),
                        List.of("test/a.spec.ts > sum > carries test/a.spec.ts:6")),
                new Printed(
                        "maven",
                        """
                        java.lang.AssertionError: expected
                        	at a.FooTest.wrong(FooTest.java:12)
                        [ERROR] Failures:
                        [ERROR]   FooTest.wrong:12 expected: 1 but was: 2
                        [ERROR] Tests run: 5, Failures: 1, Errors: 1, Skipped: 1
                        """,
                        new Counts(2, 2, 1),
                        List.of("FooTest.wrong src/test/java/a/FooTest.java:12")));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void readsWhatRunnersPrint(Printed printed) {
        var report =
                Tap.read(printed.output, SOURCES)
                        .or(() -> RunnerOutput.read(printed.output, SOURCES))
                        .orElseThrow();

        assertThat(report.source()).isEqualTo(printed.runner);
        assertThat(report.counts()).isEqualTo(printed.counts);
        assertThat(failures(report)).containsExactlyElementsOf(printed.failures);
    }

    @Test
    void makesNothingUpOfOtherOutput() {
        var output = "Compiling…\nok then\nFAILED to think\n1 failed attempt, 2 passed by\n";

        assertThat(Tap.read(output, SOURCES)).isEmpty();
        assertThat(RunnerOutput.read(output, SOURCES)).isEmpty();
    }

    private static List<String> failures(TestReport report) {
        return report.cases().stream()
                .filter(CaseResult::failed)
                .map(it -> it.name() + " " + it.file() + ":" + it.line())
                .toList();
    }
}
