package io.lynkr.provider;

import io.lynkr.message.ModelInfo;

import java.util.List;
import java.util.OptionalLong;

/** A configured service that answers Messages requests. Safe for many threads. */
public interface Provider extends AutoCloseable {

    /** Its name in settings, logs and metrics, such as {@code databricks}. */
    String name();

    /**
     * Asks for an answer; returns when its first event, or the whole answer, is there. Interrupting
     * the thread cancels the upstream call.
     *
     * @throws ProviderException if there will be no answer; nothing has reached the client then
     */
    Reply send(ProviderCall call) throws ProviderException, InterruptedException;

    /** The backend's own count of a prompt's tokens; empty if it has none. */
    OptionalLong countTokens(ProviderCall call) throws ProviderException, InterruptedException;

    /** Whether the backend itself runs the API's web search where this call would go. */
    default boolean searchesWeb(ProviderCall call) {
        return false;
    }

    /** The models that the backend says it has; empty if it does not say. */
    List<ModelInfo> models() throws ProviderException, InterruptedException;

    @Override
    void close();
}
