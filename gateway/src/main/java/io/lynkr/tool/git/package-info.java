/**
 * Git in the workspace: what has changed, stage, commit, exchange with remotes, and what the
 * history tells.
 *
 * <p>Start reading at {@link io.lynkr.tool.git.GitTools}, the list of them. Each tool reads its
 * arguments, states git actions for the policy and works through {@code Repository}, which knows
 * git's plumbing and lets one change happen at a time. Names of files go in and come out with NULs
 * between them, so that none is cut or taken for an option. A change that fails takes itself back,
 * or its result says in which state the repository is.
 *
 * <p>{@link io.lynkr.tool.git.TestGate} knows by content which trees have passed the tests; {@code
 * SecretScan} looks at what is about to be committed.
 */
@NullMarked
package io.lynkr.tool.git;

import org.jspecify.annotations.NullMarked;
