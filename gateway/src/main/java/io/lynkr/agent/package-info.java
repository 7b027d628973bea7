/**
 * Runs one turn: asks the provider and hands every event on. Start reading at {@link
 * io.lynkr.agent.AgentLoop}. Nothing here knows a concrete provider.
 */
@NullMarked
package io.lynkr.agent;

import org.jspecify.annotations.NullMarked;
