package io.lynkr.tool.git;

import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;

import java.util.List;
import java.util.Optional;

/** Takes down where comments are made, and finds the places again. */
record CommentPlaces(Repository repository, Workspace workspace) {

    /**
     * Where a comment belongs now.
     *
     * @param state {@code same}, {@code moved}, {@code edited} or {@code outdated}
     */
    record Place(String file, int line, String state) {}

    Anchor anchor(String file, int line) throws ToolException, InterruptedException {
        var lines =
                lines(file)
                        .orElseThrow(
                                () ->
                                        new ToolException(
                                                Kind.NOT_FOUND,
                                                "there is no file '" + file + "' with text"));
        if (line > lines.size()) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS, "'%s' has only %d lines".formatted(file, lines.size()));
        }
        return Anchor.at(lines, line, repository.commit("HEAD"));
    }

    Place now(DiffComment comment) throws ToolException, InterruptedException {
        var anchor = Anchor.of(comment.anchor());
        var file = currentName(comment.file(), anchor);
        var found = lines(file).flatMap(it -> anchor.find(it, comment.line()));
        if (found.isEmpty()) {
            return new Place(file, comment.line(), "outdated");
        }
        boolean same = found.get().line() == comment.line() && file.equals(comment.file());
        return new Place(
                file,
                found.get().line(),
                found.get().edited() ? "edited" : same ? "same" : "moved");
    }

    private String currentName(String file, Anchor anchor)
            throws ToolException, InterruptedException {
        if (repository.isThere(file) || anchor.commit().isEmpty()) {
            return file;
        }
        var then = repository.commit(anchor.commit().get());
        if (then.isEmpty()) {
            return file;
        }
        return new Differ(repository, List.of(then.get()), 0, false)
                .files(Optional.empty()).stream()
                        .filter(it -> it.from().filter(file::equals).isPresent())
                        .map(FileDiff::file)
                        .findFirst()
                        .orElse(file);
    }

    private Optional<List<String>> lines(String file) throws ToolException {
        try {
            return Optional.of(workspace.readText(repository.path(file)).text().lines().toList());
        } catch (WorkspaceException noText) {
            return Optional.empty();
        }
    }
}
