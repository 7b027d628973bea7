package io.lynkr.tool.git;

import io.lynkr.tool.ToolException;
import io.lynkr.workspace.TextFile;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What differs between the working tree and the last commit. */
public final class WorkingChanges {
    private final Repository repository;
    private final Workspace workspace;

    WorkingChanges(Repository repository, Workspace workspace) {
        this.repository = repository;
        this.workspace = workspace;
    }

    /** The numbers of the lines that are new, by file; none without a repository. */
    public Map<String, Set<Integer>> newLines() throws InterruptedException {
        try {
            return lines();
        } catch (ToolException noRepository) {
            return Map.of();
        }
    }

    private Map<String, Set<Integer>> lines() throws ToolException, InterruptedException {
        var lines = new HashMap<String, Set<Integer>>();
        var last = repository.commit("HEAD");
        var base = last.isPresent() ? last.get() : repository.emptyTree();
        var differ = new Differ(repository, List.of(base), 0, false);
        for (var file : differ.patches(differ.files(Optional.empty()), Optional.empty())) {
            lines.put(
                    file.file(),
                    file.added().stream()
                            .map(line -> Math.toIntExact(line.number()))
                            .collect(Collectors.toSet()));
        }
        for (var file : repository.status().untracked()) {
            lines.put(file, allLines(file));
        }
        return lines;
    }

    private Set<Integer> allLines(String file) {
        try {
            var text = workspace.read(repository.path(file));
            long count = TextFile.decode(text).map(it -> it.text().lines().count()).orElse(0L);
            return IntStream.rangeClosed(1, (int) count).boxed().collect(Collectors.toSet());
        } catch (ToolException | WorkspaceException unreadable) {
            return Set.of();
        }
    }
}
