package io.lynkr.provider.demo;

import io.lynkr.json.JsonObject;
import io.lynkr.provider.demo.Conversation.ToolCall;
import io.lynkr.provider.demo.Conversation.ToolResult;
import io.lynkr.provider.demo.Directive.Act;
import io.lynkr.provider.demo.Directive.Call;
import io.lynkr.provider.demo.Directive.Delegate;
import io.lynkr.provider.demo.Directive.Edit;
import io.lynkr.provider.demo.Directive.Part;
import io.lynkr.provider.demo.Directive.Read;
import io.lynkr.provider.demo.Directive.Run;
import io.lynkr.provider.demo.Directive.Say;
import io.lynkr.provider.demo.Directive.Search;
import io.lynkr.provider.demo.Directive.ServerSearch;
import io.lynkr.provider.demo.Directive.Think;
import io.lynkr.provider.demo.Directive.Together;
import io.lynkr.provider.demo.Directive.Use;
import io.lynkr.provider.demo.Directive.Write;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what to say. It remembers nothing: what was asked last makes a plan, and the tool calls
 * made since tell how far the plan has come.
 */
final class DemoModel {
    private static final String IDENTITY =
            "I am the demo model built into Lynkr: a script that answers the same way every time,"
                + " not a language model.";

    private static final String PHRASES =
            """
            You can ask me to
            - `list files`, or `run <command>`
            - `read <file>`, `replace A with B in <file>`, `write <file>: <content>`
            - `run <command> and <command> in parallel`
            - `search the web for <words>`
            - `think about <something>`
            - `ask a sub-agent to <do one of these>`
            - `call <tool> {"its": "input"}`, for any tool on offer, such as `call workspace_list`
            - `fail with 529`, `cut the stream`, `stall for 5 seconds`
            - `say <something>`, `count to 100`

            Join several with `, then`. docs/demo.md tells the rest. Set MODEL_PROVIDER to talk to a real model.\
            """;

