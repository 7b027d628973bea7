package io.lynkr.observability;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * All metrics as text for Prometheus, in whichever of its formats the scraper asks for.
 *
 * @param contentType what to declare the text as
 */
public record PrometheusText(String contentType, byte[] text) {
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    /**
     * Writes the metrics as they are now.
     *
     * @param accept the scraper's {@code Accept} header; may be empty
     */
    public static PrometheusText of(Metrics metrics, String accept) {
        var writer = FORMATS.findWriter(accept);
        var escaping = EscapingScheme.fromAcceptHeader(accept);
        var text = new ByteArrayOutputStream(32 * 1024);
        try {
            writer.write(text, metrics.scrape(), escaping);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory does not fail", impossible);
        }
        return new PrometheusText(
                writer.getContentType() + escaping.toHeaderFormat(), text.toByteArray());
    }
}
