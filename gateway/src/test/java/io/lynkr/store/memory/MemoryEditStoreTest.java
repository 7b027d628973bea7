package io.lynkr.store.memory;

import io.lynkr.tool.edit.EditStore;
import io.lynkr.tool.edit.EditStoreContract;

class MemoryEditStoreTest extends EditStoreContract {
    @Override
    protected EditStore store() {
        return new MemoryEditStore();
    }
}
