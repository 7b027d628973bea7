package io.lynkr.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;
import io.lynkr.message.MessageFolder;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class OllamaDialectTest {

    static Stream<OllamaGolden> requests() {
        return OllamaGolden.all("R");
    }

    static Stream<OllamaGolden> streams() {
        return OllamaGolden.all("S");
    }

    static Stream<OllamaGolden> twins() {
        return streams().filter(golden -> golden.json().has("whole"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void saysARequestInOllamasWords(OllamaGolden golden) {
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

    @ParameterizedTest
    @MethodSource("streams")
    void tellsAStreamInTheMessagesApisEventsHoweverItIsCut(OllamaGolden golden) {
        var bytes = golden.upstream();
        var everywhere = IntStream.range(1, bytes.length).boxed().toList();

        assertThat(OpenAiGolden.told(golden.translate(), bytes, List.of()))
                .isEqualTo(golden.strings("events"));
        assertThat(OpenAiGolden.told(golden.translate(), bytes, everywhere))
                .isEqualTo(golden.strings("events"));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void tellsAWholeAnswerAsTheStreamWouldBeFolded(OllamaGolden golden) throws Exception {
        var body = golden.json().object("whole").orElseThrow().toBytes();
        var events = new ArrayList<StreamEvent>();
        var bytes = golden.upstream();
        var stream = golden.translate().stream();
        stream.feed(bytes, 0, bytes.length, event -> events.add(event.copy()));
        stream.end(event -> events.add(event.copy()));

        var message = JsonObject.parse(golden.translate().whole(body));

        assertThat(message).isEqualTo(MessageFolder.fold(events));
    }

    @Test
    void refusesArgumentsThatAreNoObject() {
        var body =
                """
                {"model":"qwen3","message":{"role":"assistant","content":"",
                "tool_calls":[{"function":{"name":"f","arguments":[1]}}]},
                "done":true,"done_reason":"stop"}
                """;
        var translation = OllamaGolden.all("R01").findFirst().orElseThrow().translate();

        var failure =
                catchThrowableOfType(
                        ProviderException.class, () -> translation.whole(body.getBytes(UTF_8)));

        assertThat(failure.getMessage()).contains("arguments");
    }

    @Test
    void refusesAnAnswerThatIsNotDone() {
        var translation = OllamaGolden.all("R01").findFirst().orElseThrow().translate();

        for (var body :
                List.of("", "{}", "[]", "{\"message\":{\"content\":\"x\"},\"done\":false}")) {
            assertThatThrownBy(() -> translation.whole(body.getBytes(UTF_8)))
                    .isInstanceOf(ProviderException.class);
        }
    }

    @Test
    void saysHowToGetAModelThatIsMissing() {
        var translation = OllamaGolden.all("R01").findFirst().orElseThrow().translate();

        var error =
                translation.error(
                        404,
                        Headers.NONE,
                        "{\"error\":\"model 'qwen3' not found\"}".getBytes(UTF_8));

        assertThat(error.type()).isEqualTo("not_found_error");
        assertThat(error.message()).contains("not found").contains("ollama pull qwen3");
    }
}
