package io.lynkr.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonObject;
import io.lynkr.message.MessageFolder;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class OpenAiStreamTest {

    static Stream<OpenAiGolden> streams() {
        return OpenAiGolden.all("S");
    }

    static Stream<OpenAiGolden> twins() {
        return streams().filter(golden -> golden.json().has("whole"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void tellsAStreamInTheMessagesApisEvents(OpenAiGolden golden) {
        var told = OpenAiGolden.told(golden.translate(), golden.upstream(), List.of());

        assertThat(told).isEqualTo(golden.strings("events"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void tellsTheSameHoweverTheNetworkCutsIt(OpenAiGolden golden) {
        var bytes = golden.upstream();
        var everywhere = IntStream.range(1, bytes.length).boxed().toList();

        assertThat(OpenAiGolden.told(golden.translate(), bytes, everywhere))
                .isEqualTo(golden.strings("events"));
        for (int seed = 0; seed < 20; seed++) {
            var cuts = new Random(seed).ints(5, 0, bytes.length).sorted().boxed().toList();
            assertThat(OpenAiGolden.told(golden.translate(), bytes, cuts))
                    .isEqualTo(golden.strings("events"));
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void tellsAWholeAnswerAsTheStreamWouldBeFolded(OpenAiGolden golden) throws Exception {
        var body = golden.json().object("whole").orElseThrow().toBytes();
        var failure = golden.json().string("wholeFails");
        if (failure.isPresent()) {
            assertThat(failureOf(golden, body)).isEqualTo(failure.get());
            return;
        }

        var message = JsonObject.parse(golden.translate().whole(body));

        assertThat(message).isEqualTo(MessageFolder.fold(events(golden)));
    }

    private static List<StreamEvent> events(OpenAiGolden golden) throws ProviderException {
        var events = new ArrayList<StreamEvent>();
        var stream = golden.translate().stream();
        var bytes = golden.upstream();
        stream.feed(bytes, 0, bytes.length, event -> events.add(event.copy()));
        stream.end(event -> events.add(event.copy()));
        assertThat(stream.isComplete()).isTrue();
        return events;
    }

    private static String failureOf(OpenAiGolden golden, byte[] body) {
        try {
            return new String(golden.translate().whole(body), UTF_8);
        } catch (ProviderException failure) {
            return OpenAiGolden.line(failure);
        }
    }

    @Property(tries = 500)
    void failsOnNoiseWithAProviderExceptionOnly(@ForAll byte[] noise) {
        var golden = streams().findFirst().orElseThrow();

        assertThat(OpenAiGolden.told(golden.translate(), noise, List.of())).isNotEmpty();
        assertThat(failureOf(golden, noise)).isNotEmpty();
    }

    @Property(tries = 500)
    void keepsTheOrderOfEventsWhateverTheUpstreamSends(@ForAll long seed) {
        var random = new Random(seed);
        var all = streams().toList();
        var golden = all.get(random.nextInt(all.size()));
        var bytes = golden.upstream();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            if (random.nextBoolean()) {
                bytes[at] = bytes[random.nextInt(bytes.length)];
            } else {
                int from = random.nextInt(bytes.length);
                int length = random.nextInt(Math.min(200, bytes.length - Math.max(at, from)));
                System.arraycopy(bytes.clone(), from, bytes, at, length);
            }
        }

        EventOrder.assertKept(OpenAiGolden.told(golden.translate(), bytes, List.of()));
    }
}
