package io.lynkr.app;

import io.lynkr.store.StoreSettings;
import io.lynkr.workspace.PathGuard;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspaceLimits;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** What tools work with, open for as long as the gateway runs. */
record Workplace(Workspace workspace, ProcessRunner processes, Stores stores)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);

    /**
     * Opens it.
     *
     * @param guard has the last word on each file
     * @return empty if the folder is no place to work in; the log tells why
     */
    static Optional<Workplace> open(Path root, PathGuard guard, StoreSettings stores) {
        try {
            var workspace = Workspace.open(root, WorkspaceLimits.USUAL, guard);
            return Optional.of(
                    new Workplace(
                            workspace,
                            new ProcessRunner(),
                            Stores.of(stores, workspace.root(), Clock.systemUTC())));
        } catch (WorkspaceException e) {
            LOG.warn(
                    "the tools for files are off: {}; WORKSPACE_ROOT names another folder",
                    e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        processes.close();
        stores.close();
        workspace.close();
    }
}
