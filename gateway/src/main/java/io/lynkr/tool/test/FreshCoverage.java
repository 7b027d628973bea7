package io.lynkr.tool.test;

import io.lynkr.workspace.Workspace;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What the tests covered, of the files that nobody has changed since. */
public final class FreshCoverage {
    private final Workspace workspace;
    private final TestSettings settings;

    public FreshCoverage(Workspace workspace, TestSettings settings) {
        this.workspace = workspace;
        this.settings = settings;
    }

    /** By file, each line that can run, and whether it did. */
    public Map<String, Map<Integer, Boolean>> lines() {
        try {
            var files = WrittenFiles.in(workspace);
            var coverage = new RunReader(files, settings).coverage(Instant.MIN);
            var written =
                    coverage.sources().stream()
                            .map(files.modified()::get)
                            .reduce(Instant.MIN, (a, b) -> b != null && b.isAfter(a) ? b : a);
            var lines = new HashMap<String, Map<Integer, Boolean>>();
            coverage.files()
                    .forEach(
                            (name, file) -> {
                                var changed = files.modified().get(name);
                                if (changed != null
                                        && !changed.isAfter(written)
                                        && !file.lines().isEmpty()) {
                                    lines.put(name, file.lines());
                                }
                            });
            return lines;
        } catch (IOException unreadable) {
            return Map.of();
        }
    }
}
