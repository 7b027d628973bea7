package io.lynkr.store.memory;

import io.lynkr.session.SessionStore;
import io.lynkr.session.SessionStoreContract;

class MemorySessionStoreTest extends SessionStoreContract {
    @Override
    protected SessionStore store() {
        return new MemorySessionStore();
    }
}
