package io.lynkr.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.ProviderException.Cause;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

class AnthropicStreamTest {
    private static final String START =
            frame("message_start", "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\"}}");
    private static final String DELTA =
            frame(
                    "content_block_delta",
                    "{\"type\":\"content_block_delta\",\"text\":\"né \\u00e9 ✓\"}");
    private static final String STOP = frame("message_stop", "{\"type\":\"message_stop\"}");
    private static final String ANSWER =
            ": keep-alive\n\n"
                    + frame("ping", "{\"type\": \"ping\"}")
                    + START
                    + "event: tomorrow\r\n"
                    + "id: 7\r\n"
                    + "data: {\"type\":\"tomorrow\",\r\n"
                    + "data: \"x\":1}\r\n\r\n"
                    + DELTA
                    + ": still here\n\n"
                    + STOP;

    @Property
    void passesEveryByteHoweverTheNetworkCutsThem(
            @ForAll @Size(max = 12) List<@IntRange(max = 400) Integer> cuts) throws Exception {
        byte[] bytes = ANSWER.getBytes(UTF_8);
        var seen = new ByteArrayOutputStream();
        var stream = new AnthropicStream();

        int from = 0;
        for (int cut : cuts.stream().sorted().filter(cut -> cut < bytes.length).toList()) {
            stream.feed(bytes, from, cut, event -> write(event, seen));
            from = cut;
        }
        stream.feed(bytes, from, bytes.length, event -> write(event, seen));
        stream.end(event -> write(event, seen));

        assertThat(seen.toString(UTF_8)).isEqualTo(ANSWER);
        assertThat(stream.isComplete()).isTrue();
    }

    @Property
    void failsOnRandomBytesWithAProviderExceptionOnly(@ForAll byte[] noise) {
        var stream = new AnthropicStream();

        var failure = catchThrowableOfType(Throwable.class, () -> play(stream, noise));

        assertThat(failure).isInstanceOf(ProviderException.class);
    }

    @Test
    void namesAnEventByItsDataWhenTheUpstreamDidNot() throws Exception {
        var events = play("data: {\"type\":\"message_start\",\ndata: \"message\":{}}\n\n" + STOP);

        assertThat(events)
                .containsExactly(
                        frame("message_start", "{\"type\":\"message_start\", \"message\":{}}"),
                        STOP);
    }

    @Test
    void ignoresTheDoneMarkOfOtherDialects() throws Exception {
        assertThat(
                        play(
                                "data: [DONE]\n\n"
                                        + START
                                        + "data: [DONE]\n\n"
                                        + STOP
                                        + "data: [DONE]\n\n"))
                .containsExactly(START, STOP);
    }

    @Test
    void endsWithTheMessageAndReadsNothingAfterIt() throws Exception {
        assertThat(play(START + STOP + DELTA)).containsExactly(START, STOP);
    }

    @Test
    void takesALastEventWithoutItsBlankLine() throws Exception {
        assertThat(play(START + STOP.stripTrailing())).containsExactly(START, STOP);
    }

    @Test
    void neverPassesHalfAnEvent() {
        var events = new ArrayList<String>();

        var failure = failureOf(START + DELTA.substring(0, 60), events);

        assertThat(failure.what()).isEqualTo(Cause.CUT);
        assertThat(events).containsExactly(START);
    }

    @Test
    void callsAStreamCutThatEndsBeforeTheMessageDoes() {
        assertThat(failureOf(START + DELTA).what()).isEqualTo(Cause.CUT);
        assertThat(failureOf("").what()).isEqualTo(Cause.CUT);
    }

    @Test
    void turnsARefusalAtTheStartIntoItsStatus() {
        var data =
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";

        var failure = failureOf(": hi\n\nevent: error\ndata: " + data + "\n\n");

        assertThat(failure.what()).isEqualTo(Cause.STATUS);
        assertThat(failure.error().status()).isEqualTo(529);
        assertThat(failure.body().map(body -> new String(body, UTF_8))).contains(data);
    }

    @Test
    void understandsAForeignRefusalAtTheStart() {
        var failure = failureOf("data: {\"error\":{\"message\":\"no such model\"}}\n\n");

        assertThat(failure.error().message()).contains("no such model");
    }

    @Test
    void passesALaterErrorOnAndEndsWithIt() throws Exception {
        var error =
                "event: error\n"
                    + "data:"
                    + " {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"x\"}}\n\n";

        assertThat(play(START + error + DELTA)).containsExactly(START, error);
    }

    @Test
    void saysALaterErrorOfAForeignShapeInTheApisWords() throws Exception {
        var events = play(START + "data: {\"error\":{\"message\":\"gone\"}}\n\n");

        assertThat(events.getLast())
                .isEqualTo(
                        frame(
                                "error",
                                "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"gone\"}}"));
    }

    @Test
    void refusesAStreamOfAnotherDialect() {
        assertThat(failureOf("data: {\"object\":\"chat.completion.chunk\"}\n\n").what())
                .isEqualTo(Cause.GARBLED);
        assertThat(failureOf("<html>busy</html>\n\ndata: x\n\n").what()).isEqualTo(Cause.GARBLED);
        assertThat(failureOf(DELTA).what()).isEqualTo(Cause.GARBLED);
    }

    private static String frame(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    private static List<String> play(String text) throws ProviderException {
        var events = new ArrayList<String>();
        play(new AnthropicStream(), text.getBytes(UTF_8), events);
        return events;
    }

    private static void play(AnthropicStream stream, byte[] bytes) throws ProviderException {
        play(stream, bytes, new ArrayList<>());
    }

    private static void play(AnthropicStream stream, byte[] bytes, List<String> events)
            throws ProviderException {
        stream.feed(bytes, 0, bytes.length, event -> events.add(event.toString()));
        stream.end(event -> events.add(event.toString()));
    }

    private static ProviderException failureOf(String text) {
        return failureOf(text, new ArrayList<>());
    }

    private static ProviderException failureOf(String text, List<String> events) {
        return catchThrowableOfType(
                ProviderException.class,
                () -> play(new AnthropicStream(), text.getBytes(UTF_8), events));
    }

    private static void write(StreamEvent event, ByteArrayOutputStream out) {
        var frame = event.frame();
        out.write(frame.buffer(), frame.from(), frame.to() - frame.from());
    }
}
