package io.lynkr.app;

import io.lynkr.config.ConfigException;
import io.lynkr.config.Settings;
import io.lynkr.json.JsonObject;

import java.util.List;
import java.util.function.Consumer;

/** The gateway's own tools, to be used from the command line without a gateway around them. */
public interface ToolBench extends AutoCloseable {

    /**
     * What there is to know about a tool.
     *
     * @param description when and how to use it
     * @param schema JSON Schema of its arguments
     */
    record Info(String name, String family, String description, JsonObject schema) {}

    /**
     * What a call came to.
     *
     * @param text as a model would read it
     * @param isError whether it failed or was denied
     */
    record Outcome(String text, boolean isError) {}

    /** Sets a bench up. */
    interface Opener {
        /**
         * @throws ConfigException if the settings cannot be used
         */
        ToolBench open(Settings settings);

        /** Looks where commands of models would run. */
        ProbeResult sandbox(Settings settings) throws InterruptedException;
    }

    /** All tools, in the order in which they are listed everywhere. */
    List<Info> tools();

    /**
     * Runs one under the policy of the settings.
     *
     * @param progress hears what goes on; any thread may call it
     * @throws InterruptedException if nobody waits any more; what ran has been stopped
     */
    Outcome call(String name, JsonObject arguments, Consumer<String> progress)
            throws InterruptedException;

    @Override
    void close();
}