    private static final Pattern GREETING =
            Pattern.compile(
                    "(?:hi|hello|hey|hallo|good"
                        + " (?:morning|day|evening)|moin|bonjour|hola)\\b.{0,30}",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern QUESTION_ABOUT_ITSELF =
            Pattern.compile(
                    "(?:help|who are you|what (?:are you|can you do|is this)).{0,30}",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern COMPACTION =
            Pattern.compile(
                    "summary of (?:the|this|our) conversation|summari[sz]e (?:the|this|our)"
                        + " conversation",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern TITLE = Pattern.compile("\\btitle\\b", Pattern.CASE_INSENSITIVE);

    private static final String READ_FIRST = "not been read";
    private static final int MOST_QUOTED_LINES = 20;
    private static final int MOST_QUOTED_CHARS = 1_200;

    private final Conversation conversation;

    private DemoModel(Conversation conversation) {
        this.conversation = conversation;
    }

    static Answer answer(Conversation conversation) {
        return new DemoModel(conversation).answer();
    }

    /** One answer of a plan: what is said, then the tools that are called. */
    private record Turn(List<Part> said, List<Act> acts, boolean secondTry) {}

    private Answer answer() {
        var format =
                conversation
                        .request()
                        .json()
                        .object("output_config")
                        .flatMap(c -> c.object("format"));
        if (format.isPresent()) {
            return structured(format.get().object("schema").orElse(JsonObject.EMPTY));
        }
        if (COMPACTION.matcher(conversation.prompt()).find()) {
            return summary();
        }
        if (isTitleRequest()) {
            return Answer.text(title());
        }
        var asked = Phrasebook.read(conversation.prompt());
        var forced = forcedTool();
        if (forced.isPresent()) {
            return new Answer(List.of(forcedUse(forced.get(), asked)));
        }
        return asked.isEmpty() && conversation.rounds().isEmpty() ? introduction() : step(asked);
    }

    // --- Side requests of clients

    private Answer structured(JsonObject schema) {
        return Answer.text(new SampleValue(title()).object(schema).toString());
    }

    private boolean isTitleRequest() {
        return conversation.request().tools().isEmpty()
                && TITLE.matcher(conversation.systemText()).find();
    }

    private String title() {
        var words = conversation.prompt().replaceAll("<[^>]*>", " ").strip().split("\\s+", -1);
        var title = Stream.of(words).limit(6).collect(Collectors.joining(" "));
        return title.isEmpty() ? "Demo" : "Demo: " + shortened(title, 50);
    }

    private Answer summary() {
        var prompts = conversation.prompts();
        var earlier = prompts.subList(0, prompts.size() - 1);
        var requests =
                earlier.stream()
                        .map(prompt -> "- " + shortened(prompt.replace('\n', ' '), 200))
                        .collect(Collectors.joining("\n"));
        return Answer.text(
                """
                <summary>
                %s I cannot summarize, so these are the user's requests as they were:
                %s
                </summary>\
                """
                        .formatted(IDENTITY, requests.isEmpty() ? "- (none)" : requests));
    }

    // --- Forced tools

    private Optional<JsonObject> forcedTool() {
        var choice = conversation.toolChoice();
        return switch (choice.type()) {
            case "tool" -> choice.string("name").flatMap(conversation::tool);
            case "any" -> conversation.tools().stream().findFirst();
            default -> Optional.empty();
        };
    }

    private boolean mayChoose() {
        return conversation.toolChoice().type().equals("any");
    }

    private Part forcedUse(JsonObject tool, List<Directive> asked) {
        if (tool.type().startsWith("web_search")) {
            return new ServerSearch(searchQuery());
        }
        for (var directive : asked) {
            if (directive instanceof Act act
                    && use(act).orElse(null) instanceof Use wanted
                    && (mayChoose() || wanted.tool().equals(nameOf(tool)))) {
                return wanted;
            }
        }
        return new Use(nameOf(tool), sampleInput(tool, conversation.prompt()));
    }

    private String searchQuery() {
        return conversation.prompt().replaceFirst("(?is)^.*search for the query:\\s*", "");
    }

    // --- Plans

    private Answer step(List<Directive> asked) {
        var turns = withSecondTries(turns(asked));
        int done = conversation.rounds().size();
        var parts = new ArrayList<Part>();
        if (done < turns.size()) {
            var turn = turns.get(done);
            parts.addAll(turn.said);
            turn.acts.forEach(act -> use(act).ifPresent(parts::add));
        }
        if (done == 0) {
            acknowledgement().ifPresent(text -> parts.addFirst(new Say(text + "\n\n")));
        }
        if (parts.isEmpty()) {
            parts.add(new Say(quoteOfResults()));
        }
        return new Answer(parts);
    }

    /**
     * Cuts what was asked into answers: each ends with the tools whose results the next one needs.
     */
    private List<Turn> turns(List<Directive> asked) {
        var turns = new ArrayList<Turn>();
        var said = new ArrayList<Part>();
        for (var directive : asked) {
            switch (directive) {
                case Think(var text) when !conversation.allowsThinking() ->
                        said.add(
                                new Say(
                                        "(The request does not allow thinking: "
                                                + shortened(text, 80)
                                                + ") "));
                case Part part -> said.add(part);
                case Edit edit when needsReading(edit.path()) -> {
                    act(List.of(new Read(edit.path())), said, turns);
                    act(List.of(edit), said, turns);
                }
                case Act act -> act(List.of(act), said, turns);
                case Together(var acts) when mayCallInParallel() -> act(acts, said, turns);
                case Together(var acts) -> acts.forEach(act -> act(List.of(act), said, turns));
            }
        }
        if (!said.isEmpty()) {
            turns.add(new Turn(List.copyOf(said), List.of(), false));
        }
        return turns;
    }

    /** Ends an answer with tool calls; those that no offered tool can do are only talked about. */
    private void act(List<Act> acts, List<Part> said, List<Turn> turns) {
        var possible = acts.stream().filter(act -> use(act).isPresent()).toList();
        acts.stream()
                .filter(act -> use(act).isEmpty())
                .map(DemoModel::impossible)
                .forEach(said::add);
        if (!possible.isEmpty()) {
            turns.add(new Turn(List.copyOf(said), possible, false));
            said.clear();
        }
    }

    private static Part impossible(Act act) {
        var wanted =
                switch (act) {
                    case Run(var command) -> "run `" + command + "`";
                    case Read(var path) -> "read " + path;
                    case Edit(var path, _, _) -> "edit " + path;
                    case Write(var path, _) -> "write " + path;
                    case Delegate _ -> "ask a sub-agent";
                    case Search _ -> "search the web";
                    case Call(var tool, _, _, _) -> "call `" + tool + "`";
                };
        return new Say(" I would " + wanted + ", but this request offers no tool for that. ");
    }

    private boolean needsReading(String path) {
        var absolute = resolved(path);
        return conversation.before().stream()
                .noneMatch(call -> call.input().string("file_path").orElse("").equals(absolute));
    }

    private boolean mayCallInParallel() {
        return !conversation.toolChoice().isTrue("disable_parallel_tool_use");
    }

    /**
     * A client may want a file read before it is written; then it is read, and the act tried again.
     */
    private List<Turn> withSecondTries(List<Turn> plan) {
        var turns = new ArrayList<>(plan);
        for (int i = 0; i < Math.min(turns.size(), conversation.rounds().size()); i++) {
            var turn = turns.get(i);
            var unread =
                    conversation.rounds().get(i).stream()
                            .filter(call -> call.failedWith(READ_FIRST))
                            .findFirst();
            if (unread.isPresent() && !turn.secondTry && !turn.acts.isEmpty()) {
                var path = unread.get().input().string("file_path").orElse("");
                turns.add(i + 1, new Turn(List.of(), List.of(new Read(path)), true));
                turns.add(i + 2, new Turn(List.of(), turn.acts, true));
            }
        }
        return turns;
    }

    /** The call that does what is asked, if a tool for it is offered. */
    private Optional<Part> use(Act act) {
        return switch (act) {
            case Run(var command) ->
                    use(
                            JsonObject.of("command", command)
                                    .with("description", "Run " + shortened(command, 40)),
                            "Bash",
                            "bash");
            case Read(var path) -> use(JsonObject.of("file_path", resolved(path)), "Read");
            case Edit(var path, var before, var after) ->
                    use(
                            JsonObject.of("file_path", resolved(path))
                                    .with("old_string", before)
                                    .with("new_string", after),
                            "Edit");
            case Write(var path, var content) ->
                    use(
                            JsonObject.of("file_path", resolved(path)).with("content", content),
                            "Write");
            case Delegate(var prompt) ->
                    use(
                            JsonObject.of("description", shortened(prompt, 40))
                                    .with("prompt", prompt)
                                    .with("subagent_type", "general-purpose"),
                            "Agent",
                            "Task");
            case Search(var query) -> search(query);
            case Call call -> call(call);
        };
    }

    private Optional<Part> use(JsonObject input, String... names) {
        return conversation.tool(names).map(tool -> new Use(nameOf(tool), input));
    }

    private Optional<Part> search(String query) {
        return conversation.offersServerSearch()
                ? Optional.of(new ServerSearch(query))
                : use(JsonObject.of("query", query), "WebSearch");
    }

    private Optional<Part> call(Call call) {
        var offered = conversation.tool(call.tool());
        if (offered.isEmpty() && !call.evenIfUnknown()) {
            return Optional.empty();
        }
        var tool = offered.orElse(JsonObject.of("name", call.tool()));
        return Optional.of(
                new Use(
                        nameOf(tool),
                        call.input().orElseGet(() -> sampleInput(tool, call.hint()))));
    }

    private static JsonObject sampleInput(JsonObject tool, String text) {
        var sample = new SampleValue(text.isEmpty() ? "demo" : shortened(text, 500));
        return sample.object(tool.object("input_schema").orElse(JsonObject.EMPTY));
    }

    private static String nameOf(JsonObject tool) {
        return tool.string("name").orElse("");
    }

    /** An absolute path, as clients' tools want it. */
    private String resolved(String path) {
        boolean absolute =
                path.startsWith("/") || path.startsWith("~") || path.matches("[A-Za-z]:[\\\\/].*");
        if (absolute || conversation.workingDirectory().isEmpty()) {
            return path;
        }
        var directory = conversation.workingDirectory().get();
        return (directory.endsWith("/") ? directory : directory + "/")
                + path.replaceFirst("^(?:\\./)+", "");
    }

    // --- Texts

    private Answer introduction() {
        var prompt = conversation.prompt();
        var seen = acknowledgement();
        if (GREETING.matcher(prompt).matches()) {
            return Answer.text("Hello! " + IDENTITY + "\n\n" + PHRASES);
        }
        if (QUESTION_ABOUT_ITSELF.matcher(prompt).matches()) {
            return Answer.text(IDENTITY + "\n\n" + PHRASES);
        }
        var asked =
                prompt.isEmpty()
                        ? ""
                        : " I do not understand \""
                                + shortened(prompt.replace('\n', ' '), 80)
                                + "\".";
        return Answer.text(
                seen.map(text -> text + "\n\n").orElse("") + IDENTITY + asked + "\n\n" + PHRASES);
    }

    /** What came along with the prompt, in words. */
    private Optional<String> acknowledgement() {
        return described(conversation.attachments()).map(what -> "I received " + what + ".");
    }

    private static Optional<String> described(List<JsonObject> attachments) {
        return attachments.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        attachments.stream()
                                .map(DemoModel::describe)
                                .collect(Collectors.joining(" and ")));
    }

    private static String describe(JsonObject attachment) {
        var source = attachment.object("source").orElse(JsonObject.EMPTY);
        var article = attachment.type().equals("image") ? "an image" : "a document";
        var data = source.string("data");
        if (data.isEmpty()) {
            return article
                    + " ("
                    + source.string("url").or(() -> source.string("file_id")).orElse(source.type())
                    + ")";
        }
        var media = source.string("media_type").orElse("?");
        var format = media.substring(media.indexOf('/') + 1).toUpperCase(Locale.ROOT);
        long size =
                source.type().equals("base64") ? decodedLength(data.get()) : data.get().length();
        return article + " (" + format + ", " + size + " bytes)";
    }

    private static long decodedLength(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64).length;
        } catch (IllegalArgumentException broken) {
            return 0;
        }
    }

