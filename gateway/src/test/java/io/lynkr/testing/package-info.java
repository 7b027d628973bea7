/**
 * What stands outside the gateway in tests, as fakes that are real on the wire.
 *
 * <p>Start reading at {@link io.lynkr.testing.FakeUpstream}: an HTTP server that plays every model
 * service. What it says is decided once, by {@link io.lynkr.testing.ScriptedModel}, from a {@link
 * io.lynkr.testing.ModelRequest}, and written by a {@link io.lynkr.testing.Wire}: Messages API,
 * OpenAI or Ollama. How it goes wrong is said by a {@link io.lynkr.testing.Reply}.
 *
 * <p>The other side: {@code ClaudeCli} runs the real Claude Code, {@code NodeClient} the official
 * TypeScript SDK, both in a {@code TempWorkspace}; {@code ClaudeCodeScenarios} is the list of what
 * must work, run against whatever base address is handed in.
 *
 * <p>Nothing here depends on the gateway's own code.
 */
@NullMarked
package io.lynkr.testing;

import org.jspecify.annotations.NullMarked;
