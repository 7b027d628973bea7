package io.lynkr.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * The grammar of a streamed answer: the message begins, its blocks follow one another, each begun
 * and ended, then come one message_delta and the end; or a failure, after which nothing comes.
 */
final class EventOrder {
    private EventOrder() {}

    /**
     * Fails if an answer breaks the grammar.
     *
     * @param lines as {@link OpenAiGolden#told} tells it
     */
    static void assertKept(List<String> lines) {
        int open = -1;
        int next = 0;
        boolean ended = false;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.matches("[A-Z]+ \\d+ \\w+")) {
                assertThat(i).isEqualTo(lines.size() - 1);
            } else if (line.startsWith("start ")) {
                assertThat(i).isZero();
            } else if (line.matches("(?s)\\d+ (text|thinking|tool_use .*)")) {
                assertThat(open).isEqualTo(-1);
                assertThat(line).startsWith(next + " ");
                open = next++;
            } else if (line.equals(open + " stop")) {
                open = -1;
            } else if (line.startsWith("end ")) {
                assertThat(open).isEqualTo(-1);
                assertThat(ended).isFalse();
                ended = true;
            } else if (!line.equals("message_stop")) {
                assertThat(line).startsWith(open + " ");
            }
        }
        assertThat(lines.getLast()).matches("message_stop|[A-Z]+ \\d+ \\w+");
    }
}
