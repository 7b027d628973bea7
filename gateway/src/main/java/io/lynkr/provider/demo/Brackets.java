package io.lynkr.provider.demo;

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
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Directives in double brackets, which leave nothing to be guessed. */
final class Brackets {
    private static final Pattern OPENING =
            Pattern.compile(
                    "\\[\\[(bash|read|edit|write|parallel|agent|websearch|thinking|text|error|cut|stall"
                        + "|slow|tool)(?=:|]])");
    private static final int MOST_ENDINGS = 100;

    /** Long enough for every client and gateway to lose patience. */
    static final Duration LONG_SILENCE = Duration.ofMinutes(10);

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
                                            unescaped(argument.substring(parts[0].length() + 1))))
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
        return Phrasebook.jsonObject(parts[1])
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
            return List.of(new Silence(LONG_SILENCE));
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
                .flatMap(i -> Stream.<Directive>of(new Silence(every), new Say("word" + i + " ")))
                .toList();
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t");
    }
}
