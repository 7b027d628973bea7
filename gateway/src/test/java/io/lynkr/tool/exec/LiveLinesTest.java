package io.lynkr.tool.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.workspace.OutputListener.Channel;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

class LiveLinesTest {
    private final List<String> told = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final LiveLines lines = new LiveLines(told::add, clock::get);

    @Test
    void tellsTheLastLineOfWhatCame() {
        write("one\n  two \n\n");

        assertThat(told).containsExactly("two");
    }

    @Test
    void waitsBetweenTwoLines() {
        write("one\n");
        pass(Duration.ofMillis(499));
        write("two\n");
        pass(Duration.ofMillis(1));
        write("three\n");

        assertThat(told).containsExactly("one", "three");
    }

    @Test
    void saysNothingOfBlankLines() {
        write("\n \n");
        write("soon\n");

        assertThat(told).containsExactly("soon");
    }

    @Test
    void shortensLongLines() {
        write("😀".repeat(300));

        assertThat(told).containsExactly("😀".repeat(200) + "…");
    }

    private void write(String text) {
        lines.wrote(Channel.STDOUT, text.getBytes(StandardCharsets.UTF_8));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
