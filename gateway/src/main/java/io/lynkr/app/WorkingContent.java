package io.lynkr.app;

import io.lynkr.tool.git.TestGate;
import io.lynkr.tool.test.TestedContent;

import java.util.Optional;

/** Lets what passed a test run be committed. */
record WorkingContent(TestGate gate) implements TestedContent {
    @Override
    public Optional<String> now() throws InterruptedException {
        return gate.content();
    }

    @Override
    public boolean passed(String content, String line) {
        return gate.passed(content, line);
    }
}
