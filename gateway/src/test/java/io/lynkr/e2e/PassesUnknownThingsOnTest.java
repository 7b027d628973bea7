package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.RandomJson;
import io.lynkr.testing.Reply;
import io.lynkr.testing.TestGateway;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What nobody here has heard of travels both ways as it came, byte for byte. */
class PassesUnknownThingsOnTest {
    private static FakeUpstream upstream;
    private static TestGateway gateway;

    @BeforeContainer
    static void start() {
        upstream = new FakeUpstream();
        gateway = TestGateway.inFrontOf(upstream);
    }

    @AfterContainer
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @Property(tries = 50)
    void inAStream(@ForAll long seed) {
        var random = new Random(seed);
        var json = new RandomJson(random, false);
        var frames = frames(json, random);
        upstream.forget();
        upstream.reply(Reply.sse(frames).splitEvery(20 + random.nextInt(200)));
        var body = request(json, random, true);

        var answer = gateway.messages(body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(upstream.lastRequest().bodyText()).isEqualTo(body);
        assertThat(answer.body()).isEqualTo(String.join("", frames));
    }

    @Property(tries = 50)
    void inAWholeAnswer(@ForAll long seed) {
        var random = new Random(seed);
        var json = new RandomJson(random, false);
        var reply = json.space() + message(json, random) + json.space();
        upstream.forget();
        upstream.reply(Reply.json(200, reply));
        var body = request(json, random, false);

        var answer = gateway.messages(body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(upstream.lastRequest().bodyText()).isEqualTo(body);
        assertThat(answer.body()).isEqualTo(reply);
    }

    private static String request(RandomJson json, Random random, boolean stream) {
        var members = new ArrayList<String>();
        members.add("\"model\":" + json.space() + "\"claude-x\"");
        members.add("\"max_tokens\" :" + (1 + random.nextInt(5000)));
        members.add("\"messages\":" + json.array(messages(json, random)));
        if (stream || random.nextBoolean()) {
            members.add("\"stream\":" + stream);
        }
        if (random.nextBoolean()) {
            members.add("\"system\":" + json.array(List.of(block(json, random))));
        }
        if (random.nextBoolean()) {
            members.add("\"tools\":" + json.array(List.of(tool(json), tool(json))));
        }
        if (random.nextBoolean()) {
            members.add("\"metadata\":" + json.object());
        }
        if (random.nextBoolean()) {
            members.add("\"tool_choice\":" + json.object(List.of("\"type\":\"auto\"")));
        }
        return json.space() + json.object(members) + json.space();
    }

    private static List<String> messages(RandomJson json, Random random) {
        var messages = new ArrayList<String>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            var blocks = new ArrayList<String>();
            for (int b = random.nextInt(3); b >= 0; b--) {
                blocks.add(block(json, random));
            }
            messages.add(
                    json.object(
                            List.of(
                                    "\"role\":" + json.space() + "\"user\"",
                                    "\"content\":" + json.array(blocks))));
        }
        return messages;
    }

    private static String block(RandomJson json, Random random) {
        return random.nextInt(4) == 0
                ? json.object(List.of("\"type\":\"tomorrow\"", "\"inside\":" + json.value()))
                : json.object(
                        List.of("\"type\":\"text\"", "\"text\":\"x%s\"".formatted(json.text())));
    }

    private static String tool(RandomJson json) {
        return json.object(
                List.of(
                        "\"name\":\"t%d\"".formatted(json.random().nextInt(1_000_000)),
                        "\"input_schema\":" + json.object(List.of("\"type\":\"object\""))));
    }

    private static String message(RandomJson json, Random random) {
        return json.object(
                List.of(
                        "\"type\":\"message\"",
                        "\"id\":\"msg_1\"",
                        "\"role\":\"assistant\"",
                        "\"content\":" + json.array(List.of(block(json, random))),
                        "\"stop_reason\":\"end_turn\"",
                        "\"usage\":"
                                + json.object(
                                        List.of("\"input_tokens\":3", "\"output_tokens\":4"))));
    }

    private static List<String> frames(RandomJson json, Random random) {
        var frames = new ArrayList<String>();
        var begun = json.object(List.of("\"id\":\"msg_1\"", "\"content\":[]"));
        frames.add(frame(json, random, "message_start", "\"message\":" + begun));
        for (int i = random.nextInt(6); i > 0; i--) {
            frames.add(
                    switch (random.nextInt(4)) {
                        case 0 -> ": " + json.text().replaceAll("[\r\n]", "") + "\n\n";
                        case 1 -> frame(json, random, "tomorrow_" + i, "\"x\":" + json.value());
                        case 2 ->
                                frame(
                                        json,
                                        random,
                                        "content_block_start",
                                        "\"content_block\":" + block(json, random));
                        default ->
                                frame(
                                        json,
                                        random,
                                        "content_block_delta",
                                        "\"delta\":" + json.object());
                    });
        }
        var usage = "\"usage\":" + json.object(List.of("\"output_tokens\":9"));
        frames.add(frame(json, random, "message_delta", usage));
        frames.add(frame(json, random, "message_stop", "\"y\":" + json.value()));
        return frames;
    }

    /** White space in the data may be a line end, which begins another line of data. */
    private static String frame(RandomJson json, Random random, String name, String member) {
        var end = random.nextInt(4) == 0 ? "\r\n" : "\n";
        var data = json.object(List.of("\"type\":\"%s\"".formatted(name), member));
        var more = random.nextInt(4) == 0 ? "id: 7" + end + ": note" + end : "";
        var lines = data.replaceAll("\r\n|\r|\n", end + "data: ");
        return "event: " + name + end + more + "data: " + lines + end + end;
    }
}
