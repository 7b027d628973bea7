package io.lynkr.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.MessagesRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

class ShownTurnsTest {
    private static final Set<String> OURS = Set.of("workspace_list", "shell");

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    /** A client that sends back what it was shown gives the upstream what the upstream saw. */
    @ParameterizedTest
    @MethodSource("seeds")
    void splitsShownTurnsIntoTheVeryStepsThatTheUpstreamSaw(long seed) {
        var conversation = new Conversation(new Random(seed));
        conversation.talk();

        assertThat(ShownTurns.split(conversation.client)).isEqualTo(conversation.upstream);
    }

    @Test
    void leavesARequestAloneThatShowsNothing() {
        var request = request("{\"role\":\"user\",\"content\":\"what is mcptoolu_lynkr_0_0_x?\"}");

        assertThat(ShownTurns.splitIn(request)).isSameAs(request);
    }

    @Test
    void leavesCallsOfOtherServersAlone() {
        var request =
                request(
                        "{\"role\":\"assistant\",\"content\":[{\"type\":\"mcp_tool_use\",\"id\":\"mcptoolu_01A\",\"name\":\"x\",\"server_name\":\"other\",\"input\":{}}]}");

        assertThat(ShownTurns.splitIn(request)).isSameAs(request);
    }

    @Test
    void saysSoIfACallWasCutOffBeforeItsResult() {
        var messages =
                ShownTurns.split(
                        objects(
                                "[{\"role\":\"user\",\"content\":\"go\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"mcp_tool_use\",\"id\":\"mcptoolu_lynkr_0_0_t1\",\"name\":\"shell\",\"server_name\":\"lynkr\",\"input\":{}}]},{\"role\":\"user\",\"content\":\"and?\"}]"));

        assertThat(messages).hasSize(3);
        var content = messages.getLast().objects("content");
        assertThat(content.getFirst().string("tool_use_id")).hasValue("t1");
        assertThat(content.getFirst().isTrue("is_error")).isTrue();
        assertThat(content.getLast().string("text")).hasValue("and?");
    }

    @Test
    void keepsCacheMarksOfShownBlocks() {
        var messages =
                ShownTurns.split(
                        objects(
                                "[{\"role\":\"assistant\",\"content\":[{\"type\":\"mcp_tool_use\",\"id\":\"mcptoolu_lynkr_0_0_t1\",\"name\":\"shell\",\"server_name\":\"lynkr\",\"input\":{}},{\"type\":\"mcp_tool_result\",\"tool_use_id\":\"mcptoolu_lynkr_0_0_t1\",\"is_error\":false,\"content\":[],\"cache_control\":{\"type\":\"ephemeral\"}}]}]"));

        assertThat(messages.getLast().objects("content").getFirst().toString())
                .isEqualTo(
                        "{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":[],\"cache_control\":{\"type\":\"ephemeral\"}}");
    }

    private static MessagesRequest request(String message) {
        return MessagesRequest.parse(
                ("{\"model\":\"m\",\"max_tokens\":1,\"messages\":[" + message + "]}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static List<JsonObject> objects(String json) {
        return JsonValue.parse(json.getBytes(StandardCharsets.UTF_8)) instanceof JsonArray array
                ? array.objects()
                : List.of();
    }

    /** Random turns, as the upstream and as the client see them. */
    private static final class Conversation {
        final List<JsonObject> upstream = new ArrayList<>();
        final List<JsonObject> client = new ArrayList<>();
        private final Random random;
        private int ids;

        Conversation(Random random) {
            this.random = random;
        }

        void talk() {
            both(user(text("go")));
            for (int turn = 0; turn < 3; turn++) {
                turn();
            }
        }

        private void turn() {
            var shown = new ArrayList<JsonObject>();
            while (true) {
                var step = new Step(message(), 0, false, OURS);
                upstream.add(assistant(step.content()));
                if (step.calls().isEmpty()) {
                    shown.addAll(step.content());
                    client.add(assistant(shown));
                    both(user(answers(step)));
                    return;
                }
                var results = step.calls().stream().map(this::result).toList();
                show(step, results, shown);
                if (step.isMixed()) {
                    client.add(assistant(shown));
                    var answers = answers(step);
                    client.add(user(answers));
                    var all = new ArrayList<>(results);
                    all.addAll(answers);
                    upstream.add(user(all));
                    return;
                }
                upstream.add(user(results));
            }
        }

        /** What {@link ToolLoop} streams: all before the first call, the calls, the rest. */
        private static void show(Step step, List<JsonObject> results, List<JsonObject> shown) {
            var all = step.content();
            int live = 0;
            while (!all.get(live).type().equals("tool_use")) {
                live++;
            }
            var seen = new Step(step.message(), live, false, OURS);
            shown.addAll(all.subList(0, live));
            for (int i = 0; i < results.size(); i++) {
                shown.add(seen.shownCalls(Optional.empty()).get(i).use(seen.calls().get(i)));
            }
            for (int i = 0; i < results.size(); i++) {
                shown.add(seen.shownCalls(Optional.empty()).get(i).result(results.get(i)));
            }
            shown.addAll(seen.held());
        }

        private JsonObject message() {
            var blocks = new ArrayList<JsonObject>();
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                blocks.add(
                        switch (random.nextInt(5)) {
                            case 0 ->
                                    JsonObject.of("type", "thinking")
                                            .with("thinking", "hm")
                                            .with("signature", "s" + ids++);
                            case 1 -> call("Bash");
                            case 2 -> call("shell");
                            case 3 -> call("workspace_list");
                            default -> text("word " + ids++);
                        });
            }
            return JsonObject.of("role", "assistant").with("content", JsonArray.copyOf(blocks));
        }

        private JsonObject call(String name) {
            return JsonObject.of("type", "tool_use")
                    .with("id", "toolu_" + ids++)
                    .with("name", name)
                    .with("input", JsonObject.of("n", "" + ids));
        }

        private JsonObject result(JsonObject call) {
            var result =
                    JsonObject.of("type", "tool_result")
                            .with("tool_use_id", call.string("id").orElseThrow())
                            .with("content", JsonArray.of(text("result " + ids++)));
            return random.nextInt(4) == 0 ? result.with("is_error", true) : result;
        }

        /** What the client says next: results of its own tools, or a text. */
        private List<JsonObject> answers(Step step) {
            var results =
                    step.message().objects("content").stream()
                            .filter(
                                    block ->
                                            block.string("name").filter("Bash"::equals).isPresent())
                            .map(this::result)
                            .toList();
            return results.isEmpty() ? List.of(text("next " + ids++)) : results;
        }

        private void both(JsonObject message) {
            upstream.add(message);
            client.add(message);
        }

        private static JsonObject text(String text) {
            return JsonObject.of("type", "text").with("text", text);
        }

        private static JsonObject user(JsonObject block) {
            return user(List.of(block));
        }

        private static JsonObject user(List<JsonObject> content) {
            return JsonObject.of("role", "user").with("content", JsonArray.copyOf(content));
        }

        private static JsonObject assistant(List<JsonObject> content) {
            return JsonObject.of("role", "assistant").with("content", JsonArray.copyOf(content));
        }
    }
}
