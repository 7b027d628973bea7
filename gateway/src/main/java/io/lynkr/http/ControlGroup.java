package io.lynkr.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The container that this process lives in, as Linux knows it.
 *
 * @param folder in which the kernel shows the group
 */
record ControlGroup(Path folder, Version version) {

    /** The older version says "no limit" by a number close to the largest there is. */
    private static final long NO_LIMIT = 1L << 60;

    /** Both are in use, and differ in names only. */
    enum Version {
        TWO("", "memory.max", "memory.current", "inactive_file "),
        ONE("memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file ");

        private final String controller;
        private final String limit;
        private final String usage;
        private final String inactiveFile;

        Version(String controller, String limit, String usage, String inactiveFile) {
            this.controller = controller;
            this.limit = limit;
            this.usage = usage;
            this.inactiveFile = inactiveFile;
        }
    }

    /**
     * The nearest group at or above this process that limits its memory.
     *
     * @param membership tells which groups the process is in
     * @param mount where the groups are folders
     */
    static Optional<ControlGroup> ofProcess(Path membership, Path mount) {
        try {
            var memberships = Files.readAllLines(membership);
            return Arrays.stream(Version.values())
                    .flatMap(version -> nearest(version, memberships, mount).stream())
                    .findFirst();
        } catch (IOException noGroups) {
            return Optional.empty();
        }
    }

    /** A line says {@code number:controllers:/path}. */
    private static Optional<ControlGroup> nearest(
            Version version, List<String> memberships, Path mount) {
        var root = mount.resolve(version.controller);
        for (var line : memberships) {
            var parts = line.split(":/", 2);
            if (parts.length == 2 && parts[0].endsWith(":" + version.controller)) {
                return nearest(version, root.resolve(parts[1]).normalize(), root);
            }
        }
        return Optional.empty();
    }

    private static Optional<ControlGroup> nearest(Version version, Path own, Path root) {
        for (var folder = own;
                folder != null && folder.startsWith(root);
                folder = folder.getParent()) {
            if (limit(folder, version).isPresent()) {
                return Optional.of(new ControlGroup(folder, version));
            }
        }
        return Optional.empty();
    }

    /** The share of its memory that the group uses and could not give back. */
    OptionalDouble used() {
        var most = limit(folder, version);
        var used = number(folder.resolve(version.usage));
        if (most.isEmpty() || used.isEmpty()) {
            return OptionalDouble.empty();
        }
        // The kernel drops what files left in its cache before it refuses anybody memory.
        long kept = used.getAsLong() - inactiveFile();
        return OptionalDouble.of((double) kept / most.getAsLong());
    }

    private static OptionalLong limit(Path folder, Version version) {
        var limit = number(folder.resolve(version.limit));
        return limit.isPresent() && limit.getAsLong() >= NO_LIMIT ? OptionalLong.empty() : limit;
    }

    private long inactiveFile() {
        try (var lines = Files.lines(folder.resolve("memory.stat"))) {
            return lines.filter(line -> line.startsWith(version.inactiveFile))
                    .mapToLong(
                            line -> Long.parseLong(line.substring(version.inactiveFile.length())))
                    .findFirst()
                    .orElse(0);
        } catch (IOException unknown) {
            return 0;
        }
    }

    /** Empty where there is none, or only the word {@code max}. */
    private static OptionalLong number(Path file) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException none) {
            return OptionalLong.empty();
        }
    }
}
