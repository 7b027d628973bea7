package io.lynkr.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiException;
import io.lynkr.message.MessagesRequest;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class OpenAiRequestTest {

    static Stream<OpenAiGolden> requests() {
        return OpenAiGolden.all("R");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void saysARequestInOpenAisWords(OpenAiGolden golden) {
        var refused = golden.json().string("refused");
        if (refused.isPresent()) {
            assertThatThrownBy(golden::translate)
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining(refused.get());
            return;
        }

        var translation = golden.translate();
        var body = JsonObject.parse(translation.body());

        golden.json()
                .object("body")
                .orElse(JsonObject.EMPTY)
                .forEach((field, value) -> assertThat(body.get(field)).as(field).contains(value));
        golden.strings("absent").forEach(field -> assertThat(body.keys()).doesNotContain(field));
        assertThat(translation.edits()).containsAll(golden.strings("edits"));
        for (var never : golden.strings("never")) {
            assertThat(body.toString()).doesNotContain(never);
        }
    }

    @Test
    void answersARequestThatWantsNoAnswerByItself() {
        var request =
                MessagesRequest.parse(
                        "{\"model\":\"m\",\"max_tokens\":0,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(OpenAiDialect.needsNoCall(request)).isTrue();
        var answer = OpenAiDialect.emptyAnswer(request, _ -> 5);
        assertThat(answer.array("content")).contains(JsonArray.EMPTY);
        assertThat(answer.string("stop_reason")).contains("max_tokens");
        assertThat(answer.object("usage").orElseThrow().integer("input_tokens")).hasValue(5);
    }

    @Property(tries = 300)
    void neverSaysAnIllegalSequence(
            @ForAll("histories") List<JsonObject> history, @ForAll boolean strict) {
        var messages = new ArrayList<JsonValue>(history);
        messages.addFirst(JsonObject.of("role", "user").with("content", "begin"));
        var request =
                MessagesRequest.parse(
                        JsonObject.of("model", "m")
                                .with("max_tokens", 10)
                                .with("messages", JsonArray.copyOf(messages))
                                .toBytes());
        var profile = strict ? OpenAiProfile.conservative() : OpenAiProfile.openAi();

        var body = JsonObject.parse(OpenAiGolden.translate(request, profile, true).body());

        assertLegal(body.objects("messages"));
    }

    private static void assertLegal(List<JsonObject> messages) {
        var owed = new ArrayList<String>();
        Set<String> ids = new HashSet<>();
        var before = "";
        for (var message : messages) {
            var role = message.string("role").orElseThrow();
            if (role.equals("tool")) {
                assertThat(owed).isNotEmpty();
                assertThat(message.string("tool_call_id")).contains(owed.removeFirst());
                assertThat(message.string("content").orElseThrow()).isNotBlank();
            } else {
                assertThat(owed).isEmpty();
                assertThat(role.equals("user") && before.equals("user")).isFalse();
            }
            for (var call : message.objects("tool_calls")) {
                var id = call.string("id").orElseThrow();
                assertThat(ids.add(id)).as("once only: " + id).isTrue();
                owed.add(id);
            }
            before = role;
        }
        assertThat(owed).isEmpty();
        assertThat(messages.getFirst().string("role")).contains("user");
    }

    @Provide
    Arbitrary<List<JsonObject>> histories() {
        var id = Arbitraries.of("a", "b", "c", "toolu_1", "x".repeat(70), "");
        Arbitrary<JsonObject> text =
                Arbitraries.of("", " ", "hello", "x-anthropic-billing-header: x")
                        .map(s -> JsonObject.of("type", "text").with("text", s));
        Arbitrary<JsonObject> use =
                id.flatMap(
                        i ->
                                Arbitraries.of("tool_use", "server_tool_use", "mcp_tool_use")
                                        .map(
                                                t ->
                                                        JsonObject.of("type", t)
                                                                .with("id", i)
                                                                .with("name", "f")
                                                                .with("input", JsonObject.EMPTY)));
        Arbitrary<JsonObject> result =
                id.flatMap(
                        i ->
                                Arbitraries.of(
                                                "tool_result",
                                                "web_search_tool_result",
                                                "mcp_tool_result")
                                        .map(
                                                t ->
                                                        JsonObject.of("type", t)
                                                                .with("tool_use_id", i)
                                                                .with("content", "r")));
        Arbitrary<JsonObject> image =
                Arbitraries.just(
                        JsonObject.parse(
                                "{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AA\"}}]}"));
        Arbitrary<JsonObject> odd =
                Arbitraries.of("thinking", "redacted_thinking", "future")
                        .map(
                                t ->
                                        JsonObject.of("type", t)
                                                .with("thinking", "hm")
                                                .with("signature", "s"));
        var blocks = Arbitraries.oneOf(text, use, result, image, odd).list().ofMaxSize(5);
        var roles = Arbitraries.of("user", "assistant", "system");
        return roles.flatMap(
                        role ->
                                blocks.map(
                                        all ->
                                                JsonObject.of("role", role)
                                                        .with("content", JsonArray.copyOf(all))))
                .list()
                .ofMaxSize(7);
    }

    @Test
    void leavesTheClientsRequestAlone() {
        var golden = requests().filter(g -> g.id().equals("R43")).findFirst().orElseThrow();
        var request = golden.request();
        var before = request.json().toString();

        var translation = OpenAiGolden.translate(request, golden.profile(), true);

        assertThat(translation.body()).isNotEmpty();
        assertThat(request.json()).isEqualTo(JsonObject.parse(before));
        assertThat(request.bytes()).asString().isEqualTo(before);
    }

    @Test
    void keepsToolNamesApartThatDifferOnlyInTheirTails() {
        var golden = requests().filter(g -> g.id().equals("R38")).findFirst().orElseThrow();
        var tools = JsonObject.parse(golden.translate().body()).objects("tools");

        assertThat(
                        tools.stream()
                                .map(
                                        t ->
                                                t.object("function")
                                                        .orElseThrow()
                                                        .string("name")
                                                        .orElseThrow())
                                .distinct())
                .hasSize(2)
                .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(64));
    }
}
