/**
 * The repository on disk and the programs that run in it. What the model asks for reaches the
 * machine only through this room.
 *
 * <p>Start reading at {@link io.lynkr.workspace.Workspace}: files by {@link
 * io.lynkr.workspace.WorkspacePath}, opened one component at a time through directory handles,
 * never through a link that leads out. A {@link io.lynkr.workspace.PathGuard} has the last word on
 * what was really reached; policy provides it. {@link io.lynkr.workspace.ProcessRunner} runs a
 * {@link io.lynkr.workspace.ProcessSpec} to its end and leaves nothing behind; a {@link
 * io.lynkr.workspace.Sandbox} turns a spec into one that runs boxed in, and {@link
 * io.lynkr.workspace.SandboxProbe} finds out whether one works here.
 *
 * <pre>{@code
 * var workspace = Workspace.open(root, WorkspaceLimits.USUAL, guard);
 * var path = workspace.path("src/Main.java");            // or a WorkspaceException for the model
 * var text = workspace.readText(path);
 * workspace.write(path, text.encode(edited));            // atomic; mode and line ends stay
 *
 * var spec = ProcessSpec.of(List.of("bash", "-c", line), root, environment.variables());
 * var result = runner.run(sandbox.wrap(spec), OutputListener.NONE);
 * }</pre>
 */
@NullMarked
package io.lynkr.workspace;

import org.jspecify.annotations.NullMarked;
