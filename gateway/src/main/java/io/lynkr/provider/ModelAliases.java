package io.lynkr.provider;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.message.MessagesRequest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Says which model of the backend answers to a name that a client uses.
 *
 * <p>In this order: with {@code MODEL_DEFAULT_OVERRIDES} always the default; else the most specific
 * of {@code MODEL_ALIASES} (an exact name, then a pattern or a tier by the length of what it spells
 * out, then {@code *}); else, for a name that the backend cannot know, {@code MODEL_DEFAULT}, the
 * backend's own model setting, or the backend's usual spelling of it; else the name unchanged. A
 * name that the backend may know is never overridden.
 */
public final class ModelAliases {
    public static final Setting<List<String>> MODEL_ALIASES =
            Setting.list(
                    "MODEL_ALIASES",
                    "",
                    "What clients call a model, and the backend's name for it:"
                            + " haiku=small-model,gpt-*=big-model,*=other-model. The words opus,"
                            + " sonnet, haiku and fable stand for every claude model of that"
                            + " family; a * on both sides carries over what it matched.");

    public static final Setting<Optional<String>> MODEL_DEFAULT =
            Setting.text(
                    "MODEL_DEFAULT",
                    "The backend's model for names that it cannot know, such as Anthropic's ids at"
                            + " a backend that names its models otherwise. Other names go to the"
                            + " backend as they are.");

    public static final Setting<Boolean> MODEL_DEFAULT_OVERRIDES =
            Setting.bool(
                    "MODEL_DEFAULT_OVERRIDES",
                    false,
                    "Sends every request to MODEL_DEFAULT, whatever model it names.");

    private static final String LONG_CONTEXT = "[1m]";

    /** Every name stays as it is. */
    public static final ModelAliases UNCHANGED =
            by(new ModelNaming(true, Optional.empty(), UnaryOperator.identity()));

    private final List<Alias> mostSpecificFirst;
    private final Optional<String> byDefault;
    private final boolean overrides;
    private final ModelNaming naming;

    private ModelAliases(
            List<Alias> aliases,
            Optional<String> byDefault,
            boolean overrides,
            ModelNaming naming) {
        this.mostSpecificFirst =
                aliases.stream()
                        .sorted(Comparator.comparingInt(Alias::specificity).reversed())
                        .toList();
        this.byDefault = byDefault;
        this.overrides = overrides;
        this.naming = naming;
    }

    /**
     * Reads the settings; problems are noted there.
     *
     * @param naming which names the chosen backend can know
     */
    public static ModelAliases from(Settings settings, ModelNaming naming) {
        var byDefault = settings.get(MODEL_DEFAULT);
        boolean overrides = settings.get(MODEL_DEFAULT_OVERRIDES);
        if (overrides && byDefault.isEmpty()) {
            settings.problem(
                    MODEL_DEFAULT_OVERRIDES,
                    "there is no MODEL_DEFAULT to send every request to",
                    "Set MODEL_DEFAULT to the name of one of the backend's models");
        }
        return new ModelAliases(
                aliases(settings), byDefault, overrides && byDefault.isPresent(), naming);
    }

    /** Only what a backend's own names of models demand. */
    public static ModelAliases by(ModelNaming naming) {
        return new ModelAliases(List.of(), Optional.empty(), false, naming);
    }

    /**
     * Whether a name as it stands on the left side of {@code MODEL_ALIASES} means this model: its
     * exact name, a pattern, or the word of a tier.
     */
    public static boolean covers(String name, String model) {
        return new Alias(name, "").match(withoutLongContext(model)).isPresent();
    }

    private static List<Alias> aliases(Settings settings) {
        var aliases = new ArrayList<Alias>();
        for (var text : settings.get(MODEL_ALIASES)) {
            var alias = Alias.parse(text);
            if (alias.isEmpty()) {
                settings.problem(
                        MODEL_ALIASES,
                        "'" + text + "' is not an alias",
                        "Write name=model, with at most one * on each side");
            } else if (aliases.stream().anyMatch(a -> a.name().equals(alias.get().name()))) {
                settings.problem(
                        MODEL_ALIASES,
                        "'" + alias.get().name() + "' stands there twice",
                        "Keep one of them");
            } else {
                aliases.add(alias.get());
            }
        }
        return aliases;
    }

    /** The request under the backend's name for its model; the same request if that is no other. */
    public MessagesRequest applyTo(MessagesRequest request) {
        var asked = request.model();
        var model = resolve(asked);
        if (model.equals(asked)) {
            return request;
        }
        return request.withModel(model);
    }

    /** The backend's name for a model. */
    public String resolve(String asked) {
        if (overrides) {
            return byDefault.orElseThrow();
        }
        var name = withoutLongContext(asked);
        for (var alias : mostSpecificFirst) {
            var target = alias.match(name);
            if (target.isPresent()) {
                return target.get();
            }
        }
        if (naming.cannotKnow(name)) {
            return byDefault.or(naming::own).orElseGet(() -> naming.translate().apply(name));
        }
        return name;
    }

    /** The names that the configuration itself gives out: for the list of models. */
    public List<String> names() {
        var names = new LinkedHashSet<String>();
        mostSpecificFirst.stream()
                .filter(alias -> !alias.isPattern())
                .map(Alias::name)
                .forEach(names::add);
        byDefault.or(naming::own).ifPresent(names::add);
        return List.copyOf(names);
    }

    /** Claude Code's mark for the long context window, which is no part of any model's name. */
    private static String withoutLongContext(String name) {
        int end = name.length() - LONG_CONTEXT.length();
        boolean marked =
                end > 0 && name.regionMatches(true, end, LONG_CONTEXT, 0, LONG_CONTEXT.length());
        return marked ? name.substring(0, end) : name;
    }

    /** One name or pattern, and the model it stands for. */
    private record Alias(String name, String target) {

        static Optional<Alias> parse(String text) {
            int sign = text.indexOf('=');
            if (sign < 0) {
                return Optional.empty();
            }
            var alias =
                    new Alias(text.substring(0, sign).strip(), text.substring(sign + 1).strip());
            boolean right =
                    !alias.name.isEmpty()
                            && !alias.target.isEmpty()
                            && stars(alias.name) <= 1
                            && stars(alias.target) <= stars(alias.name);
            return right ? Optional.of(alias) : Optional.empty();
        }

        private static long stars(String text) {
            return text.chars().filter(c -> c == '*').count();
        }

        boolean isPattern() {
            return name.contains("*");
        }

        /** What is spelled out counts; a tier counts as the pattern {@code claude-opus*} would. */
        int specificity() {
            if (isPattern()) {
                return name.length() - 1;
            }
            return ModelTier.of(name).isPresent()
                    ? "claude-".length() + name.length()
                    : Integer.MAX_VALUE;
        }

        Optional<String> match(String model) {
            if (name.equals(model)) {
                return Optional.of(target);
            }
            if (isPattern()) {
                return matchPattern(model);
            }
            return ModelTier.of(name).filter(tier -> tier.has(model)).map(_ -> target);
        }

        private Optional<String> matchPattern(String model) {
            int star = name.indexOf('*');
            var before = name.substring(0, star);
            var after = name.substring(star + 1);
            boolean matches =
                    model.length() >= before.length() + after.length()
                            && model.startsWith(before)
                            && model.endsWith(after);
            if (!matches) {
                return Optional.empty();
            }
            var matched = model.substring(before.length(), model.length() - after.length());
            return Optional.of(target.replace("*", matched));
        }
    }
}
