package io.lynkr.json;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.testing.RandomJson;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** Jackson is the second opinion: both take a text and find the same in it, or both refuse it. */
class JsonAgainstJacksonTest {
    private static final Pattern HALF = Pattern.compile("[\\x{D800}-\\x{DFFF}]");

    private static final JsonFactory JACKSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(JsonLimits.LENIENT.maxDepth())
                                    .maxNumberLength(JsonLimits.LENIENT.maxNumberLength())
                                    .build())
                    .build();

    @Property(tries = 10_000)
    void agreesOnDocumentsAndOnDamagedOnes(@ForAll long seed) {
        var random = new Random(seed);
        var bytes = new RandomJson(random, true).document().getBytes(UTF_8);
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes = damaged(bytes, random);
        }

        assertAgreement(bytes);
    }

    @Property(tries = 2_000)
    void writesWhatJacksonReads(@ForAll String text, @ForAll long number) {
        var made =
                JsonObject.of("text", text)
                        .with("pair", text + "\uD83D\uDE00" + text)
                        .with("half", JsonArray.of(JsonString.of("\uD83D" + text)))
                        .with("number", number);

        assertThat(jacksons(made.toBytes())).contains(plain(made));
        assertThat(JsonValue.parse(made.toBytes())).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\uFEFF1",
                "\uFEFF\uFEFF1",
                "1 2",
                "01",
                "-",
                "-0",
                "1.",
                ".5",
                "1e",
                "1e+",
                "1E-007",
                "1e99999999999",
                "nul",
                "nullx",
                "true false",
                "\"\\ud83d\\ude00\"",
                "\"\\ud83d\"",
                "\"\\ude00\\ud83d\"",
                "\"\\u00e9\\u00E9\"",
                "\"\\u12\"",
                "\"\\x\"",
                "\"\\",
                "\"\u007f\u0085\u2028\"",
                "\"a\tb\"",
                "[1,]",
                "[,1]",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"é\":1,\"\\u00e9\":2}",
                "{\"a\"}",
                "{a:1}",
                "[1]]",
                "// no\n1",
                "NaN",
                "\u00a01"
            })
    void agreesOnTheEdgesOfTheGrammar(String text) {
        assertAgreement(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 199, 200, 201, 999, 1_000, 1_001, 100_000})
    void agreesOnDeepNesting(int depth) {
        assertSameVerdict("[".repeat(depth) + "]".repeat(depth));
        assertSameVerdict("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
        assertSameVerdict("[".repeat(depth));
    }

    /** The values are not compared: that takes more stack than reading them. */
    private static void assertSameVerdict(String text) {
        assertThat(accepts(() -> JsonValue.parse(text.getBytes(UTF_8))))
                .isEqualTo(accepts(() -> skipAll(text)));
    }

    private static boolean accepts(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (JsonException | JacksonException refused) {
            return false;
        }
    }

    private static void skipAll(String text) {
        try (var parser = JACKSON.createParser(ObjectReadContext.empty(), text)) {
            while (parser.nextToken() != null) {
                assertThat(parser.currentTokenLocation()).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 18, 19, 20, 1_000, 9_999, 10_000, 10_001})
    void agreesOnLongNumbers(int digits) {
        assertAgreement("9".repeat(digits).getBytes(UTF_8));
    }

    private static void assertAgreement(byte[] bytes) {
        var theirs = jacksons(bytes);
        var found = ours(bytes, JsonLimits.LENIENT);
        if (theirs.isEmpty() && found.filter(JsonAgainstJacksonTest::hasHalfKey).isPresent()) {
            return; // Jackson takes half of a surrogate pair in a string, but not in a key
        }
        assertThat(found).isEqualTo(theirs);
        var unique = new JsonLimits(JsonLimits.LENIENT.maxDepth(), 10_000, true);
        assertThat(ours(bytes, unique)).isEqualTo(theirs.filter(value -> !hasTwins(value)));
    }

    private static Optional<Object> ours(byte[] bytes, JsonLimits limits) {
        try {
            return Optional.of(plain(JsonValue.parse(bytes, limits)));
        } catch (JsonException refused) {
            assertThat(refused.offset()).isBetween(0, bytes.length);
            return Optional.empty();
        }
    }

    /** A number in its spelling; all members of an object, also those that are named twice. */
    private record Digits(String text) {}

    private record Member(String key, Object value) {}

    private record Members(List<Member> all) {}

    private static Object plain(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                var members = new ArrayList<Member>();
                var last = new HashMap<String, String>();
                object.forEach(
                        (key, member) -> {
                            members.add(new Member(key, plain(member)));
                            last.put(key, member.toString());
                        });
                assertThat(object.size()).isEqualTo(members.size());
                last.forEach(
                        (key, text) ->
                                assertThat(object.get(key).map(JsonValue::toString))
                                        .hasValue(text));
                yield new Members(members);
            }
            case JsonArray array -> {
                var elements = new ArrayList<Object>();
                for (var element : array) {
                    elements.add(plain(element));
                }
                yield List.copyOf(elements);
            }
            case JsonString string -> {
                assertThat(string.isBlank()).isEqualTo(string.value().isBlank());
                yield string.value();
            }
            case JsonNumber number -> new Digits(number.text());
            case JsonBool bool -> bool.value();
            case JsonNull _ -> JsonNull.NULL;
        };
    }

    private static boolean hasTwins(Object found) {
        return switch (found) {
            case Members(var members) -> {
                Set<String> seen = new HashSet<>();
                for (var member : members) {
                    if (!seen.add(member.key) || hasTwins(member.value)) {
                        yield true;
                    }
                }
                yield false;
            }
            case List<?> elements -> {
                for (var element : elements) {
                    if (hasTwins(element)) {
                        yield true;
                    }
                }
                yield false;
            }
            default -> false;
        };
    }

    private static boolean hasHalfKey(Object found) {
        return switch (found) {
            case Members(var members) ->
                    members.stream()
                            .anyMatch(m -> HALF.matcher(m.key).find() || hasHalfKey(m.value));
            case List<?> elements -> elements.stream().anyMatch(JsonAgainstJacksonTest::hasHalfKey);
            default -> false;
        };
    }

    /** Decoded strictly first, as Jackson takes half characters and guesses at encodings. */
    private static Optional<Object> jacksons(byte[] bytes) {
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            text = text.startsWith("\uFEFF") ? text.substring(1) : text;
            try (var parser = JACKSON.createParser(ObjectReadContext.empty(), text)) {
                if (parser.nextToken() == null) {
                    return Optional.empty();
                }
                var value = value(parser);
                return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
            }
        } catch (CharacterCodingException | JacksonException refused) {
            return Optional.empty();
        }
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var members = new ArrayList<Member>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var key = parser.currentName();
                    parser.nextToken();
                    members.add(new Member(key, value(parser)));
                }
                yield new Members(members);
            }
            case START_ARRAY -> {
                var elements = new ArrayList<Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield List.copyOf(elements);
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new AssertionError(parser.currentToken());
        };
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(4)) {
            case 0 -> {
                bytes[at] = (byte) random.nextInt(256);
                yield bytes;
            }
            case 1 -> {
                var marks = "\"\\{}[]:,0e.-u \n\u0001";
                bytes[at] = (byte) marks.charAt(random.nextInt(marks.length()));
                yield bytes;
            }
            case 2 -> spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), at);
            default -> spliced(bytes, at, at, random.nextInt(bytes.length));
        };
    }

    /** Without what lies between two offsets, and with a few bytes from elsewhere instead. */
    private static byte[] spliced(byte[] bytes, int from, int to, int source) {
        int copied = from == to ? Math.min(8, bytes.length - source) : 0;
        var result = new byte[bytes.length - (to - from) + copied];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(bytes, source, result, from, copied);
        System.arraycopy(bytes, to, result, from + copied, bytes.length - to);
        return result;
    }
}
