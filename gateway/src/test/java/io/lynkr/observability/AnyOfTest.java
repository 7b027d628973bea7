package io.lynkr.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class AnyOfTest {

    @Test
    void agreesWithLookingForEachOneOnRandomTexts() {
        var random = new Random(11);
        for (int round = 0; round < 3_000; round++) {
            var literals =
                    IntStream.range(0, 1 + random.nextInt(5))
                            .mapToObj(_ -> text(random, 1 + random.nextInt(4)))
                            .toList();
            var text = text(random, random.nextInt(30));

            assertThat(new AnyOf(literals).mayOccurIn(text))
                    .as("%s in %s", literals, text)
                    .isEqualTo(literals.stream().anyMatch(text::contains));
        }
    }

    @Test
    void takesNoNoticeOfCase() {
        var any = new AnyOf(List.of("Bearer "));

        assertThat(any.mayOccurIn("x bEARER y")).isTrue();
        assertThat(any.mayOccurIn("x bearer".toUpperCase(Locale.ROOT))).isFalse();
    }

    @Test
    void neverMissesWhatIsNotAscii() {
        assertThat(new AnyOf(List.of("schlüssel")).mayOccurIn("der Schlüssel")).isTrue();
    }

    @Test
    void findsNothingIfThereIsNothingToFind() {
        assertThat(new AnyOf(List.of()).mayOccurIn("text")).isFalse();
    }

    private static String text(Random random, int length) {
        return IntStream.range(0, length)
                .mapToObj(_ -> random.nextBoolean() ? "a" : random.nextBoolean() ? "b" : "c")
                .collect(Collectors.joining());
    }
}
