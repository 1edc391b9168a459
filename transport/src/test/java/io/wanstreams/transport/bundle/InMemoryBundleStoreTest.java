package io.wanstreams.transport.bundle;

import io.wanstreams.transport.testing.InMemoryBundleStore;

class InMemoryBundleStoreTest extends BundleStoreContract {

    private final InMemoryBundleStore store = new InMemoryBundleStore();

    @Override
    BundleStore store() {
        return store;
    }
}