    private String quoteOfResults() {
        return conversation.rounds().getLast().stream()
                .map(this::quote)
                .collect(Collectors.joining("\n\n"));
    }

    private String quote(ToolCall call) {
        if (call.result().isEmpty()) {
            return "I see no result of `" + call.tool() + "`.";
        }
        var result = call.result().get();
        var images =
                described(result.attachments())
                        .map(what -> " It came with " + what + ".")
                        .orElse("");
        if (result.text().isEmpty()) {
            return "`" + call.tool() + "` is done and said nothing." + images;
        }
        return opening(call, result)
                + "\n\n```\n"
                + excerpt(result.text())
                + "\n```"
                + (images.isEmpty() ? "" : "\n" + images);
    }

    private static String opening(ToolCall call, ToolResult result) {
        if (result.failed()) {
            return "That did not work. `" + call.tool() + "` says:";
        }
        return switch (call.tool()) {
            case "Bash" ->
                    "`" + shortened(call.input().string("command").orElse(""), 60) + "` printed:";
            case "Read" -> call.input().string("file_path").orElse("The file") + " says:";
            case "Edit", "Write" -> "Done. `" + call.tool() + "` says:";
            case "Agent", "Task" -> "The sub-agent reports:";
            default -> "`" + call.tool() + "` answered:";
        };
    }

    private static String excerpt(String text) {
        var lines = text.lines().limit(MOST_QUOTED_LINES).collect(Collectors.joining("\n"));
        var excerpt =
                lines.length() > MOST_QUOTED_CHARS ? lines.substring(0, MOST_QUOTED_CHARS) : lines;
        return excerpt.length() < text.length() ? excerpt + "\n…" : excerpt;
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
