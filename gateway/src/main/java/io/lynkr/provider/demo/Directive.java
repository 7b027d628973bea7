package io.lynkr.provider.demo;

import io.lynkr.json.JsonObject;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing that the demo model was asked to do. */
sealed interface Directive {

    /** Something that needs no tool. */
    sealed interface Part extends Directive {}

    record Say(String text) implements Part {}

    /** Left out if the request does not allow thinking. */
    record Think(String text) implements Part {}

    record Silence(Duration time) implements Part {}

    /** Breaks a streamed answer off; a whole answer is not touched. */
    record Cut() implements Part {}

    /** Gives no answer but an error with this HTTP status. */
    record Fail(int status) implements Part {}

    /** A search that the model's own service would carry out, with results that are made up. */
    record ServerSearch(String query) implements Part {}

    /** A tool call as it goes out. */
    record Use(String tool, JsonObject input) implements Part {}

    /** Something that needs a tool, if the request offers one for it. */
    sealed interface Act extends Directive {}

    record Run(String command) implements Act {}

    record Read(String path) implements Act {}

    record Edit(String path, String before, String after) implements Act {}

    record Write(String path, String content) implements Act {}

    record Delegate(String prompt) implements Act {}

    record Search(String query) implements Act {}

    /**
     * Any tool by its name.
     *
     * @param input what to call it with; made up from its schema if empty
     * @param evenIfUnknown whether it is called although the request does not offer it
     */
    record Call(String tool, Optional<JsonObject> input, String hint, boolean evenIfUnknown)
            implements Act {}

    /** Tool calls in one and the same answer. */
    record Together(List<Act> acts) implements Directive {
        public Together {
            acts = List.copyOf(acts);
        }
    }
}
