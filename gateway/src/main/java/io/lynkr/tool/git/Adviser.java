package io.lynkr.tool.git;

import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolException;

import java.util.Optional;

/** Answers questions about changes: the configured backend, which the fuse box plugs in. */
@FunctionalInterface
public interface Adviser {

    /**
     * A question.
     *
     * @param system what kind of answer is wanted
     * @param model a name as clients use them; the usual one if empty
     */
    record Question(String system, String prompt, Optional<String> model, int maxTokens) {}

    /**
     * Asks and waits; the context's progress hears that the answer comes.
     *
     * @throws ToolException if there is no answer
     */
    String ask(Question question, CallContext context) throws ToolException, InterruptedException;
}
