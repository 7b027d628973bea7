package io.lynkr.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.MessageFolder;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Translation;
import io.lynkr.testing.RandomJson;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Both translators of chats, whatever a backend sends: they keep the order of events, fail in the
 * one way that is foreseen, and tell a stream as they tell the whole answer.
 */
class ChatStreamPropertyTest {
    private static final List<OpenAiGolden> OPENAI = OpenAiGolden.all("S").toList();
    private static final List<OllamaGolden> OLLAMA = OllamaGolden.all("S").toList();
    private static final List<OpenAiGolden> OPENAI_TWINS =
            OPENAI.stream().filter(golden -> golden.json().has("whole")).toList();
    private static final List<OllamaGolden> OLLAMA_TWINS =
            OLLAMA.stream().filter(golden -> golden.json().has("whole")).toList();
    private static final List<String> WORDS =
            List.of("a", " ", "\n", "é", "日本", "😀", "\"", "<think>", "</think>", "<th", "{}");

    @Property(tries = 600)
    void keepsTheOrderWhateverOpenAisChunksHold(@ForAll long seed) {
        var random = new Random(seed);
        var golden = one(OPENAI, random);

        assertOrderKept(golden.translate(), text(golden.json(), "data: ", "\n\n", random), random);
    }

    @Property(tries = 600)
    void keepsTheOrderWhateverOllamasLinesHold(@ForAll long seed) {
        var random = new Random(seed);
        var golden = one(OLLAMA, random);

        assertOrderKept(golden.translate(), text(golden.json(), "", "\n", random), random);
    }

    @Property(tries = 600)
    void takesOrRefusesAWholeAnswerOfAnyContent(@ForAll long seed) {
        var random = new Random(seed);
        var openAi = one(OPENAI_TWINS, random);
        var ollama = one(OLLAMA_TWINS, random);

        assertAnswersOrRefuses(openAi.translate(), openAi.json(), random);
        assertAnswersOrRefuses(ollama.translate(), ollama.json(), random);
    }

    private static void assertAnswersOrRefuses(
            Translation translation, JsonObject golden, Random random) {
        var whole = altered(golden.get("whole").orElseThrow(), random);
        try {
            var message = JsonObject.parse(translation.whole(whole.toBytes()));
            assertThat(message.type()).isEqualTo("message");
            assertThat(message.string("stop_reason")).isPresent();
        } catch (ProviderException foreseen) {
            assertThat(foreseen.error().status()).isBetween(400, 599);
        }
    }

    /**
     * The upstream of a case with some of its values replaced, and bytes damaged here and there.
     */
    private static byte[] text(JsonObject golden, String before, String after, Random random) {
        var text = new StringBuilder();
        for (var part : golden.array("upstream").orElseThrow()) {
            if (part instanceof JsonString raw) {
                text.append(raw.value());
            } else {
                text.append(before).append(altered(part, random)).append(after);
            }
        }
        var bytes = text.toString().getBytes(UTF_8);
        for (int i = random.nextInt(4) - 1; i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = bytes[random.nextInt(bytes.length)];
        }
        return bytes;
    }

    private static void assertOrderKept(Translation translation, byte[] bytes, Random random) {
        EventOrder.assertKept(OpenAiGolden.told(translation, bytes, cuts(bytes.length, random)));
    }

    private static List<Integer> cuts(int length, Random random) {
        return random.ints(random.nextInt(8), 0, length + 1).sorted().boxed().toList();
    }

    /** The same, except that now and then a value is another one, or missing, or there twice. */
    private static JsonValue altered(JsonValue value, Random random) {
        if (random.nextInt(25) == 0) {
            return JsonValue.parse(new RandomJson(random, true).value());
        }
        return switch (value) {
            case JsonObject object -> {
                var members = object.members();
                members.replaceAll((_, member) -> altered(member, random));
                if (random.nextInt(30) == 0 && !members.isEmpty()) {
                    members.remove(one(List.copyOf(members.keySet()), random));
                }
                yield JsonObject.copyOf(members);
            }
            case JsonArray array -> {
                var elements = new ArrayList<JsonValue>();
                for (var element : array) {
                    elements.add(altered(element, random));
                    if (random.nextInt(20) == 0) {
                        elements.add(altered(element, random));
                    }
                }
                yield JsonArray.copyOf(elements);
            }
            default -> value;
        };
    }

