package io.lynkr.provider.demo;

import io.lynkr.json.JsonObject;
import io.lynkr.provider.demo.Directive.Act;
import io.lynkr.provider.demo.Directive.Edit;
import io.lynkr.provider.demo.Directive.Part;
import io.lynkr.provider.demo.Directive.Read;
import io.lynkr.provider.demo.Directive.Say;
import io.lynkr.provider.demo.Directive.ServerSearch;
import io.lynkr.provider.demo.Directive.Think;
import io.lynkr.provider.demo.Directive.Together;
import io.lynkr.provider.demo.Directive.Use;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what to say. It remembers nothing: what was asked last makes a plan, and the tool calls
 * made since tell how far the plan has come.
 */
final class DemoModel {
    private static final Pattern GREETING =
            shortText("(?:hi|hello|hey|hallo|good (?:morning|day|evening)|moin|bonjour|hola)\\b");
    private static final Pattern QUESTION_ABOUT_ITSELF =
            shortText("(?:help|who are you|what (?:are you|can you do|is this))\\b");
    private static final Pattern COMPACTION =
            Pattern.compile(
                    "(?:summary of|summari[sz]e) (?:the|this|our) conversation",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern TITLE = Pattern.compile("\\btitle\\b", Pattern.CASE_INSENSITIVE);

    /** How Claude Code refuses to change a file that the model has not seen. */
    private static final String READ_FIRST = "not been read";

    private final Conversation conversation;
    private final Toolbox toolbox;

    private DemoModel(Conversation conversation) {
        this.conversation = conversation;
        this.toolbox = new Toolbox(conversation);
    }

    private static Pattern shortText(String beginning) {
        return Pattern.compile(beginning + ".{0,30}", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    static Answer answer(Conversation conversation) {
        return new DemoModel(conversation).answer();
    }

    /** One answer of a plan: what is said, then the tools that are called. */
    private record Turn(List<Part> said, List<Act> acts, boolean secondTry) {}

    private Answer answer() {
        var schema = conversation.outputSchema();
        if (schema.isPresent()) {
            return Answer.text(new SampleValue(title()).object(schema.get()).toString());
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

    private boolean isTitleRequest() {
        return conversation.tools().isEmpty() && TITLE.matcher(conversation.systemText()).find();
    }

    private String title() {
        var words = conversation.prompt().replaceAll("<[^>]*>", " ").strip().split("\\s+", -1);
        var title = Stream.of(words).limit(6).collect(Collectors.joining(" "));
        return title.isEmpty() ? "Demo" : "Demo: " + Wording.shortened(title, 50);
    }

    private Answer summary() {
        var prompts = conversation.prompts();
        var requests =
                prompts.subList(0, prompts.size() - 1).stream()
                        .map(prompt -> "- " + oneLine(prompt, 200))
                        .collect(Collectors.joining("\n"));
        return Answer.text(
                "<summary>\n"
                        + Wording.IDENTITY
                        + " I cannot summarize, so these are the user's requests as they were:\n"
                        + (requests.isEmpty() ? "- (none)" : requests)
                        + "\n</summary>");
    }

    private Answer introduction() {
        var prompt = conversation.prompt();
        if (GREETING.matcher(prompt).matches()) {
            return Answer.text("Hello! " + Wording.IDENTITY + "\n\n" + Wording.PHRASES);
        }
        boolean asksForHelp = prompt.isEmpty() || QUESTION_ABOUT_ITSELF.matcher(prompt).matches();
        var notUnderstood =
                asksForHelp ? "" : " I do not understand \"" + oneLine(prompt, 80) + "\".";
        return Answer.text(
                acknowledgement() + Wording.IDENTITY + notUnderstood + "\n\n" + Wording.PHRASES);
    }

    /** Names what came along with the prompt. */
    private String acknowledgement() {
        return Wording.describe(conversation.attachments())
                .map(what -> "I received " + what + ".\n\n")
                .orElse("");
    }

    private static String oneLine(String text, int most) {
        return Wording.shortened(text.replaceAll("\\s+", " "), most);
    }

    private Optional<JsonObject> forcedTool() {
        var choice = conversation.toolChoice();
        return switch (choice.type()) {
            case "tool" -> choice.string("name").flatMap(conversation::tool);
            case "any" -> conversation.tools().stream().findFirst();
            default -> Optional.empty();
        };
    }

    /** What was asked for, if the forced tool does that; otherwise a call of it all the same. */
    private Part forcedUse(JsonObject tool, List<Directive> asked) {
        if (tool.type().startsWith("web_search")) {
            return new ServerSearch(
                    conversation.prompt().replaceFirst("(?is)^.*search for the query:\\s*", ""));
        }
        boolean mayChoose = conversation.toolChoice().type().equals("any");
        for (var directive : asked) {
            if (directive instanceof Act act
                    && toolbox.use(act).orElse(null) instanceof Use wanted
                    && (mayChoose || wanted.tool().equals(Toolbox.nameOf(tool)))) {
                return wanted;
            }
        }
        return toolbox.useSomehow(tool, conversation.prompt());
    }

    private Answer step(List<Directive> asked) {
        var turns = withSecondTries(turns(asked));
        int done = conversation.rounds().size();
        if (done >= turns.size()) {
            return Answer.text(Wording.quote(conversation.rounds().getLast()));
        }
        var parts = new ArrayList<Part>();
        if (done == 0 && !conversation.attachments().isEmpty()) {
            parts.add(new Say(acknowledgement()));
        }
        var turn = turns.get(done);
        parts.addAll(turn.said);
        turn.acts.forEach(act -> toolbox.use(act).ifPresent(parts::add));
        return new Answer(parts);
    }

    /** Cuts what was asked into answers: each ends with the tools whose results the next needs. */
    private List<Turn> turns(List<Directive> asked) {
        var turns = new ArrayList<Turn>();
        var said = new ArrayList<Part>();
        for (var directive : asked) {
            switch (directive) {
                case Think(var text) when !conversation.allowsThinking() ->
                        said.add(
                                new Say(
                                        "(Thinking is off, so this was not thought: "
                                                + text
                                                + ") "));
                case Part part -> said.add(part);
                case Edit edit when needsReading(edit.path()) -> {
                    endTurn(List.of(new Read(edit.path())), said, turns);
                    endTurn(List.of(edit), said, turns);
                }
                case Act act -> endTurn(List.of(act), said, turns);
                case Together(var acts) when mayCallInParallel() -> endTurn(acts, said, turns);
                case Together(var acts) -> acts.forEach(act -> endTurn(List.of(act), said, turns));
            }
        }
        if (!said.isEmpty()) {
            turns.add(new Turn(List.copyOf(said), List.of(), false));
        }
        return turns;
    }

    /** Ends an answer with tool calls; what no offered tool can do is only talked about. */
    private void endTurn(List<Act> acts, List<Part> said, List<Turn> turns) {
        var possible = acts.stream().filter(act -> toolbox.use(act).isPresent()).toList();
        acts.stream()
                .filter(act -> !possible.contains(act))
                .forEach(act -> said.add(new Say(" " + Wording.impossible(act))));
        if (!possible.isEmpty()) {
            turns.add(new Turn(List.copyOf(said), possible, false));
            said.clear();
        }
    }

    private boolean needsReading(String path) {
        return !conversation.hasOpened(toolbox.absolute(path));
    }

    private boolean mayCallInParallel() {
        return !conversation.toolChoice().isTrue("disable_parallel_tool_use");
    }

    /** Where a client refused because a file was not read yet, reads it and tries again, once. */
    private List<Turn> withSecondTries(List<Turn> plan) {
        var turns = new ArrayList<>(plan);
        var rounds = conversation.rounds();
        for (int i = 0; i < Math.min(turns.size(), rounds.size()); i++) {
            var turn = turns.get(i);
            var unread =
                    rounds.get(i).stream().filter(call -> call.failedWith(READ_FIRST)).findFirst();
            if (unread.isPresent() && !turn.secondTry && !turn.acts.isEmpty()) {
                var path = unread.get().input().string("file_path").orElse("");
                turns.add(i + 1, new Turn(List.of(), List.of(new Read(path)), true));
                turns.add(i + 2, new Turn(List.of(), turn.acts, true));
            }
        }
        return turns;
    }
}
