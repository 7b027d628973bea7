package io.lynkr.provider;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Which model names a backend can know. Clients name Anthropic's models by Anthropic's ids, and
 * sometimes by the bare word of a tier; most backends have names of their own.
 *
 * @param knowsClaudeIds whether {@code claude-…} may be a name at this backend
 * @param own the backend's own model, for names that it cannot know; from a setting of its own
 * @param translate makes the backend's usual name out of Anthropic's id; the last resort
 */
public record ModelNaming(
        boolean knowsClaudeIds, Optional<String> own, UnaryOperator<String> translate) {
    private static final Pattern CLAUDE_ID =
            Pattern.compile("(?:(?:[a-z]{2,6}\\.)?anthropic[./])?claude-.+");

    private static final Pattern DATE = Pattern.compile("-20\\d{6}$");

    /** Anthropic's own names, and those of deployments that are named after them by default. */
    public static final ModelNaming ANTHROPIC =
            new ModelNaming(true, Optional.empty(), UnaryOperator.identity());

    /** {@code claude-sonnet-4-5-20250929} is {@code databricks-claude-sonnet-4-5} there. */
    public static final ModelNaming DATABRICKS =
            new ModelNaming(
                    false,
                    Optional.empty(),
                    name -> isClaudeId(name) ? "databricks-" + withoutDate(name) : name);

    /** Backends of other models. */
    public static ModelNaming ofOthers(Optional<String> own) {
        return new ModelNaming(false, own, UnaryOperator.identity());
    }

    /** Whether a name is one of Anthropic's ids, in any of its spellings. */
    static boolean isClaudeId(String name) {
        return CLAUDE_ID.matcher(name).matches();
    }

    /** Whether no model of this backend can have this name. */
    boolean cannotKnow(String name) {
        return ModelTier.of(name).isPresent() || (isClaudeId(name) && !knowsClaudeIds);
    }

    private static String withoutDate(String name) {
        return DATE.matcher(name).replaceFirst("");
    }
}
