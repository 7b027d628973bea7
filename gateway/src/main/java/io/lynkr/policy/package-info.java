/**
 * Decides what a tool may do. The model is taken for an attacker: what counts is the canonical name
 * of the tool and what would really happen, never the wording of a request.
 *
 * <p>Start reading at {@link io.lynkr.policy.PolicyEngine}. A tool states its {@link
 * io.lynkr.policy.Action}s before it runs; every {@link io.lynkr.policy.PolicyRule} is asked about
 * each; one Deny denies, and so does an action that no rule knows or a rule that fails. Command
 * lines are taken apart by {@code ShellParser} into simple commands, which {@code CommandUnwrapper}
 * follows through {@code env}, {@code xargs}, {@code bash -c} and their like, and {@code
 * GitCommandLine} into the same git actions that git tools state. The command rules give clear
 * messages; the sandbox is the boundary.
 *
 * <pre>{@code
 * var engine = PolicyEngine.of(settings, programs, root, facts);
 * switch (engine.decide("shell", List.of(new Action.RunCommand(line, WorkspacePath.ROOT)))) {
 *     case Decision.Allow() -> {}
 *     case Decision.Deny(var rule, var reason) -> { return denied(rule, reason); }
 * }
 * }</pre>
 *
 * <p>Facts from elsewhere come in through the interfaces of {@link io.lynkr.policy.Facts}. {@link
 * io.lynkr.policy.FilePathRule} is also the workspace's {@link io.lynkr.workspace.PathGuard}.
 */
@NullMarked
package io.lynkr.policy;

import org.jspecify.annotations.NullMarked;
