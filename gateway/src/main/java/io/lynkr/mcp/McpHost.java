package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The MCP servers that the gateway speaks with, in the eyes of those who call them. */
public interface McpHost {

    /** No servers at all. */
    McpHost NONE = new NoServers();

    /** All that are configured, by name. */
    List<HostedServer> servers();

    /**
     * The tools of all servers that may be called, always in the same order. Waits a moment for
     * servers whose tools nobody has seen yet.
     */
    List<HostedTool> tools();

    /**
     * How a request is made.
     *
     * @param capabilities of the client for whom it is made; {@link JsonObject#EMPTY} if it has
     *     none
     * @param patience how long an answer may take at most
     * @param notices takes {@code notifications/progress} and {@code notifications/message} that
     *     belong to it, from any thread
     */
    record Asking(JsonObject capabilities, Duration patience, Consumer<JsonObject> notices) {}

    /**
     * Sends one request to a server, which is started if need be.
     *
     * @param params without the protocol's own {@code _meta} members, which are added
     * @return the result, as the server gave it
     * @throws McpCallException if there is none
     */
    JsonObject ask(String server, String method, JsonObject params, Asking asking)
            throws McpCallException, InterruptedException;

    /**
     * Everything of one kind that the servers listed last, each with the server's name; starts
     * nobody.
     *
     * @param kind such as {@code resources}
     */
    List<Listed> listed(Kind kind);

    /** What servers list besides tools. */
    enum Kind {
        RESOURCES("resources/list", "resources", "resources"),
        RESOURCE_TEMPLATES("resources/templates/list", "resourceTemplates", "resources"),
        PROMPTS("prompts/list", "prompts", "prompts");

        private final String method;
        private final String member;
        private final String capability;

        Kind(String method, String member, String capability) {
            this.method = method;
            this.member = member;
            this.capability = capability;
        }

        public String method() {
            return method;
        }

        /** The member of the result that holds the list. */
        public String member() {
            return member;
        }

        /** The server's capability that says it has them. */
        public String capability() {
            return capability;
        }
    }

    /** An entry of a server's list. */
    record Listed(String server, JsonObject definition) {}

    /**
     * Ends a server's process or connection; the next call starts it again.
     *
     * @return whether it ran
     */
    boolean release(String server);

    /**
     * Hears of changed lists.
     *
     * @return takes the listener away
     */
    Runnable onChange(Listener listener);

    /** Hears of changed lists, on any thread; must not block. */
    interface Listener {
        /**
         * @param notification its method, such as {@code notifications/tools/list_changed}
         */
        void changed(String notification);

        /** Nothing is heard any more. */
        void over();
    }
}
