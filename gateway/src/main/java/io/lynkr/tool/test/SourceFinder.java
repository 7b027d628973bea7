package io.lynkr.tool.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the workspace's files that runners and coverage tools mean, however they write them. */
final class SourceFinder {
    private static final int FAR = 400;

    private static final Pattern JAVA_FRAME =
            Pattern.compile(
                    "at ([\\w.$]{1,300})\\.[\\w$<>]{1,200}\\((\\w{1,200}\\.\\w{1,10}):(\\d{1,7})\\)");

    private static final Pattern PYTHON_FRAME =
            Pattern.compile("File \"([^\"\\n]{1,300})\", line (\\d{1,7})");

    private static final Pattern COLONS =
            Pattern.compile(
                    "(?<![\\w/])((?:file://)?/?[\\w@.+-][\\w@./+\\\\-]{0,300}\\.\\w{1,10}):(\\d{1,7})\\b");

    private static final Pattern PARENTHESES =
            Pattern.compile("([\\w@./+-]{1,300}\\.\\w{1,10})\\((\\d{1,7})(?:,\\d{1,7})?\\)");

    private final String root;
    private final Set<String> files;
    private final Map<String, List<String>> byName = new HashMap<>();

    /** A line of a file. */
    record Place(String file, int line) {}

    /**
     * @param root the workspace's absolute path
     * @param files what lies in it, relative
     */
    SourceFinder(Path root, Collection<String> files) {
        this.root = root + "/";
        this.files = Set.copyOf(files);
        for (var file : files) {
            byName.computeIfAbsent(name(file), _ -> new ArrayList<>()).add(file);
        }
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The workspace's file; empty if none, or more than one, could be meant. */
    Optional<String> find(String told) {
        var path =
                told.replace('\\', '/').replaceFirst("^file://", "").replaceFirst("^(\\./)+", "");
        if (path.startsWith(root)) {
            path = path.substring(root.length());
        }
        if (files.contains(path)) {
            return Optional.of(path);
        }
        var wanted = path.startsWith("/") ? path.substring(1) : path;
        var candidates =
                byName.getOrDefault(name(wanted), List.of()).stream()
                        .filter(
                                it ->
                                        it.endsWith("/" + wanted)
                                                || (told.startsWith("/")
                                                        && wanted.endsWith("/" + it)))
                        .toList();
        return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
    }

    /**
     * The place in the workspace that a stack trace or message points to.
     *
     * @param hint part of the path of the test's own file; such a place is preferred
     */
    Optional<Place> place(String text, String hint) {
        var places = new ArrayList<Place>();
        var lines = text.lines().limit(FAR).toList();
        for (var line : lines) {
            placeIn(line).ifPresent(places::add);
        }
        return places.stream()
                .filter(place -> !hint.isEmpty() && place.file().contains(hint))
                .findFirst()
                .or(() -> places.stream().findFirst());
    }

    private Optional<Place> placeIn(String line) {
        var java = JAVA_FRAME.matcher(line);
        if (java.find()) {
            var type = java.group(1).replaceFirst("\\$.*", "");
            int dot = type.lastIndexOf('.');
            var folder = dot < 0 ? "" : type.substring(0, dot + 1).replace('.', '/');
            return known(folder + java.group(2), java.group(3));
        }
        for (var pattern : List.of(PYTHON_FRAME, COLONS, PARENTHESES)) {
            var frame = pattern.matcher(line);
            while (frame.find()) {
                var place = known(frame.group(1), frame.group(2));
                if (place.isPresent()) {
                    return place;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Place> known(String told, String line) {
        return find(told).map(file -> new Place(file, Integer.parseInt(line)));
    }
}
