package io.lynkr.store.memory;

import io.lynkr.tool.git.TestedTrees;
import io.lynkr.tool.git.TestedTreesContract;

class MemoryTestedTreesTest extends TestedTreesContract {
    @Override
    protected TestedTrees trees() {
        return new MemoryTestedTrees();
    }
}
