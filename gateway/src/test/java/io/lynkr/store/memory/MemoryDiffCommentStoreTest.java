package io.lynkr.store.memory;

import io.lynkr.tool.git.DiffCommentStore;
import io.lynkr.tool.git.DiffCommentStoreContract;

class MemoryDiffCommentStoreTest extends DiffCommentStoreContract {
    @Override
    protected DiffCommentStore store() {
        return new MemoryDiffCommentStore();
    }
}
