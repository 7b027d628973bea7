package io.lynkr.store.memory;

import io.lynkr.tool.task.TaskStore;
import io.lynkr.tool.task.TaskStoreContract;

class MemoryTaskStoreTest extends TaskStoreContract {
    @Override
    protected TaskStore store() {
        return new MemoryTaskStore();
    }
}
