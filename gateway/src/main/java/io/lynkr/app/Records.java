package io.lynkr.app;

import io.lynkr.observability.Metrics;
import io.lynkr.observability.Redactor;
import io.lynkr.session.TranscriptSettings;
import io.lynkr.session.TranscriptWriter;

import java.time.Clock;

/** What a running gateway keeps, with the thread that writes transcripts. */
record Records(Stores stores, TranscriptWriter transcripts) implements AutoCloseable {

    /** A share of the heap: turns wait there while the disk is slow. */
    private static final int HEAP_SHARE = 16;

    /**
     * Starts to take turns.
     *
     * @param secrets masks what must not be kept
     */
    static Records open(
            Stores stores, TranscriptSettings settings, Redactor secrets, Metrics metrics) {
        var writer =
                new TranscriptWriter(
                        stores.sessions(),
                        settings,
                        secrets::redact,
                        new Counting(metrics),
                        Clock.systemUTC(),
                        Runtime.getRuntime().maxMemory() / HEAP_SHARE);
        return new Records(stores, writer);
    }

    private record Counting(Metrics metrics) implements TranscriptWriter.Listener {
        @Override
        public void kept(int turns) {
            metrics.transcriptTurns("kept", turns);
        }

        @Override
        public void lost(String reason, int turns) {
            metrics.transcriptTurns(reason, turns);
        }
    }

    @Override
    public void close() {
        transcripts.close();
        stores.close();
    }
}
