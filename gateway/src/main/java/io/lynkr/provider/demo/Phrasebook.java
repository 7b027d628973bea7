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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the demo model understands of plain English. */
final class Phrasebook {
    /** Longer texts are no requests, and would cost the patterns below too much. */
    private static final int LONGEST_REQUEST = 4_000;

    private static final String QUOTED = "\"[^\"]*\"|'[^']*'|`[^`]*`";

    /** What stands for a part of a request in the forms below; plain parentheses only group. */
    private static final Map<String, String> PLACES =
            Map.of(
                    "<text>", "(" + QUOTED + "|.+?)",
                    "<path>", "(" + QUOTED + "|[^\\s,?]+?)",
                    "<tool>", "([A-Za-z0-9_.-]+)",
                    "<number>", "(\\d{1,5})",
                    "<rest>", "(.+)");

    /** The first form that fits a request gives its meaning. */
    private static final List<Phrase> PHRASES =
            List.of(
                    phrase(
                            "(run|execute) <text> and <text>"
                                    + " (in parallel|at the same time|at once)",
                            said -> runBoth(said.get(0), said.get(1))),
                    phrase(
                            "list( the| all| my)* (files|directory|folder)( in <path>)?",
                            said -> list(said.get(0))),
                    phrase(
                            "(run|execute)(( the)?( shell)? command)?:?"
                                    + " (?!(the|my|all|an?|some) )<text>",
                            said -> act("I'll run `" + said.get(0) + "`.", new Run(said.get(0)))),
                    phrase(
                            "(replace|change) <text> (with|by|to) <text> in( the)?( file)? <path>",
                            said -> edit(said.get(2), said.get(0), said.get(1))),
                    phrase(
                            "(write|create)( an?| the)?( new)?( file)?( called| named)? <path>"
                                    + "(:| with( the)? (contents?|text):?)\\s+<text>",
                            said -> write(said.get(0), said.get(1))),
                    phrase(
                            "(read|print|show( me)?)( the)?( file)? <path>",
                            said -> act("I'll read " + said.get(0) + ".", new Read(said.get(0)))),
                    phrase(
                            "(search|look)( on| in)?( the)? (web|internet|online)( for)? <text>",
                            said -> act("I'll search the web.", new Search(said.get(0)))),
                    phrase(
                            "think( hard(er)?| deeply| carefully)?(( about)?:? <text>)?",
                            said -> think(said.get(0))),
                    phrase(
                            "(ask|use|start|launch)( an?| the)?"
                                    + " (sub-?agent|agent|task)( to|:)? <text>",
                            said ->
                                    act(
                                            "I'll hand this to a sub-agent.",
                                            new Delegate(said.get(0)))),
                    phrase(
                            "(fail|answer|respond)( with)?( an?| the)?( http)?"
                                    + "( error| status)?( code)? (?=[45]\\d\\d\\b)<number>.*",
                            said -> List.of(new Fail(Integer.parseInt(said.get(0))))),
                    phrase("(cut|break)( off)? the (stream|connection|answer).*", _ -> cut()),
                    phrase(
                            "(stall|hang|be silent)( for <number>( ?s| seconds?)?)?",
                            said -> stall(said.get(0))),
                    phrase(
                            "(call|invoke|use)( the)?( tool)? <tool>( tool)?( with)?(\\s+<rest>)?",
                            said -> call(said.get(0), said.get(1))),
                    phrase("count to <number>", said -> count(Integer.parseInt(said.get(0)))),
                    phrase(
                            "(say|repeat|reply with|answer with)( exactly)?:? <rest>",
                            said -> List.of(new Say(said.get(0)))));

    private static final Pattern POLITENESS =
            pattern("((please|now|ok,?|can you|could you|would you|will you|let's|just)\\s+)+");
    private static final Pattern NEXT_REQUEST = pattern("\\s*[,;.]?\\s+(and\\s+)?then\\s+");

    private record Phrase(Pattern form, Function<List<String>, List<Directive>> meaning) {}

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
        var politeness = POLITENESS.matcher(text.strip());
        var request =
                politeness.lookingAt() ? text.strip().substring(politeness.end()) : text.strip();
        for (var phrase : PHRASES) {
            var matcher = phrase.form.matcher(request);
            if (matcher.matches()) {
                return phrase.meaning.apply(said(matcher));
            }
        }
        return List.of();
    }

    private static Phrase phrase(String form, Function<List<String>, List<Directive>> meaning) {
        return new Phrase(pattern(form + "(,? please)?((?<=\\S)[.?!])?"), meaning);
    }

    private static Pattern pattern(String form) {
        var regex = form.replaceAll("\\((?!\\?)", "(?:");
        for (var place : PLACES.entrySet()) {
            regex = regex.replace(place.getKey(), place.getValue());
        }
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** The places of a form as they were filled, without quotes; empty where one was not needed. */
    private static List<String> said(Matcher matcher) {
        return IntStream.rangeClosed(1, matcher.groupCount())
                .mapToObj(group -> Optional.ofNullable(matcher.group(group)).orElse(""))
                .map(Phrasebook::withoutQuotes)
                .toList();
    }

    private static String withoutQuotes(String text) {
        boolean quoted = text.length() > 1 && text.matches("(?s)" + QUOTED);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static List<Directive> act(String announcement, Act act) {
        return List.of(new Say(announcement), act);
    }

    private static List<Directive> runBoth(String one, String other) {
        return List.of(
                new Say("I'll run both at the same time."),
                new Together(List.of(new Run(one), new Run(other))));
    }

    private static List<Directive> list(String folder) {
        return act("I'll list the files.", new Run(("ls -la " + folder).strip()));
    }

    private static List<Directive> edit(String path, String before, String after) {
        return act("I'll change " + path + ".", new Edit(path, before, after));
    }

    private static List<Directive> write(String path, String content) {
        return act("I'll write " + path + ".", new Write(path, content));
    }

    private static List<Directive> think(String subject) {
        var thought =
                "I am a script, so this is no real thought. I was asked to think about: "
                        + (subject.isEmpty() ? "nothing in particular" : subject)
                        + ". What I can do is to show what a thinking block looks like.";
        return List.of(
                new Think(thought),
                new Say("I thought about it as far as a script can: by showing a thinking block."));
    }

    private static List<Directive> cut() {
        return List.of(
                new Say("This streamed answer breaks off in the middle of"),
                new Cut(),
                new Say(" the sentence; you see the rest because it was asked for again, whole."));
    }

    private static List<Directive> stall(String seconds) {
        var time =
                seconds.isEmpty()
                        ? Brackets.LONG_SILENCE
                        : Duration.ofSeconds(Long.parseLong(seconds));
        return List.of(
                new Say("Now I am silent"), new Silence(time), new Say(" … and now I go on."));
    }

    private static List<Directive> call(String tool, String rest) {
        var input = jsonObject(rest);
        var hint = input.isPresent() ? "" : rest;
        return act("I'll call `" + tool + "`.", new Call(tool, input, hint, false));
    }

    private static List<Directive> count(int last) {
        var numbers =
                IntStream.rangeClosed(1, last)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" "));
        return List.of(new Say(numbers));
    }

    static Optional<JsonObject> jsonObject(String text) {
        try {
            return text.startsWith("{") ? Optional.of(JsonObject.parse(text)) : Optional.empty();
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }
}
