package io.lynkr.tool.git;

import io.lynkr.tool.ToolException;
import io.lynkr.workspace.GitCommand;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares trees, file by file.
 *
 * @param what is compared, as options and commits: {@code --cached}, for example
 * @param unified lines of context
 * @param asText whether even binary files are compared line by line
 */
record Differ(Repository repository, List<String> what, int unified, boolean asText) {
    private static final int PATCH_BYTES = 16 << 20;
    private static final Pattern SECTION = Pattern.compile("(?m)^(?=diff --(?:git|cc|combined) )");
    private static final Pattern NUMBERS = Pattern.compile("(?s)(\\d+|-)\t(\\d+|-)\t(.*)");

    Differ {
        what = List.copyOf(what);
    }

    /** What is staged, or else what is changed but not staged. */
    static Differ of(Repository repository, boolean staged, int unified) {
        return new Differ(repository, staged ? List.of("--cached") : List.of(), unified, false);
    }

    /** The files that differ, without their patches. */
    List<FileDiff> files(Optional<String> path) throws ToolException, InterruptedException {
        return parse(
                repository
                        .must(command(List.of("--raw", "--numstat", "-z"), path.stream().toList()))
                        .fields());
    }

    private GitCommand command(List<String> options, List<String> paths) {
        var words =
                new ArrayList<>(
                        List.of(
                                "diff",
                                "--no-ext-diff",
                                "--no-textconv",
                                "--no-color",
                                "--ignore-submodules=dirty",
                                "--find-renames"));
        words.addAll(options);
        words.addAll(what);
        words.add("--");
        words.addAll(paths);
        return GitCommand.reading(words.toArray(String[]::new)).withOutputBytes(PATCH_BYTES);
    }

    private static List<FileDiff> parse(List<String> fields) {
        var found = new LinkedHashMap<String, FileDiff>();
        int at = 0;
        while (at < fields.size() && fields.get(at).startsWith(":")) {
            var words = fields.get(at++).split(" ", -1);
            char status = words[words.length - 1].charAt(0);
            Optional<String> from =
                    status == 'R' || status == 'C'
                            ? Optional.of(fields.get(at++))
                            : Optional.empty();
            var file = fields.get(at++);
            // A file in conflict comes twice, first as that.
            found.putIfAbsent(file, new FileDiff(file, from, status, 0, 0, false, "", false));
        }
        count(fields.subList(at, fields.size()), found);
        return List.copyOf(found.values());
    }

    private static void count(List<String> fields, Map<String, FileDiff> found) {
        for (int at = 0; at < fields.size(); at++) {
            var numbers = NUMBERS.matcher(fields.get(at));
            if (!numbers.matches()) {
                continue;
            }
            var file = numbers.group(3);
            if (file.isEmpty()) {
                file = fields.get(at + 2);
                at += 2;
            }
            boolean binary = numbers.group(1).equals("-");
            long additions = binary ? 0 : Long.parseLong(numbers.group(1));
            long deletions = binary ? 0 : Long.parseLong(numbers.group(2));
            found.computeIfPresent(
                    file, (_, diff) -> diff.withCounts(additions, deletions, binary));
        }
    }

    /** The same files with their patches. */
    List<FileDiff> patches(List<FileDiff> files, Optional<String> path)
            throws ToolException, InterruptedException {
        if (files.isEmpty()) {
            return files;
        }
        var run = repository.run(patchCommand(path.stream().toList()));
        if (!run.succeeded()) {
            throw Repository.failure(run);
        }
        var sections = run.isCut() ? List.<String>of() : List.of(SECTION.split(run.out()));
        int expected = files.stream().mapToInt(Differ::sections).sum();
        var all = new ArrayList<FileDiff>();
        int at = 0;
        for (var file : files) {
            if (sections.size() == expected) {
                int end = at + sections(file);
                all.add(file.withPatch(String.join("", sections.subList(at, end)), false));
                at = end;
            } else {
                all.add(alone(file));
            }
        }
        return all;
    }

    private FileDiff alone(FileDiff file) throws ToolException, InterruptedException {
        var run = repository.run(patchCommand(file.names().toList()));
        if (!run.succeeded()) {
            throw Repository.failure(run);
        }
        return file.withPatch(run.out(), run.isCut());
    }

    private GitCommand patchCommand(Collection<String> paths) {
        var options = new ArrayList<>(List.of("--unified=" + unified));
        if (asText) {
            options.add("--text");
        }
        return command(options, List.copyOf(paths));
    }

    /** A file that becomes a link, or back, goes and comes. */
    private static int sections(FileDiff file) {
        return file.status() == 'T' ? 2 : 1;
    }
}
