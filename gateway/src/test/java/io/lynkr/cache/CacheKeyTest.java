package io.lynkr.cache;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.testing.RandomJson;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.Random;

class CacheKeyTest {
    private static final String BODY =
            """
            {"model":"claude-x","max_tokens":100,"temperature":0.5,"top_p":0.9,"top_k":3,
             "stop_sequences":["END"],"thinking":{"type":"enabled","budget_tokens":2000},
             "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2.1; cch=00a1;"},
                       {"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],
             "tools":[{"name":"Read","description":"Reads","input_schema":{"type":"object"}}],
             "tool_choice":{"type":"auto"},
             "messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}],
             "metadata":{"user_id":"session-1"},"stream":true,"session_id":"s1"}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"stream\":true|\"stream\":false",
                ",\"stream\":true|",
                "session-1|session-2",
                "\"metadata\":{\"user_id\":\"session-1\"},|",
                "cch=00a1|cch=77b2",
                "\"s1\"|\"s2\""
            })
    void doesNotHeedWhatNoModelSees(String change) {
        assertThat(key(changed(change))).isEqualTo(key(BODY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-x|claude-y",
                "100|101",
                "0.5|0.6",
                "0.9|0.8",
                "\"top_k\":3|\"top_k\":4",
                "END|FIN",
                "2000|2001",
                "Be brief.|Be long.",
                "ephemeral\"|ephemeral\",\"ttl\":\"1h\"",
                "Reads|Writes",
                "auto|none",
                "\"hi\"|\"ho\"",
                "\"role\":\"user\"|\"role\":\"assistant\"",
                "\"max_tokens\"|\"unheard_of\":1,\"max_tokens\""
            })
    void heedsWhatCanChangeAnAnswer(String change) {
        assertThat(key(changed(change))).isPresent().isNotEqualTo(key(BODY));
    }

    @Test
    void heedsTenantProviderAndHeaders() {
        var request = MessagesRequest.parse(BODY.getBytes(UTF_8));

        assertThat(
                        new Object[] {
                            CacheKey.of("a", "p", request, Headers.NONE),
                            CacheKey.of("b", "p", request, Headers.NONE),
                            CacheKey.of("a", "q", request, Headers.NONE),
                            CacheKey.of("ap", "", request, Headers.NONE),
                            CacheKey.of("a", "p", request, Headers.of("Anthropic-Beta", "x")),
                            CacheKey.of("a", "p", request, Headers.of("anthropic-version", "x"))
                        })
                .doesNotHaveDuplicates();
        assertThat(CacheKey.of("a", "p", request, Headers.of("x-stainless-os", "Linux")))
                .isEqualTo(CacheKey.of("a", "p", request, Headers.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"auto\"}|{\"type\":\"any\"}",
                "{\"type\":\"auto\"}|{\"type\":\"tool\",\"name\":\"Read\"}",
                "{\"name\":\"Read\",|{\"type\":\"web_search_20250305\",\"name\":\"Read\",",
                "{\"type\":\"text\",\"text\":\"hi\"}|{\"type\":\"tool_result\",\"tool_use_id\":\"t\"}"
            })
    void isNoneWhereToolsDecide(String change) {
        assertThat(key(changed(change))).isEmpty();
    }

    /** Whatever is put or changed anywhere that is heeded, it is another question. */
    @Property(tries = 500)
    void anyOtherFieldMakesAnotherKey(@ForAll long seed) {
        var random = new Random(seed);
        var name = "f" + random.nextInt(1000);
        var texts = new RandomJson(random, false);
        var one = JsonValue.parse(texts.value());
        var other = JsonValue.parse(texts.value());
        var body = JsonObject.parse(BODY);
        var with = body.with(name, one);
        var inMessage =
                body.with(
                        "messages",
                        JsonArray.of(body.objects("messages").getFirst().with(name, one)));

        assertThat(key(with.toString())).isNotEqualTo(key(body.toString()));
        assertThat(key(inMessage.toString())).isNotEqualTo(key(body.toString()));
        assertThat(key(inMessage.toString())).isNotEqualTo(key(with.toString()));
        if (!one.toString().equals(other.toString())) {
            assertThat(key(body.with(name, other).toString())).isNotEqualTo(key(with.toString()));
        }
    }

    private static String changed(String change) {
        var parts = change.split("\\|", -1);
        assertThat(BODY).contains(parts[0]);
        return BODY.replace(parts[0], parts[1]);
    }

    private static Optional<CacheKey> key(String body) {
        return CacheKey.of(
                "me", "anthropic", MessagesRequest.parse(body.getBytes(UTF_8)), Headers.NONE);
    }
}