    @Property(tries = 500)
    void tellsAStreamAsTheWholeAnswerOfOpenAi(@ForAll long seed) throws Exception {
        var random = new Random(seed);
        var said = Said.by(random);
        var profile =
                one(
                        List.of(
                                OpenAiProfile.openAi(),
                                OpenAiProfile.conservative(),
                                OpenAiProfile.databricksClaude()),
                        random);
        var request = GoldenCases.request(JsonObject.EMPTY, "gpt-4.1");

        assertSame(
                OpenAiGolden.translate(request, profile, true),
                said.openAiStream(random),
                OpenAiGolden.translate(request, profile, true),
                said.openAiWhole(),
                random);
    }

    @Property(tries = 500)
    void tellsAStreamAsTheWholeAnswerOfOllama(@ForAll long seed) throws Exception {
        var random = new Random(seed);
        var said = Said.by(random);
        var golden = OLLAMA.getFirst();

        assertSame(
                golden.translate(),
                said.ollamaStream(random),
                golden.translate(),
                said.ollamaWhole(),
                random);
    }

    private static void assertSame(
            Translation streaming, String text, Translation whole, JsonObject body, Random random)
            throws ProviderException {
        var events = new ArrayList<StreamEvent>();
        var stream = streaming.stream();
        var bytes = text.getBytes(UTF_8);
        int from = 0;
        for (int cut : cuts(bytes.length, random)) {
            stream.feed(bytes, from, cut, event -> events.add(event.copy()));
            from = cut;
        }
        stream.feed(bytes, from, bytes.length, event -> events.add(event.copy()));
        stream.end(event -> events.add(event.copy()));

        EventOrder.assertKept(events.stream().map(OpenAiGolden::line).toList());
        assertThat(MessageFolder.fold(events))
                .isEqualTo(JsonObject.parse(whole.whole(body.toBytes())));
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** What a model says, apart from how a wire writes it. */
    private record Said(String thinking, String text, List<Call> calls, String finish) {
        private record Call(String id, String name, String arguments) {}

        private static final JsonObject USAGE =
                JsonObject.EMPTY.with("prompt_tokens", 100).with("completion_tokens", 20);

        static Said by(Random random) {
            var calls = new ArrayList<Call>();
            for (int i = random.nextInt(4); i > 0; i--) {
                var arguments = new RandomJson(random, false).object();
                calls.add(new Call("call_" + i, "tool_" + random.nextInt(2), arguments));
            }
            var text = words(random) + (calls.isEmpty() ? "." : "");
            return new Said(words(random), text, calls, calls.isEmpty() ? "stop" : "tool_calls");
        }

        private static String words(Random random) {
            var words = new StringBuilder();
            for (int i = random.nextInt(8); i > 0; i--) {
                words.append(one(WORDS, random));
            }
            return words.toString();
        }

        private static List<String> pieces(String text, Random random) {
            var pieces = new ArrayList<String>();
            var piece = new StringBuilder();
            text.codePoints()
                    .forEach(
                            character -> {
                                piece.appendCodePoint(character);
                                if (random.nextInt(3) == 0) {
                                    pieces.add(piece.toString());
                                    piece.setLength(0);
                                }
                            });
            pieces.add(piece.toString());
            return pieces;
        }

        String openAiStream(Random random) {
            var deltas = new ArrayList<JsonObject>();
            pieces(thinking, random)
                    .forEach(piece -> deltas.add(JsonObject.of("reasoning_content", piece)));
            pieces(text, random).forEach(piece -> deltas.add(JsonObject.of("content", piece)));
            for (int i = 0; i < calls.size(); i++) {
                var call = calls.get(i);
                deltas.add(fragment(i, "", call.id, call.name));
                for (var piece : pieces(call.arguments, random)) {
                    deltas.add(fragment(i, piece, "", ""));
                }
            }
            var end = random.nextInt(3) == 0 ? "" : "data: [DONE]\n\n";
            return Stream.concat(
                                    deltas.stream().map(delta -> chunk(delta, JsonNull.NULL)),
                                    Stream.of(
                                            chunk(JsonObject.EMPTY, JsonString.of(finish)),
                                            JsonObject.of("choices", JsonArray.EMPTY)
                                                    .with("usage", USAGE)))
                            .map(json -> "data: " + json + "\n\n")
                            .collect(java.util.stream.Collectors.joining())
                    + end;
        }

        private static JsonObject fragment(int index, String arguments, String id, String name) {
            var function = JsonObject.of("arguments", arguments);
            var call = JsonObject.EMPTY.with("index", index);
            if (!id.isEmpty()) {
                function = function.with("name", name);
                call = call.with("id", id).with("type", "function");
            }
            return JsonObject.of("tool_calls", JsonArray.of(call.with("function", function)));
        }

        private static JsonObject chunk(JsonObject delta, JsonValue finish) {
            var choice =
                    JsonObject.EMPTY
                            .with("index", 0)
                            .with("delta", delta)
                            .with("finish_reason", finish);
            return JsonObject.of("model", "m").with("choices", JsonArray.of(choice));
        }

        JsonObject openAiWhole() {
            var told = new ArrayList<JsonValue>();
            for (var call : calls) {
                told.add(
                        JsonObject.of("id", call.id)
                                .with("type", "function")
                                .with(
                                        "function",
                                        JsonObject.of("name", call.name)
                                                .with("arguments", call.arguments)));
            }
            var message =
                    JsonObject.of("role", "assistant")
                            .with("reasoning_content", thinking)
                            .with("content", text)
                            .with("tool_calls", JsonArray.copyOf(told));
            var choice =
                    JsonObject.EMPTY
                            .with("index", 0)
                            .with("message", message)
                            .with("finish_reason", finish);
            return JsonObject.of("model", "m")
                    .with("choices", JsonArray.of(choice))
                    .with("usage", USAGE);
        }

        String ollamaStream(Random random) {
            var lines = new StringBuilder();
            for (var piece : pieces(thinking, random)) {
                line(lines, JsonObject.of("content", "").with("thinking", piece));
            }
            pieces(text, random).forEach(piece -> line(lines, JsonObject.of("content", piece)));
            for (var call : calls) {
                line(
                        lines,
                        JsonObject.of("content", "").with("tool_calls", JsonArray.of(told(call))));
            }
            lines.append(ended(JsonObject.of("content", "")));
            return lines + (random.nextBoolean() ? "\n" : "");
        }

        private static void line(StringBuilder lines, JsonObject message) {
            lines.append(JsonObject.of("model", "m").with("message", message).with("done", false))
                    .append('\n');
        }

        private static JsonObject told(Call call) {
            // On one line, as the lines are what the stream is cut into.
            var arguments = JsonObject.parse(call.arguments.replaceAll("[\r\n]", " "));
            return JsonObject.of("id", call.id)
                    .with(
                            "function",
                            JsonObject.of("name", call.name).with("arguments", arguments));
        }

        private static JsonObject ended(JsonObject message) {
            return JsonObject.of("model", "m")
                    .with("message", message)
                    .with("done", true)
                    .with("done_reason", "stop")
                    .with("prompt_eval_count", JsonNumber.of(100))
                    .with("eval_count", JsonNumber.of(20));
        }

        JsonObject ollamaWhole() {
            return ended(
                    JsonObject.of("content", text)
                            .with("thinking", thinking)
                            .with(
                                    "tool_calls",
                                    JsonArray.copyOf(calls.stream().map(Said::told).toList())));
        }
    }
}
