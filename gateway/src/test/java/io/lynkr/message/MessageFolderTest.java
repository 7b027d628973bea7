package io.lynkr.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFolderTest {
    private static final String START =
            """
            {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",
             "model":"m","content":[],"stop_reason":null,"stop_sequence":null,
             "usage":{"input_tokens":5,"output_tokens":1,"cache_read_input_tokens":7}}}
            """;
    private static final String END =
            """
            {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},
             "usage":{"output_tokens":9,"cache_read_input_tokens":null}}
            """;

    @Test
    void joinsTheDeltasOfEachBlock() {
        var message =
                fold(
                        START,
                        begin(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
                        delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}"),
                        delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"m\"}"),
                        delta(0, "{\"type\":\"signature_delta\",\"signature\":\"sig\"}"),
                        begin(1, "{\"type\":\"text\",\"text\":\"\"}"),
                        delta(1, "{\"type\":\"text_delta\",\"text\":\"Hel\\ud83d\"}"),
                        delta(1, "{\"type\":\"text_delta\",\"text\":\"\\ude00lo\"}"),
                        delta(
                                1,
                                "{\"type\":\"citations_delta\",\"citation\":{\"cited_text\":\"c\"}}"),
                        END);

        assertThat(message.objects("content"))
                .containsExactly(
                        JsonObject.parse(
                                "{\"type\":\"thinking\",\"thinking\":\"hmm\",\"signature\":\"sig\"}"),
                        JsonObject.parse(
                                "{\"type\":\"text\",\"text\":\"Hel😀lo\",\"citations\":[{\"cited_text\":\"c\"}]}"));
    }

    @Test
    void toolInputIsWhatTheFragmentsSpell() {
        var message =
                fold(
                        START,
                        begin(
                                0,
                                "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}"),
                        delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"\"}"),
                        delta(
                                0,
                                "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\\\"\\\\u00\"}"),
                        delta(
                                0,
                                "{\"type\":\"input_json_delta\",\"partial_json\":\"e9\\\",\\\"n\\\":1.0}\"}"),
                        END);

        assertThat(message.objects("content").getFirst().object("input"))
                .contains(JsonObject.parse("{\"a\":\"é\",\"n\":1.0}"));
    }

    @Test
    void closingEventReplacesWhatItKnowsBetter() {
        var message = fold(START, END);

        assertThat(message.string("stop_reason")).contains("end_turn");
        assertThat(message.object("usage"))
                .contains(
                        JsonObject.parse(
                                "{\"input_tokens\":5,\"output_tokens\":9,\"cache_read_input_tokens\":7}"));
        assertThat(message.array("content").orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void refusesBrokenToolInput() {
        var folder = new MessageFolder();
        for (var event :
                new String[] {
                    START,
                    begin(0, "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}"),
                    delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\"}"),
                    END
                }) {
            folder.add(event(event));
        }

        assertThatThrownBy(folder::message).isInstanceOf(JsonException.class);
    }

    @Test
    void leavesOutACallThatTheTokenLimitCut() {
        var message =
                fold(
                        START,
                        begin(
                                0,
                                "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}"),
                        delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\"}"),
                        END.replace("end_turn", "max_tokens"));

        assertThat(message.objects("content")).isEmpty();
    }

    @Test
    void errorEventEndsInTheError() {
        var folder = new MessageFolder();
        folder.add(event(START));
        folder.add(StreamEvent.error(ApiError.overloaded(529, "busy"), "req_1"));

        assertThatThrownBy(folder::message)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        failure ->
                                assertThat(failure.error())
                                        .isEqualTo(ApiError.overloaded(529, "busy")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"text\",\"text\":\"hi\",\"citations\":[{\"type\":\"x\"}]}",
                "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"only a signature\"}",
                "{\"type\":\"redacted_thinking\",\"data\":\"d\"}",
                "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"a\":[1,2.50,\"x\"]}}",
                "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}",
                "{\"type\":\"mcp_tool_use\",\"id\":\"m\",\"name\":\"f\",\"server_name\":\"s\",\"input\":{\"q\":1}}",
                "{\"type\":\"new_kind\",\"of\":{\"block\":true}}"
            })
    void isTheWayBackFromUnfolding(String block) {
        var message =
                JsonObject.parse(
                        "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":["
                                + block
                                + "],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                                + "\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}");

        assertThat(MessageFolder.fold(MessageEvents.unfold(message))).isEqualTo(message);
    }

    private static JsonObject fold(String... events) {
        var folder = new MessageFolder();
        for (var event : events) {
            folder.add(event(event));
        }
        return folder.message();
    }

    private static StreamEvent event(String data) {
        return StreamEvent.of(JsonObject.parse(data));
    }

    private static String begin(int index, String shell) {
        return "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}"
                .formatted(index, shell);
    }

    private static String delta(int index, String delta) {
        return "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":%s}"
                .formatted(index, delta);
    }
}
