package io.lynkr.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class SettingTest {
    private enum Mode {
        AUTO,
        OPENAI_CHAT
    }

    private static final Setting<Optional<String>> TEXT = Setting.text("X", "A text.");
    private static final Setting<String> TEXT_OR = Setting.text("X", "fine", "A text.");
    private static final Setting<Boolean> BOOL = Setting.bool("X", true, "A switch.");
    private static final Setting<Integer> PORT = Setting.integer("X", 8080, 0, 65535, "A port.");
    private static final Setting<Duration> MILLIS = Setting.millis("X", 1500, "A time.");
    private static final Setting<Duration> POSITIVE = Setting.millis("X", 1500, 1, "A time.");
    private static final Setting<Long> BYTES = Setting.bytes("X", "32mb", "A size.");
    private static final Setting<List<String>> LIST = Setting.list("X", "a,b", "A list.");
    private static final Setting<Optional<Secret>> SECRET = Setting.secret("X", "A key.");
    private static final Setting<Optional<URI>> URL = Setting.uri("X", "An address.");
    private static final Setting<Optional<Path>> PATH = Setting.path("X", "A path.");
    private static final Setting<Mode> CHOICE =
            Setting.choice("X", Mode.class, Mode.AUTO, "A mode.");

    static final List<Arguments> GOOD =
            List.of(
                    good(TEXT, "", Optional.empty()),
                    good(TEXT, "  ", Optional.empty()),
                    good(TEXT, " hello world ", Optional.of("hello world")),
                    good(TEXT_OR, "", "fine"),
                    good(TEXT_OR, "other", "other"),
                    good(BOOL, "", true),
                    good(BOOL, "false", false),
                    good(BOOL, "FALSE", false),
                    good(BOOL, "0", false),
                    good(BOOL, "1", true),
                    good(BOOL, "True", true),
                    good(PORT, "", 8080),
                    good(PORT, " 9000 ", 9000),
                    good(PORT, "0", 0),
                    good(PORT, "65535", 65535),
                    good(MILLIS, "", Duration.ofMillis(1500)),
                    good(MILLIS, "0", Duration.ZERO),
                    good(MILLIS, "60000", Duration.ofMinutes(1)),
                    good(POSITIVE, "1", Duration.ofMillis(1)),
                    good(BYTES, "", 32L << 20),
                    good(BYTES, "1", 1L),
                    good(BYTES, "10b", 10L),
                    good(BYTES, "64KB", 64L << 10),
                    good(BYTES, "5 mb", 5L << 20),
                    good(BYTES, "2Gb", 2L << 30),
                    good(LIST, "", List.of("a", "b")),
                    good(LIST, "x", List.of("x")),
                    good(LIST, " x ; y,,z, ", List.of("x", "y", "z")),
                    good(LIST, ",", List.of()),
                    good(SECRET, "", Optional.empty()),
                    good(SECRET, "s3cret", Optional.of(new Secret("s3cret"))),
                    good(URL, "", Optional.empty()),
                    good(
                            URL,
                            "https://a.example/b",
                            Optional.of(URI.create("https://a.example/b"))),
                    good(URL, "HTTP://[::1]:80", Optional.of(URI.create("HTTP://[::1]:80"))),
                    good(PATH, "", Optional.empty()),
                    good(PATH, "a/b", Optional.of(Path.of("a/b"))),
                    good(CHOICE, "", Mode.AUTO),
                    good(CHOICE, "openai-chat", Mode.OPENAI_CHAT),
                    good(CHOICE, "OpenAI-Chat", Mode.OPENAI_CHAT));

    static final List<Arguments> BAD =
            List.of(
                    bad(BOOL, "yes", "true or false", true),
                    bad(BOOL, "2", "true or false", true),
                    bad(PORT, "80a", "a whole number from 0 to 65535", 8080),
                    bad(PORT, "-1", "a whole number from 0 to 65535", 8080),
                    bad(PORT, "65536", "a whole number from 0 to 65535", 8080),
                    bad(PORT, "99999999999999999999", "a whole number from 0 to 65535", 8080),
                    bad(PORT, "8080.0", "a whole number from 0 to 65535", 8080),
                    bad(
                            MILLIS,
                            "1s",
                            "a whole number of milliseconds, 0 or more",
                            Duration.ofMillis(1500)),
                    bad(
                            POSITIVE,
                            "0",
                            "a whole number of milliseconds, 1 or more",
                            Duration.ofMillis(1500)),
                    bad(BYTES, "0", "a size such as 32mb", 32L << 20),
                    bad(BYTES, "-1mb", "a size such as 32mb", 32L << 20),
                    bad(BYTES, "mb", "a size such as 32mb", 32L << 20),
                    bad(BYTES, "1tb", "a size such as 32mb", 32L << 20),
                    bad(BYTES, "99999999999gb", "a size such as 32mb", 32L << 20),
                    bad(URL, "ftp://a.example", "an http or https address", Optional.empty()),
                    bad(URL, "a.example", "an http or https address", Optional.empty()),
                    bad(URL, "https://", "an http or https address", Optional.empty()),
                    bad(URL, "http://a b", "an http or https address", Optional.empty()),
                    bad(PATH, "a\0b", "a path", Optional.empty()),
                    bad(CHOICE, "openai", "one of auto, openai-chat", Mode.AUTO));

    @ParameterizedTest
    @FieldSource("GOOD")
    void reads(Setting<?> setting, String text, Object expected) {
        var settings = new Settings(Map.of("X", text));

        assertThat((Object) settings.get(setting)).isEqualTo(expected);
        assertThat(settings.problems()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("BAD")
    void refusesAndFallsBack(Setting<?> setting, String text, String expected, Object byDefault) {
        var settings = new Settings(Map.of("X", text));

        assertThat((Object) settings.get(setting)).isEqualTo(byDefault);
        assertThat(settings.problems())
                .containsExactly(
                        new ConfigProblem(
                                "X",
                                "'" + text + "' is not " + expected,
                                "Set it to " + expected + ", or remove it"));
    }

    private static Arguments good(Setting<?> setting, String text, Object expected) {
        return Arguments.of(setting, text, expected);
    }

    private static Arguments bad(
            Setting<?> setting, String text, String expected, Object byDefault) {
        return Arguments.of(setting, text, expected, byDefault);
    }
}
