package io.lynkr.provider.demo;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.provider.demo.Directive.Act;
import io.lynkr.provider.demo.Directive.Call;
import io.lynkr.provider.demo.Directive.Cut;
import io.lynkr.provider.demo.Directive.Delegate;
import io.lynkr.provider.demo.Directive.Edit;
import io.lynkr.provider.demo.Directive.Fail;
import io.lynkr.provider.demo.Directive.Read;
import io.lynkr.provider.demo.Directive.Run;
import io.lynkr.provider.demo.Directive.Say;
import io.lynkr.provider.demo.Directive.Search;
import io.lynkr.provider.demo.Directive.Silence;
import io.lynkr.provider.demo.Directive.Think;
import io.lynkr.provider.demo.Directive.Together;
import io.lynkr.provider.demo.Directive.Write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the demo model understands of plain English. */
final class Phrasebook {
    /** Longer texts are no requests, and would cost the patterns below too much. */
    private static final int LONGEST_REQUEST = 4_000;

    private static final Pattern POLITENESS =
            Pattern.compile(
                    "^(?:(?:please|now|ok,?|can you|could you|would you|will you|i want you"
                            + " to|let's|just)\\s+)+",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NEXT_REQUEST =
            Pattern.compile("\\s*[,;.]?\\s+(?:and\\s+)?then\\s+", Pattern.CASE_INSENSITIVE);

    private record Phrase(Pattern form, Function<MatchResult, List<Directive>> meaning) {}

    /** The first form that fits a request gives its meaning. */
    private static final List<Phrase> PHRASES =
            List.of(
                    phrase(
                            "(?:run|execute) (.+?) and (.+?) (?:in parallel|at the same time|at"
                                    + " once)",
                            m ->
                                    List.of(
                                            new Say("I'll run both at the same time."),
                                            new Together(
                                                    List.of(
                                                            new Run(bare(m, 1)),
                                                            new Run(bare(m, 2)))))),
                    phrase(
                            "list (?:(?:the|all|my) )*(?:files|directory|folder)(?: in (.+))?",
                            m ->
                                    act(
                                            "I'll list the files.",
                                            new Run(
                                                    m.group(1) == null
                                                            ? "ls -la"
                                                            : "ls -la " + bare(m, 1)))),
                    phrase(
                            "(?:run|execute)(?: the)?(?: shell)?(?: command)?:?"
                                    + " (?!(?:the|my|all|a|an|some|your) )(.+)",
                            m -> act("I'll run `" + bare(m, 1) + "`.", new Run(bare(m, 1)))),
                    phrase(
                            "(?:replace|change) (.+?) (?:with|by|to) (.+) in(?: the)?(?: file)?"
                                    + " (\\S+)",
                            m ->
                                    act(
                                            "I'll change " + bare(m, 3) + ".",
                                            new Edit(bare(m, 3), bare(m, 1), bare(m, 2)))),
                    phrase(
                            "(?:write|create)(?: an?| the)?(?: new)?(?: file)?(?: called| named)?"
                                    + " (\\S+?)(?::| with(?: the)? (?:contents?|text):?)\\s+(.+)",
                            m ->
                                    act(
                                            "I'll write " + bare(m, 1) + ".",
                                            new Write(bare(m, 1), bare(m, 2)))),
                    phrase(
                            "(?:read|open|print|show(?: me)?)(?: the)?(?: file)? ([^\\s?]+)",
                            m -> act("I'll read " + bare(m, 1) + ".", new Read(bare(m, 1)))),
                    phrase(
                            "(?:search|look)(?: on| in)?(?: the)? (?:web|internet|online)(?: for)?"
                                    + " (.+)",
                            m -> act("I'll search the web.", new Search(bare(m, 1)))),
                    phrase(
                            "think(?: hard(?:er)?| deeply| carefully)?(?: about)?:? ?(.*)",
                            m ->
                                    List.of(
                                            new Think(
                                                    "I am a script, so this is no real thought. I"
                                                            + " was asked to think about: "
                                                            + (m.group(1).isEmpty()
                                                                    ? "nothing in particular"
                                                                    : bare(m, 1))
                                                            + ". What I can do is to show what a"
                                                            + " thinking block looks like."),
                                            new Say(
                                                    "I thought about it as far as a script can:"
                                                            + " what you saw before this line was a"
                                                            + " thinking block."))),
                    phrase(
                            "(?:ask|use|start|launch)(?: an?| the)? (?:sub-?agent|agent|task)(?:"
                                    + " to|:)? (.+)",
                            m -> act("I'll hand this to a sub-agent.", new Delegate(bare(m, 1)))),
                    phrase(
                            "(?:fail|answer|respond)(?: with)?(?: an?| the)?(?: http)?(?: error|"
                                    + " status)?(?: code)? ([45]\\d\\d)\\b.*",
                            m -> List.of(new Fail(Integer.parseInt(m.group(1))))),
                    phrase(
                            "(?:cut|break)(?: off)? the (?:stream|connection|answer).*",
                            _ ->
                                    List.of(
                                            new Say(
                                                    "This streamed answer breaks off in the middle"
                                                            + " of"),
                                            new Cut(),
                                            new Say(
                                                    " the sentence; you see the rest because it was"
                                                            + " asked for again, whole."))),
                    phrase(
                            "(?:stall|hang|be silent)(?: for (\\d{1,5})(?: ?s| seconds?)?)?",
                            m ->
                                    List.of(
                                            new Say("Now I am silent"),
                                            new Silence(
                                                    Duration.ofSeconds(
                                                            m.group(1) == null
                                                                    ? 600
                                                                    : Long.parseLong(m.group(1)))),
                                            new Say(" … and now I speak again."))),
                    phrase(
                            "(?:call|invoke|use)(?: the)?(?: tool)? ([A-Za-z0-9_.-]+)(?: tool)?(?:"
                                    + " with)?(?:\\s+(.+))?",
                            Phrasebook::call),
                    phrase(
                            "count to (\\d{1,4})",
                            m -> List.of(new Say(numbersTo(Integer.parseInt(m.group(1)))))),
                    phrase(
                            "(?:say|repeat|reply with|answer with)(?: exactly)?:? (.+)",
                            m -> List.of(new Say(bare(m, 1)))));

    private Phrasebook() {}

    /** What a text asks for, in order; nothing if it is not understood. */
    static List<Directive> read(String text) {
        var brackets = Brackets.read(text);
        if (!brackets.isEmpty()) {
            return brackets;
        }
        if (text.length() > LONGEST_REQUEST) {
            return List.of();
        }
        var parts = Arrays.stream(NEXT_REQUEST.split(text)).map(Phrasebook::readOne).toList();
        return parts.stream().noneMatch(List::isEmpty)
                ? parts.stream().flatMap(List::stream).toList()
                : readOne(text);
    }

    private static List<Directive> readOne(String text) {
        var plain = POLITENESS.matcher(text.strip()).replaceFirst("");
        for (var phrase : PHRASES) {
            var matcher = phrase.form.matcher(plain);
            if (matcher.matches()) {
                return phrase.meaning.apply(matcher.toMatchResult());
            }
        }
        return List.of();
    }

    private static Phrase phrase(String form, Function<MatchResult, List<Directive>> meaning) {
        var whole = form + "\\s*(?:,? please)?[.?!]?";
        return new Phrase(
                Pattern.compile(whole, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), meaning);
    }

    private static List<Directive> act(String announcement, Act act) {
        return List.of(new Say(announcement), act);
    }

    private static List<Directive> call(MatchResult match) {
        var tool = match.group(1);
        var rest = Optional.ofNullable(match.group(2)).orElse("").strip();
        var input = jsonObject(rest);
        var hint = input.isPresent() ? "" : rest;
        return act("I'll call `" + tool + "`.", new Call(tool, input, hint, false));
    }

    private static Optional<JsonObject> jsonObject(String text) {
        try {
            return text.startsWith("{") ? Optional.of(JsonObject.parse(text)) : Optional.empty();
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    private static String numbersTo(int last) {
        return String.join(
                " ", IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList());
    }

    /** A part of a request without the quotes that people put around it. */
    private static String bare(MatchResult match, int group) {
        var text = match.group(group).strip();
        return Stream.of("`", "\"", "'")
                .filter(
                        quote ->
                                text.length() > 1 && text.startsWith(quote) && text.endsWith(quote))
                .findFirst()
                .map(_ -> text.substring(1, text.length() - 1))
                .orElse(text);
    }

    /** Directives in double brackets, which leave nothing to be guessed. */
    static final class Brackets {
        private static final Pattern OPENING =
                Pattern.compile(
                        "\\[\\[(bash|read|edit|write|parallel|agent|websearch|thinking|text|error|cut|stall|slow|tool)(?=:|]])");
        private static final int MOST_ENDINGS = 100;

        private Brackets() {}

        static List<Directive> read(String text) {
            var directives = new ArrayList<Directive>();
            var opening = OPENING.matcher(text);
            int at = 0;
            while (opening.find(at)) {
                at = readOne(text, opening.group(1), opening.end(), directives);
            }
            return directives;
        }

        /**
         * Reads one directive; returns where the text goes on. The argument may contain brackets
         * itself.
         */
        private static int readOne(String text, String name, int from, List<Directive> directives) {
            int end = text.indexOf("]]", from);
            for (int i = 0; end >= 0 && i < MOST_ENDINGS; i++, end = text.indexOf("]]", end + 1)) {
                var argument = text.substring(Math.min(from + 1, end), end);
                var meaning = meaning(name, argument);
                if (!meaning.isEmpty()) {
                    directives.addAll(meaning);
                    return end + 2;
                }
            }
            return from;
        }

        /** Nothing if the argument is not (yet) right. */
        private static List<Directive> meaning(String name, String argument) {
            return switch (name) {
                case "text" -> List.of(new Say(unescaped(argument)));
                case "thinking" -> List.of(new Think(unescaped(argument)));
                case "cut" -> List.of(new Cut());
                case "error" -> fail(argument);
                case "stall" -> stall(argument);
                case "slow" -> slow(argument);
                case "parallel" -> together(argument);
                default -> act(name, argument).<List<Directive>>map(List::of).orElse(List.of());
            };
        }

        private static Optional<Act> act(String name, String argument) {
            var parts = argument.split("\\|", -1);
            return switch (name) {
                case "bash" -> Optional.of(new Run(argument));
                case "read" -> Optional.of(new Read(argument.strip()));
                case "edit" ->
                        parts.length == 3
                                ? Optional.of(
                                        new Edit(
                                                parts[0].strip(),
                                                unescaped(parts[1]),
                                                unescaped(parts[2])))
                                : Optional.empty();
                case "write" ->
                        parts.length >= 2
                                ? Optional.of(
                                        new Write(
                                                parts[0].strip(),
                                                unescaped(
                                                        argument.substring(parts[0].length() + 1))))
                                : Optional.empty();
                case "agent" -> Optional.of(new Delegate(argument.strip()));
                case "websearch" -> Optional.of(new Search(argument.strip()));
                case "tool" -> tool(argument.strip());
                default -> Optional.empty();
            };
        }

        private static Optional<Act> tool(String argument) {
            var parts = argument.split("\\s+", 2);
            if (parts.length == 1) {
                return Optional.of(new Call(parts[0], Optional.empty(), "", true));
            }
            return jsonObject(parts[1])
                    .map(input -> new Call(parts[0], Optional.of(input), "", true));
        }

        private static List<Directive> together(String argument) {
            var acts = new ArrayList<Act>();
            for (var part : argument.split(";", -1)) {
                var named = part.strip().split(":", 2);
                act(named[0], named.length > 1 ? named[1] : "").ifPresent(acts::add);
            }
            return acts.isEmpty() ? List.of() : List.of(new Together(acts));
        }

        private static List<Directive> fail(String argument) {
            return argument.strip().matches("[45]\\d\\d")
                    ? List.of(new Fail(Integer.parseInt(argument.strip())))
                    : List.of();
        }

        private static List<Directive> stall(String argument) {
            if (argument.isBlank()) {
                return List.of(new Silence(Duration.ofMinutes(10)));
            }
            return argument.strip().matches("\\d{1,5}")
                    ? List.of(new Silence(Duration.ofSeconds(Long.parseLong(argument.strip()))))
                    : List.of();
        }

        private static List<Directive> slow(String argument) {
            var match = Pattern.compile("\\s*(\\d{1,4})\\s*,\\s*(\\d{1,6})\\s*").matcher(argument);
            if (!match.matches()) {
                return List.of();
            }
            var every = Duration.ofMillis(Long.parseLong(match.group(2)));
            return IntStream.rangeClosed(1, Integer.parseInt(match.group(1)))
                    .boxed()
                    .flatMap(
                            i ->
                                    Stream.<Directive>of(
                                            new Silence(every), new Say("word" + i + " ")))
                    .toList();
        }

        private static String unescaped(String text) {
            return text.replace("\\n", "\n").replace("\\t", "\t");
        }
    }
}
