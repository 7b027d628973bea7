package io.lynkr.provider;

import io.lynkr.message.ModelInfo;

import java.util.List;
import java.util.OptionalLong;

/** A provider around another one, which does whatever the layer has no opinion on. */
interface Layer extends Provider {

    Provider inner();

    @Override
    default String name() {
        return inner().name();
    }

    @Override
    default OptionalLong countTokens(ProviderCall call)
            throws ProviderException, InterruptedException {
        return inner().countTokens(call);
    }

    @Override
    default boolean searchesWeb(ProviderCall call) {
        return inner().searchesWeb(call);
    }

    @Override
    default List<ModelInfo> models() throws ProviderException, InterruptedException {
        return inner().models();
    }

    @Override
    default void close() {
        inner().close();
    }
}
