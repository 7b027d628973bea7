package io.lynkr.app;

import io.lynkr.index.CodeIndex;
import io.lynkr.index.Place;
import io.lynkr.index.Uses;
import io.lynkr.tool.git.References;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the code index knows of uses, as the summary of a diff asks for it. */
record IndexedReferences(CodeIndex index) implements References {
    private static final Logger LOG = LoggerFactory.getLogger(IndexedReferences.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Enough to see that a file is used a lot. */
    private static final int MOST_DEFINITIONS = 50;

    @Override
    public OptionalInt to(String file) throws InterruptedException {
        try {
            if (!index.await(PATIENCE, (_, _) -> {}).isCurrent()) {
                return OptionalInt.empty();
            }
            var definitions = index.outline(file);
            return definitions.isPresent()
                    ? OptionalInt.of(usesElsewhere(file, definitions.get()))
                    : OptionalInt.empty();
        } catch (IOException unreadable) {
            LOG.warn("a file's uses are not known", unreadable);
            return OptionalInt.empty();
        }
    }

    private int usesElsewhere(String file, List<Place> definitions) throws IOException {
        var lines = new HashSet<String>();
        for (var definition : definitions.stream().limit(MOST_DEFINITIONS).toList()) {
            index.referencesAt(file, definition.line(), Optional.empty(), false).hits().stream()
                    .filter(hit -> !hit.path().equals(file))
                    .map(IndexedReferences::line)
                    .forEach(lines::add);
        }
        return lines.size();
    }

    private static String line(Uses.Hit hit) {
        return hit.path() + ":" + hit.line();
    }
}
