package io.lynkr.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A deterministic coding model. It does what the directives in the user's prompt say, step by step,
 * and then says what the tools answered, so that a test can see that data travelled the whole way.
 *
 * <p>Tool steps, in their order: {@code [[bash:command]]}, {@code [[read:path]]}, {@code
 * [[write:path|content]]}, {@code [[edit:path|old|new]]}, {@code [[websearch:query]]}, {@code
 * [[agent:prompt]]}, {@code [[tool:Name|{json}]]}, {@code [[parallel:bash:a;bash:b]]}.
 *
 * <p>About the answer: {@code [[text:words]]}, {@code [[thinking:words]]}, {@code [[recall]]} (what
 * the user said before), {@code [[stop:max_tokens]]}, {@code [[usage:input,read,created,output]]}.
 *
 * <p>Faults: {@code [[error:529]]} or {@code [[error:529*2:message]]} (only the first two times),
 * {@code [[cut]]} (a stream ends by reset in its middle, a whole answer does not), {@code
 * [[cut:always]]}, {@code [[streamerror:message]]}, {@code [[slow:pieces,millis]]}.
 */
public final class ScriptedModel {
    private static final int QUOTED = 4000;
    private static final Set<String> FAULTS = Set.of("cut", "streamerror");
    private static final String LONG_ENOUGH =
            "These words are here so that there is something to lose when it is cut off.";

    private final ConcurrentLinkedQueue<ModelAnswer> queue = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

    /** The next turn's step gets this answer, whatever was asked. */
    public ScriptedModel will(ModelAnswer answer) {
        queue.add(answer);
        return this;
    }

    ModelAnswer answer(ModelRequest request) {
        return withUsage(request, decide(request));
    }

    private ModelAnswer decide(ModelRequest request) {
        var aside = SideRequests.answer(request);
        if (aside.isPresent()) {
            return aside.get();
        }
        var queued = queue.poll();
        return queued != null ? queued : obey(request);
    }

    private ModelAnswer obey(ModelRequest request) {
        var turn = request.turn();
        var directives = Directive.in(turn.prompt());
        var failure = failure(turn.prompt(), directives);
        if (failure.isPresent()) {
            return failure.get();
        }
        int callsMade = turn.steps().stream().mapToInt(List::size).sum();
        var blocks = new ArrayList<ModelBlock>();
        argument(directives, "thinking")
                .ifPresent(words -> blocks.add(new ModelBlock.Thinking(words, "")));
        blocks.addAll(
                nextStep(request, directives, callsMade)
                        .orElseGet(() -> List.of(finalText(request, turn, directives))));
        return faulty(request, ModelAnswer.message(blocks), directives);
    }

    private static Optional<List<ModelBlock>> nextStep(
            ModelRequest request, List<Directive> directives, int callsMade) {
        int before = 0;
        for (var directive : directives) {
            var calls = calls(request, directive);
            if (!calls.isEmpty() && before >= callsMade) {
                return Optional.of(calls);
            }
            before += calls.size();
        }
        return Optional.empty();
    }

    private static List<ModelBlock> calls(ModelRequest request, Directive directive) {
        if (directive.name().equals("parallel")) {
            var calls = new ArrayList<ModelBlock>();
            for (var each : directive.argument().split(";", -1)) {
                int colon = each.indexOf(':');
                var single =
                        new Directive(each.substring(0, colon).strip(), each.substring(colon + 1));
                calls.addAll(calls(request, single));
            }
            return calls;
        }
        return call(request, directive).stream().toList();
    }

    private static Optional<ModelBlock> call(ModelRequest request, Directive directive) {
        var argument = directive.argument();
        return switch (directive.name()) {
            case "bash" -> {
                var description = "Run a scripted command";
                yield call(request, "Bash", "command", argument, "description", description);
            }
            case "read" -> call(request, "Read", "file_path", argument);
            case "write" -> {
                var parts = directive.parts(2);
                yield call(request, "Write", "file_path", parts.get(0), "content", parts.get(1));
            }
            case "edit" -> {
                var parts = directive.parts(3);
                yield call(
                        request,
                        "Edit",
                        "file_path",
                        parts.get(0),
                        "old_string",
                        parts.get(1),
                        "new_string",
                        parts.get(2));
            }
            case "websearch" -> call(request, "WebSearch", "query", argument);
            case "agent" -> agent(request, argument);
            case "tool" -> {
                var parts = directive.parts(2);
                var input = parts.get(1).isEmpty() ? Json.object() : Json.parse(parts.get(1));
                yield Optional.of(ModelBlock.toolUse(parts.get(0), input));
            }
            default -> Optional.empty();
        };
    }

    private static Optional<ModelBlock> agent(ModelRequest request, String prompt) {
        var input =
                Json.object(
                        "description", "A scripted agent",
                        "prompt", prompt,
                        "subagent_type", "general-purpose");
        var name = request.toolNamed("Agent", "Task").orElse("Agent");
        // Newer clients run agents in the background unless told that the answer is waited for.
        boolean mayWait =
                request.tools().stream()
                        .filter(tool -> tool.name().equals(name))
                        .anyMatch(t -> t.schema().get("properties").has("run_in_background"));
        return Optional.of(
                ModelBlock.toolUse(name, mayWait ? input.with("run_in_background", false) : input));
    }

    private static Optional<ModelBlock> call(
            ModelRequest request, String name, Object... arguments) {
        return Optional.of(
                ModelBlock.toolUse(request.toolNamed(name).orElse(name), Json.object(arguments)));
    }

