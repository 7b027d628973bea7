package io.lynkr.provider.demo;

import io.lynkr.json.JsonObject;
import io.lynkr.provider.demo.Directive.Act;
import io.lynkr.provider.demo.Directive.Call;
import io.lynkr.provider.demo.Directive.Delegate;
import io.lynkr.provider.demo.Directive.Edit;
import io.lynkr.provider.demo.Directive.Part;
import io.lynkr.provider.demo.Directive.Read;
import io.lynkr.provider.demo.Directive.Run;
import io.lynkr.provider.demo.Directive.Search;
import io.lynkr.provider.demo.Directive.ServerSearch;
import io.lynkr.provider.demo.Directive.Use;
import io.lynkr.provider.demo.Directive.Write;

import java.util.Optional;

/** Finds the offered tool for an act, and fills in its input as Claude Code's tools want it. */
final class Toolbox {
    private static final int LONGEST_HINT = 500;

    private final Conversation conversation;

    Toolbox(Conversation conversation) {
        this.conversation = conversation;
    }

    /** The call that does what is asked; nothing if no tool for it is offered. */
    Optional<Part> use(Act act) {
        return switch (act) {
            case Run(var command) ->
                    offered(
                            JsonObject.of("command", command)
                                    .with("description", "Run " + Wording.shortened(command, 40)),
                            "Bash",
                            "bash");
            case Read(var path) -> offered(JsonObject.of("file_path", absolute(path)), "Read");
            case Edit(var path, var before, var after) ->
                    offered(
                            JsonObject.of("file_path", absolute(path))
                                    .with("old_string", before)
                                    .with("new_string", after),
                            "Edit");
            case Write(var path, var content) ->
                    offered(
                            JsonObject.of("file_path", absolute(path)).with("content", content),
                            "Write");
            case Delegate(var prompt) ->
                    offered(
                            JsonObject.of("description", Wording.shortened(prompt, 40))
                                    .with("prompt", prompt)
                                    .with("subagent_type", "general-purpose"),
                            "Agent",
                            "Task");
            case Search(var query) -> search(query);
            case Call call -> call(call);
        };
    }

    /** A call of this very tool, with an input made up from its schema. */
    Part useSomehow(JsonObject tool, String hint) {
        var sample =
                new SampleValue(hint.isEmpty() ? "demo" : Wording.shortened(hint, LONGEST_HINT));
        return new Use(
                nameOf(tool), sample.object(tool.object("input_schema").orElse(JsonObject.EMPTY)));
    }

    static String nameOf(JsonObject tool) {
        return tool.string("name").orElse("");
    }

    /** An absolute path, as clients' tools want it. */
    String absolute(String path) {
        boolean isAbsolute =
                path.startsWith("/") || path.startsWith("~") || path.matches("[A-Za-z]:[\\\\/].*");
        return isAbsolute
                ? path
                : conversation.workingDirectory().map(start -> joined(start, path)).orElse(path);
    }

    private static String joined(String directory, String path) {
        return directory.replaceFirst("/+$", "") + "/" + path.replaceFirst("^(?:\\./)+", "");
    }

    private Optional<Part> offered(JsonObject input, String... names) {
        return conversation.tool(names).map(tool -> new Use(nameOf(tool), input));
    }

    private Optional<Part> search(String query) {
        return conversation.offersServerSearch()
                ? Optional.of(new ServerSearch(query))
                : offered(JsonObject.of("query", query), "WebSearch");
    }

    private Optional<Part> call(Call call) {
        var offered = conversation.tool(call.tool());
        if (offered.isEmpty() && !call.evenIfUnknown()) {
            return Optional.empty();
        }
        var tool = offered.orElse(JsonObject.of("name", call.tool()));
        return Optional.of(
                call.input()
                        .<Part>map(input -> new Use(nameOf(tool), input))
                        .orElseGet(() -> useSomehow(tool, call.hint())));
    }
}
