package io.lynkr.workspace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * No box: the program can do whatever the gateway's user can. Only for operators who say so.
 *
 * @param leash bubblewrap, where it works: not as a box, but so that every process the program
 *     starts dies with it
 */
public record Unsandboxed(Optional<Path> leash) implements Sandbox {

    @Override
    public String name() {
        return "none";
    }

    @Override
    public boolean isolates() {
        return false;
    }

    @Override
    public Unsandboxed offline() {
        return this;
    }

    @Override
    public ProcessSpec wrap(ProcessSpec spec) {
        if (leash.isEmpty()) {
            return spec;
        }
        var words = new ArrayList<>(List.of(leash.get().toString(), "--dev-bind", "/", "/"));
        words.addAll(List.of("--unshare-pid", "--proc", "/proc", "--die-with-parent", "--"));
        words.addAll(spec.argv());
        return spec.withArgv(words);
    }
}
