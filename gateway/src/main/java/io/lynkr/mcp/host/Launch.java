package io.lynkr.mcp.host;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** How a server is reached; all variables are put in. */
sealed interface Launch {

    /** In the words of manifests. */
    String transport();

    /** The command line or address for people; without arguments of the environment and headers. */
    String target();

    /**
     * A program that speaks on its standard channels.
     *
     * @param environment what it gets besides a few usual variables
     * @param folder where it starts; empty for the workspace
     */
    record Stdio(
            String command, List<String> arguments, Map<String, String> environment, String folder)
            implements Launch {
        public Stdio {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }

        @Override
        public String transport() {
            return "stdio";
        }

        @Override
        public String target() {
            return arguments.isEmpty() ? command : command + " " + String.join(" ", arguments);
        }
    }

    /** Streamable HTTP. */
    record Http(URI url, Map<String, String> headers) implements Launch {
        public Http {
            headers = Map.copyOf(headers);
        }

        @Override
        public String transport() {
            return "http";
        }

        @Override
        public String target() {
            return url.toString();
        }
    }

    /** The transport of 2024-11-05: a stream that names where to post. */
    record Sse(URI url, Map<String, String> headers) implements Launch {
        public Sse {
            headers = Map.copyOf(headers);
        }

        @Override
        public String transport() {
            return "sse";
        }

        @Override
        public String target() {
            return url.toString();
        }
    }
}
