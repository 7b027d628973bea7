package io.lynkr.store.memory;

import io.lynkr.tool.test.TestRunStore;
import io.lynkr.tool.test.TestRunStoreContract;

class MemoryTestRunStoreTest extends TestRunStoreContract {
    @Override
    protected TestRunStore store() {
        return new MemoryTestRunStore();
    }
}
