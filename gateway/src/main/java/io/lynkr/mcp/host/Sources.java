package io.lynkr.mcp.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where servers are named, in the order of precedence: a name counts where it stands first.
 *
 * @param files of the user, which are trusted
 * @param folders of the user, whose {@code *.json} are read in the order of their names
 * @param project files that came with a project, and must be trusted first
 * @param workspace for which Claude Code's file may name servers of its own
 */
public record Sources(List<Path> files, List<Path> folders, List<Path> project, Path workspace) {
    private static final long LARGEST = 4L << 20;

    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    public Sources {
        files = List.copyOf(files);
        folders = List.copyOf(folders);
        project = List.copyOf(project);
    }

    /** What tells whether a file was changed. */
    record Stamp(long size, long modified) {}

    /** All files that are there, with their stamps. */
    Map<Path, Stamp> stamps() {
        var stamps = new LinkedHashMap<Path, Stamp>();
        all().forEach(file -> stamp(file, stamps));
        return stamps;
    }

    private List<Path> all() {
        var all = new ArrayList<>(files);
        folders.forEach(folder -> all.addAll(manifestsIn(folder)));
        all.addAll(project);
        return all;
    }

    private static void stamp(Path file, Map<Path, Stamp> stamps) {
        try {
            if (Files.isRegularFile(file)) {
                var modified = Files.getLastModifiedTime(file).toMillis();
                stamps.put(file, new Stamp(Files.size(file), modified));
            }
        } catch (IOException justGone) {
            // then it is not there
        }
    }

    private static List<Path> manifestsIn(Path folder) {
        try (var found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    /** All servers that are named, each name once, and what is wrong. */
    ManifestReader.Manifest read(Expansion expansion) {
        var entries = new LinkedHashMap<String, ServerEntry>();
        var problems = new ArrayList<String>();
        for (var file : stamps().keySet()) {
            var manifest =
                    read(file, new ManifestReader(expansion, project.contains(file), workspace));
            problems.addAll(manifest.problems());
            for (var entry : manifest.entries()) {
                var first = entries.putIfAbsent(entry.name(), entry);
                if (first != null) {
                    problems.add(
                            "%s: the server '%s' is passed over, since %s has one of that name"
                                    .formatted(file, entry.name(), first.source()));
                }
            }
        }
        return new ManifestReader.Manifest(List.copyOf(entries.values()), problems);
    }

    private static ManifestReader.Manifest read(Path file, ManifestReader reader) {
        try {
            if (Files.size(file) > LARGEST) {
                return ManifestReader.Manifest.unreadable(file + " is too large for a manifest");
            }
            if (othersMayWrite(file)) {
                return ManifestReader.Manifest.unreadable(
                        file
                                + " can be written by others, and it names programs to run: take"
                                + " their permission away (chmod go-w)");
            }
            return reader.read(file, Files.readAllBytes(file));
        } catch (IOException unreadable) {
            return ManifestReader.Manifest.unreadable(
                    file + " cannot be read: " + unreadable.getMessage());
        }
    }

    private static boolean othersMayWrite(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS_WRITE::contains);
        } catch (UnsupportedOperationException otherSystem) {
            return false;
        }
    }
}
