package io.lynkr.tool.exec;

import io.lynkr.workspace.OutputListener;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells people who wait what a program last wrote: a line now and then, not every one. */
final class LiveLines implements OutputListener {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int LONGEST = 200;

    private final Consumer<String> progress;
    private final LongSupplier nanoTime;

    // Guarded by this: a program writes to two channels.
    private boolean told;
    private long toldAt;

    LiveLines(Consumer<String> progress, LongSupplier nanoTime) {
        this.progress = progress;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void wrote(Channel channel, byte[] bytes) {
        long now = nanoTime.getAsLong();
        if (told && now - toldAt < PAUSE.toNanos()) {
            return;
        }
        new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((_, later) -> later)
                .ifPresent(
                        line -> {
                            told = true;
                            toldAt = now;
                            progress.accept(shortened(line));
                        });
    }

    private static String shortened(String line) {
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