    private static ModelBlock finalText(
            ModelRequest request, ModelRequest.Turn turn, List<Directive> directives) {
        var text = new StringBuilder();
        argument(directives, "text").ifPresent(text::append);
        argument(directives, "slow").ifPresent(slow -> text.append(ticks(pieces(slow))));
        if (argument(directives, "recall").isPresent()) {
            var said = request.prompts().stream().map(Directive::strip).filter(p -> !p.isEmpty());
            line(text, "Earlier you said: " + String.join(" | ", said.toList()));
        }
        if (turn.images() > 0) {
            line(text, "Images seen: " + turn.images());
        }
        if (!turn.results().isEmpty()) {
            var results =
                    turn.results().stream().map(r -> (r.error() ? "[error] " : "") + r.text());
            var quoted = String.join("\n---\n", results.toList());
            line(text, "Tools said: " + quoted.substring(0, Math.min(QUOTED, quoted.length())));
        }
        if (text.isEmpty()) {
            text.append("You said: ").append(Directive.strip(turn.prompt()));
        }
        if (hasFault(directives)) {
            line(text, LONG_ENOUGH);
        }
        return new ModelBlock.Text(text.toString());
    }

    private static boolean hasFault(List<Directive> directives) {
        return directives.stream().anyMatch(d -> FAULTS.contains(d.name()));
    }

    private static void line(StringBuilder text, String line) {
        text.append(text.isEmpty() ? "" : "\n").append(line);
    }

    private static String ticks(int count) {
        var text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append(String.format("tick %-6d ", i));
        }
        return text.toString();
    }

    private Optional<ModelAnswer> failure(String prompt, List<Directive> directives) {
        return argument(directives, "error")
                .flatMap(
                        argument -> {
                            var parts = argument.split(":", 2);
                            var times = parts[0].split("\\*", -1);
                            int limit =
                                    times.length > 1
                                            ? Integer.parseInt(times[1])
                                            : Integer.MAX_VALUE;
                            int seen =
                                    failures.computeIfAbsent(prompt, _ -> new AtomicInteger())
                                            .incrementAndGet();
                            return seen > limit
                                    ? Optional.empty()
                                    : Optional.of(
                                            new ModelAnswer.Failure(
                                                    Integer.parseInt(times[0].strip()),
                                                    parts.length > 1
                                                            ? parts[1]
                                                            : "a scripted failure"));
                        });
    }

    private static ModelAnswer faulty(
            ModelRequest request, ModelAnswer.Message answer, List<Directive> directives) {
        var message = answer;
        var stop = argument(directives, "stop");
        if (stop.isPresent() && !message.callsTools()) {
            message =
                    message.stop(
                            ModelAnswer.Stop.valueOf(stop.get().strip().toUpperCase(Locale.ROOT)));
        }
        var usage = argument(directives, "usage");
        if (usage.isPresent()) {
            var n = usage.get().split(",", -1);
            message =
                    message.usage(
                            new ModelAnswer.Usage(
                                    number(n[0]), number(n[1]), number(n[2]), number(n[3])));
        }
        var cut = argument(directives, "cut");
        if (cut.isPresent() && (request.stream() || cut.get().equals("always"))) {
            message = message.with(ScriptedModel::cutInTheMiddle);
        }
        var streamError = argument(directives, "streamerror");
        if (streamError.isPresent() && request.stream()) {
            var frame = request.wire().failureFrame(streamError.get());
            message = message.with(reply -> failInTheMiddle(reply, frame));
        }
        var slow = argument(directives, "slow");
        if (slow.isPresent()) {
            var pause = Duration.ofMillis(number(slow.get().split(",", -1)[1]));
            message = message.with(reply -> reply.delayBetween(pause));
        }
        return message;
    }

    private static Reply cutInTheMiddle(Reply reply) {
        return reply.frames().size() > 1
                ? reply.cutAfterFrames(reply.frames().size() / 2)
                : reply.cutAfterBytes(reply.frames().getFirst().length / 2);
    }

    private static Reply failInTheMiddle(Reply reply, String frame) {
        var frames = new ArrayList<>(reply.frames().subList(0, reply.frames().size() / 2));
        frames.add(frame.getBytes(StandardCharsets.UTF_8));
        return reply.withFrames(frames);
    }

    private static int pieces(String slow) {
        return (int) number(slow.split(",", -1)[0]);
    }

    private static long number(String digits) {
        return Long.parseLong(digits.strip());
    }

    private static Optional<String> argument(List<Directive> directives, String name) {
        return directives.stream()
                .filter(directive -> directive.name().equals(name))
                .map(Directive::argument)
                .findFirst();
    }

    /** A token is four characters here. A second turn reads three quarters from the cache. */
    private static ModelAnswer withUsage(ModelRequest request, ModelAnswer answer) {
        if (!(answer instanceof ModelAnswer.Message message) || message.usage().output() > 0) {
            return answer;
        }
        long whole = countTokens(request.json());
        long cached = whole * 3 / 4;
        boolean first = request.messages().stream().noneMatch(m -> m.role().equals("assistant"));
        long output = 1L + message.blocks().toString().length() / 4;
        return message.usage(
                first
                        ? new ModelAnswer.Usage(whole - cached, 0, cached, output)
                        : new ModelAnswer.Usage(whole - cached, cached, 0, output));
    }

    static long countTokens(Json request) {
        return 1L + request.toString().length() / 4;
    }
}
