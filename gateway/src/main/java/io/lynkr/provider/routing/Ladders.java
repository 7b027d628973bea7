package io.lynkr.provider.routing;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.TokenEstimator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All rules of routing, in the order in which they are asked. The first that fits is taken; a
 * request that none fits goes to the main provider.
 */
public final class Ladders {
    public static final Setting<List<String>> MODEL_ROUTES =
            Setting.list(
                    "MODEL_ROUTES",
                    "",
                    "Which backends answer which requests, as when=rung>rung: a rung is a provider"
                            + " or provider:model, and when a model as in MODEL_ALIASES,"
                            + " :background, :thinking, :long-context, :images, :few-tools or"
                            + " agent:<id>. The first that fits is taken; a request falls to the"
                            + " next rung if one fails before its answer begins.");

    public static final Setting<Integer> ROUTING_LONG_CONTEXT_TOKENS =
            Setting.integer(
                    "ROUTING_LONG_CONTEXT_TOKENS",
                    60_000,
                    1,
                    100_000_000,
                    "A prompt with more tokens (estimated) is :long-context for MODEL_ROUTES.");

    public static final Setting<Boolean> PREFER_OLLAMA =
            Setting.bool(
                    "PREFER_OLLAMA",
                    false,
                    "Sends requests with few tools to Ollama, and falls to FALLBACK_PROVIDER; short"
                            + " for the last rule of MODEL_ROUTES.");

    public static final Setting<Integer> OLLAMA_MAX_TOOLS_FOR_ROUTING =
            Setting.integer(
                    "OLLAMA_MAX_TOOLS_FOR_ROUTING",
                    3,
                    0,
                    10_000,
                    "A request with fewer tools than this is :few-tools for MODEL_ROUTES.");

    public static final Setting<Boolean> FALLBACK_ENABLED =
            Setting.bool(
                    "FALLBACK_ENABLED",
                    true,
                    "Whether PREFER_OLLAMA falls to FALLBACK_PROVIDER when Ollama fails.");

    public static final Setting<Optional<String>> FALLBACK_PROVIDER =
            Setting.text(
                    "FALLBACK_PROVIDER",
                    "The provider that PREFER_OLLAMA falls to; MODEL_PROVIDER without it.");

    private final List<Ladder> inOrder;
    private final RoutingLimits limits;

    private Ladders(List<Ladder> inOrder, RoutingLimits limits) {
        this.inOrder = List.copyOf(inOrder);
        this.limits = limits;
    }

    /**
     * Reads the rules; problems are left in the settings.
     *
     * @param main the provider for requests that no rule fits
     * @param known all providers that there are
     */
    public static Ladders from(Settings settings, String main, Collection<String> known) {
        var all = new ArrayList<Ladder>();
        for (var text : settings.get(MODEL_ROUTES)) {
            parse(text, known)
                    .ifPresentOrElse(
                            all::add,
                            () ->
                                    settings.problem(
                                            MODEL_ROUTES,
                                            "'" + text + "' is no rule",
                                            "Write when=provider>provider:model with providers of "
                                                    + String.join(", ", known)
                                                    + " and words of "
                                                    + String.join(", ", Situation.WORDS)));
        }
        if (settings.get(PREFER_OLLAMA)) {
            all.add(hybrid(settings, main, known));
        }
        return new Ladders(
                all,
                new RoutingLimits(
                        settings.get(ROUTING_LONG_CONTEXT_TOKENS),
                        settings.get(OLLAMA_MAX_TOOLS_FOR_ROUTING)));
    }

    private static Ladder hybrid(Settings settings, String main, Collection<String> known) {
        var rungs = new ArrayList<Rung>();
        rungs.add(Rung.parse("ollama"));
        var other = settings.get(FALLBACK_PROVIDER).orElse(main);
        if (!known.contains(other)) {
            settings.problem(
                    FALLBACK_PROVIDER,
                    "there is no provider '" + other + "'",
                    "Choose one of " + String.join(", ", known));
        } else if (settings.get(FALLBACK_ENABLED) && !other.equals("ollama")) {
            rungs.add(Rung.parse(other));
        }
        return new Ladder(":few-tools", rungs);
    }

    private static Optional<Ladder> parse(String text, Collection<String> known) {
        int sign = text.indexOf('=');
        if (sign <= 0) {
            return Optional.empty();
        }
        var when = text.substring(0, sign).strip();
        var rungs =
                Arrays.stream(text.substring(sign + 1).split(">", -1)).map(Rung::parse).toList();
        boolean right =
                rungs.stream().allMatch(rung -> known.contains(rung.provider()))
                        && (!when.startsWith(":") || Situation.WORDS.contains(when))
                        && when.chars().filter(c -> c == '*').count() <= 1;
        return right ? Optional.of(new Ladder(when, rungs)) : Optional.empty();
    }

    public boolean isEmpty() {
        return inOrder.isEmpty();
    }

    /** All providers that a rung names. */
    public Set<String> providers() {
        var names = new LinkedHashSet<String>();
        inOrder.forEach(ladder -> ladder.rungs().forEach(rung -> names.add(rung.provider())));
        return names;
    }

    /** The ladder of a request; empty if no rule fits. */
    Optional<Ladder> of(MessagesRequest request, Headers headers, TokenEstimator estimator) {
        var situation = new Situation(request, headers, estimator, limits);
        return inOrder.stream().filter(ladder -> situation.is(ladder.when())).findFirst();
    }
}
