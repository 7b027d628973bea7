package io.lynkr.mcp.host;

import io.lynkr.json.JsonObject;

import java.io.IOException;
import java.util.Map;

/** A way to one server: carries JSON-RPC messages both ways. */
interface Transport {

    /** Takes what arrives, on any thread. */
    interface Inbox {
        void received(JsonObject message);

        /** A request will not be answered; others may. */
        void failed(long id, String reason);

        /** Nothing arrives any more. */
        void closed(String reason);
    }

    /** Begins; what arrives goes to the inbox. */
    void open(Inbox inbox) throws IOException, InterruptedException;

    /**
     * Sends a message; does not wait for an answer.
     *
     * @param headers further ones, where there are headers
     */
    void send(JsonObject message, Map<String, String> headers)
            throws IOException, InterruptedException;

    /** Nobody waits for the answer to this request any more. */
    void abandon(long id);

    /** Which revision was agreed on; from now on it is said with each message. */
    void agreed(String version, boolean stateless);

    /** Ends it, and what was started for it. */
    void close();
}
