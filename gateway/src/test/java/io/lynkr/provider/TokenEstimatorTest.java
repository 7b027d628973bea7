package io.lynkr.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.Usage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class TokenEstimatorTest {
    private static final List<String> WORDS =
            List.of(
                    ("the gateway passes every event on as it came and never changes what the model"
                         + " said because clients read their answers byte for byte while"
                         + " configuration documents explain deadlines retries and budgets to"
                         + " whoever operates it in a small team of engineers")
                            .split(" ", -1));

    @ParameterizedTest
    @CsvSource({
        "claude-3-5-haiku-20241022, CLAUDE",
        "claude-sonnet-4-5, CLAUDE",
        "databricks-claude-opus-4-6, CLAUDE",
        "claude-opus-4-20250514, CLAUDE",
        "claude-haiku-4-5, CLAUDE",
        "claude-opus-4-7, NEW_CLAUDE",
        "anthropic/claude-opus-4.8, NEW_CLAUDE",
        "system.ai.claude-sonnet-5, NEW_CLAUDE",
        "claude-haiku-5-5-20261001, NEW_CLAUDE",
        "claude-fable-5-1, NEW_CLAUDE",
        "gpt-4o, GPT",
        "openai/gpt-5.1-codex, GPT",
        "o4-mini, GPT",
        "qwen2.5-coder:7b, OTHER",
        "llama-o1-style, OTHER"
    })
    void knowsWhichTokenizerAModelHas(String model, TokenizerFamily family) {
        assertThat(TokenizerFamily.of(model)).isEqualTo(family);
    }

    @Test
    void isNotFarOffBeforeItHasLearned() {
        var request = conversation("claude-sonnet-4-5", new Random(7), 30_000);

        var estimate = new TokenEstimator().estimate(request);

        assertThat(estimate).isCloseTo(trueTokens(request), withPercentage(25));
    }

    @Test
    void comesCloseOnceItHasSeenSomeUsage() {
        var estimator = new TokenEstimator();
        var random = new Random(11);
        for (int i = 0; i < 20; i++) {
            var seen = conversation("some-model", random, 2_000 + random.nextInt(60_000));
            estimator.learn(seen, new Usage(100, 0, trueTokens(seen) - 100, 5));
        }

        var request = conversation("some-model", random, 40_000);

        assertThat(estimator.estimate(request)).isCloseTo(trueTokens(request), withPercentage(5));
    }

    @Test
    void followsABackendThatCountsVeryDifferently() {
        var estimator = new TokenEstimator();
        var request = conversation("some-model", new Random(3), 20_000);
        long before = estimator.estimate(request);

        for (int i = 0; i < 30; i++) {
            estimator.learn(request, new Usage(before * 2, 0, 0, 1));
        }

        assertThat(estimator.estimate(request)).isCloseTo(before * 2, withPercentage(1));
        assertThat(estimator.estimate("some-model", 3_600)).isCloseTo(2_000, within(40L));
        assertThat(estimator.estimate("other-model", 3_600)).isEqualTo(1_000);
    }

    @Test
    void learnsNothingFromSmallOrImpossibleCounts() {
        var estimator = new TokenEstimator();
        var request = conversation("some-model", new Random(3), 20_000);
        long before = estimator.estimate(request);

        estimator.learn(request, new Usage(150, 0, 0, 1));
        estimator.learn(request, new Usage(before * 9, 0, 0, 1));
        estimator.learn(request, new Usage(before / 9, 0, 0, 1));

        assertThat(estimator.estimate(request)).isEqualTo(before);
    }

    @Test
    void countsImagesByTheirSizeAndNotByTheirBytes() {
        assertThat(imageTokens(png(750, 100))).isEqualTo(100);
        assertThat(imageTokens(gif(300, 250))).isEqualTo(100);
        assertThat(imageTokens(jpeg(200, 150))).isEqualTo(40);
        assertThat(imageTokens(webp(400, 150))).isEqualTo(80);
        assertThat(imageTokens(png(15_680, 100))).isEqualTo(21);
        assertThat(imageTokens(png(4_000, 4_000))).isEqualTo(1_600);
        assertThat(imageTokens(new byte[] {1, 2, 3})).isEqualTo(1_600);
    }

    @Test
    void countsWhatHasNoTextToo() {
        var bare = request("m", JsonObject.of("role", "user").with("content", "hello"));
        var full =
                MessagesRequest.parseForCounting(
                        JsonObject.parse(
                                        """
                                        {"model":"m","tools":[{"name":"a","input_schema":{"type":"object"}},
                                        {"type":"web_search_20250305","name":"web_search"}],"messages":[
                                        {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"a","input":{"x":[1,true,null]}},
                                        {"type":"thinking","thinking":"hm","signature":"AAAA"},{"type":"tomorrow","x":"y"}]},
                                        {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"z"}]},
                                        {"type":"document","source":{"type":"text","data":"words"}},
                                        {"type":"document","source":{"type":"base64","data":"JVBERi0="}}]}]}
                                        """)
                                .toBytes());

        var estimator = new TokenEstimator();

        assertThat(estimator.estimate(bare)).isBetween(4L, 12L);
        assertThat(estimator.estimate(full)).isBetween(2_650L, 2_800L);
    }

    private static long imageTokens(byte[] image) {
        var block =
                JsonObject.of("type", "image")
                        .with(
                                "source",
                                JsonObject.of("type", "base64")
                                        .with("data", Base64.getEncoder().encodeToString(image)));
        return MediaTokens.ofImage(block);
    }

    private static byte[] png(int width, int height) {
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13})
                .put(new byte[] {'I', 'H', 'D', 'R'})
                .putInt(width)
                .putInt(height)
                .array();
    }

    private static byte[] gif(int width, int height) {
        return new byte[] {
            'G',
            'I',
            'F',
            '8',
            '9',
            'a',
            (byte) width,
            (byte) (width >> 8),
            (byte) height,
            (byte) (height >> 8),
            0,
            0
        };
    }

    private static byte[] jpeg(int width, int height) {
        return ByteBuffer.allocate(40)
                .put(
                        new byte[] {
                            (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 6, 1, 2, 3, 4
                        })
                .put(new byte[] {(byte) 0xFF, (byte) 0xC2, 0, 17, 8})
                .putShort((short) height)
                .putShort((short) width)
                .array();
    }

    private static byte[] webp(int width, int height) {
        return ByteBuffer.allocate(33)
                .put("RIFF0000WEBPVP8X".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .put(new byte[8])
                .put(new byte[] {(byte) (width - 1), (byte) ((width - 1) >> 8), 0})
                .put(new byte[] {(byte) (height - 1), (byte) ((height - 1) >> 8), 0})
                .array();
    }

    /** A conversation of prose, code and tool schemas of about so many bytes. */
    private static MessagesRequest conversation(String model, Random random, int bytes) {
        var prose = JsonObject.of("role", "user").with("content", prose(random, bytes / 2));
        var code =
                JsonObject.of("role", "assistant")
                        .with(
                                "content",
                                JsonArray.of(
                                        JsonObject.of("type", "text")
                                                .with("text", code(random, bytes / 4))));
        return withTools(request(model, prose, code), random, bytes / 4);
    }

    private static MessagesRequest withTools(MessagesRequest request, Random random, int bytes) {
        var tools =
                IntStream.range(0, Math.max(1, bytes / 600))
                        .mapToObj(
                                i ->
                                        JsonObject.of("name", "tool_" + i)
                                                .with("description", prose(random, 400))
                                                .with("input_schema", schema(random)))
                        .toList();
        return request.withJson(request.json().with("tools", JsonArray.copyOf(tools)));
    }

    private static JsonObject schema(Random random) {
        var property = JsonObject.of("type", "string").with("description", prose(random, 80));
        return JsonObject.of("type", "object")
                .with("properties", JsonObject.EMPTY.with("path", property));
    }

    private static MessagesRequest request(String model, JsonValue... messages) {
        return MessagesRequest.parseForCounting(
                JsonObject.of("model", model).with("messages", JsonArray.of(messages)).toBytes());
    }

    private static String prose(Random random, int bytes) {
        var text = new StringBuilder();
        while (text.length() < bytes) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return text.toString();
    }

    private static String code(Random random, int bytes) {
        var text = new StringBuilder();
        while (text.length() < bytes) {
            var name = WORDS.get(random.nextInt(WORDS.size()));
            text.append("    var ").append(name).append(" = ").append(name).append("(42);\n");
        }
        return text.toString();
    }

    /** Cuts as byte-pair tokenizers first do: words, short numbers, runs of signs and of blanks. */
    private static final Pattern PIECE =
            Pattern.compile(" ?\\p{L}{1,7}|\\d{1,3}|[^\\s\\p{L}\\d]{1,3}|\\s+");

    private static long trueTokens(MessagesRequest request) {
        long texts =
                request.messages().stream()
                        .map(message -> message.get("content").orElseThrow())
                        .map(TokenEstimatorTest::text)
                        .mapToLong(TokenEstimatorTest::pieces)
                        .sum();
        return 346 + texts + pieces(request.json().get("tools").orElseThrow().toString());
    }

    private static String text(JsonValue content) {
        return content instanceof JsonString string
                ? string.value()
                : content.asArray().orElseThrow().objects().stream()
                        .map(block -> block.string("text").orElse(""))
                        .collect(Collectors.joining());
    }

    private static long pieces(String text) {
        return PIECE.matcher(text).results().count();
    }
}
