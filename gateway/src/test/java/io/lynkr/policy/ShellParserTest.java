package io.lynkr.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class ShellParserTest {
    /** A line and its commands; … is what is only known when it runs, * marks a pattern. */
    static final List<Arguments> LINES =
            List.of(
                    line("a b", "a|b"),
                    line("a 'b c' \"d $e\" f\\ g", "a|b c|d …|f g"),
                    line("a;b&&c||d|e&f", "a", "b", "c", "d", "e", "f"),
                    line("a $'x\\ty\\u0041\\x42\\103'", "a|x\tyABC"),
                    line("a $(b $(c)) `d \\`e\\``", "c", "b|…", "e", "d|…", "a|…|…"),
                    line("a \"$(b \"c d\")\"", "b|c d", "a|…"),
                    line("a *.x b[1] c? {d,e} {} f{", "a|*.x*|b[1]*|c?*|{d,e}*|{}|f{*"),
                    line("a ~ ~/b c~ d=~", "a|~…|~…/b|c~|d=~…"),
                    line("if a; then b; elif c; then d; else e; fi", "a", "b", "c", "d", "e"),
                    line("while a; do b; done", "a", "b"),
                    line("for x in a b; do c $x; done", ":|a|b", "c|…"),
                    line("for x; do c; done", "c"),
                    line("case $x in (a|b) c;; *) d;& e) f;; esac", "c", "d", "f"),
                    line("f() { a; }; g () (b); function h { c; }", "a", "b", "c"),
                    line("{ a; b; } > x", "a", "b", ""),
                    line("! a", "a"),
                    line("[[ a =~ ^(b|c)$ && -n $d ]]", "[[|a|=~|^(b|c)$|-n|…"),
                    line("((x = 1 + 2)); echo $((3*(4+5)))", "echo|…"),
                    line("a <(b) >(c)", "b", "c", "a|…|…"),
                    line("a #b\nc d#e", "a", "c|d#e"),
                    line("cat <<E x\n$(b)\nE\nc", "cat|x", "b", "c"),
                    line("cat <<'E'\n$(b)\nE", "cat"),
                    line("cat <<-E\n\ta\n\tE\nb", "cat", "b"),
                    line("A=1 B=$(c) d", "c", "d"),
                    line("a 2>&1 >b <c &>d 3<>e >|f", "a"),
                    line("a\\\n b", "a|b"),
                    line("time -p a", "a"),
                    line("a ${b} ${b:-c d} ${#e} ${f[@]} ${g%%.*}", "a|…|…|…|…|…"),
                    line("echo then if", "echo|then|if"),
                    line("\"if\" a", "if|a"),
                    line("a=(b 'c d') e", "e"),
                    line("", new String[0]),
                    line("# only", new String[0]));

    private static Arguments line(String line, String... commands) {
        return Arguments.of(line, List.of(commands));
    }

    @ParameterizedTest
    @FieldSource("LINES")
    void findsEveryCommand(String line, List<String> commands) throws ShellSyntaxException {
        assertThat(ShellParser.parse(line, true).stream().map(ShellParserTest::shown))
                .containsExactlyElementsOf(commands);
    }

    private static String shown(SimpleCommand command) {
        return String.join(
                "|",
                command.words().stream()
                        .map(
                                word ->
                                        word.certainty() == Word.Certainty.PATTERN
                                                ? word.text() + "*"
                                                : word.shown())
                        .toList());
    }

    @Test
    void keepsWhatAHereDocumentHolds() throws ShellSyntaxException {
        var command = ShellParser.parse("bash <<'E'\nrm x\nE\n", true).getFirst();

        assertThat(command.input().text()).isEqualTo(Word.literal("rm x\n"));
    }

    @Test
    void doesNotTakeBashsFormsForAnotherShells() {
        for (var line :
                List.of("[[ a || b ]]", "((a b))", "a $'b'", "a <(b)", "a <<< b", "a=(b)")) {
            assertThatThrownBy(() -> ShellParser.parse(line, false))
                    .as(line)
                    .isInstanceOf(ShellSyntaxException.class);
        }
    }

    @Test
    void endsWithDeepAndLongLines() {
        for (var part :
                List.of(
                        "(",
                        "$(",
                        "${a:-",
                        "\"$(",
                        "`",
                        "{ ",
                        "if ",
                        "f() ",
                        "! ",
                        "<(",
                        "$((",
                        "[[ ",
                        "a|",
                        "<<E ",
                        "case a in ",
                        "\\",
                        "'",
                        "$a",
                        "a=(",
                        "{a,")) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> parsed(part.repeat(ShellParser.LONGEST / part.length())),
                    part);
        }
    }

    @Property(tries = 3000)
    void neverBreaksOrHangs(@ForAll("shellish") String line) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> parsed(line), line);
    }

    /** The whole rule, not the parser only: it must come to a decision and not by breaking. */
    @Property(tries = 2000)
    void isAlwaysJudged(@ForAll("shellish") String line) {
        var engine = PolicyFixture.engine(Map.of());

        assertThat(PolicyFixture.run(engine, line).toString()).doesNotContain("policy_failed");
    }

    private static void parsed(String line) {
        try {
            assertThat(ShellParser.parse(line, true)).isNotNull();
        } catch (ShellSyntaxException denied) {
            assertThat(denied.getMessage()).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<String> shellish() {
        var fragment =
                Arbitraries.of(
                        "a",
                        "rm",
                        "git",
                        "push",
                        "-c",
                        "=",
                        "x=1",
                        " ",
                        " ",
                        " ",
                        "\n",
                        ";",
                        ";;",
                        "&",
                        "&&",
                        "|",
                        "||",
                        "(",
                        ")",
                        "((",
                        "))",
                        "{",
                        "}",
                        "[[",
                        "]]",
                        "[",
                        "]",
                        "'",
                        "\"",
                        "`",
                        "\\",
                        "$",
                        "$(",
                        "${",
                        "$((",
                        "$'",
                        "#",
                        "!",
                        "*",
                        "?",
                        "~",
                        "<",
                        ">",
                        "<<E\n",
                        "E\n",
                        "<<<",
                        ">&",
                        "2>",
                        "<(",
                        "if ",
                        "then ",
                        "fi",
                        "for ",
                        " in ",
                        "do ",
                        "done",
                        "case ",
                        "esac",
                        "function ",
                        "time ",
                        "bash -c ",
                        "env ",
                        "xargs ",
                        "find . -exec ",
                        "eval ",
                        "{a,b}",
                        "@",
                        ":-",
                        "é",
                        "\uFFFC",
                        "\t");
        return Arbitraries.oneOf(
                fragment.list().ofMaxSize(30).map(parts -> String.join("", parts)),
                Arbitraries.strings().ofMaxLength(60));
    }
}
