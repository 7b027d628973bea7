package io.lynkr.provider;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which Claude model a name means, in any backend's spelling: {@code claude-3-5-haiku-20241022},
 * {@code databricks-claude-opus-4-8}, {@code us.anthropic.claude-sonnet-4-5-v1:0}.
 *
 * @param family {@code opus}, {@code sonnet}, {@code haiku}, {@code fable} or {@code mythos}
 * @param version major times 100 plus minor
 */
public record ClaudeModel(String family, int version) {
    private static final String FAMILIES = "(opus|sonnet|haiku|fable|mythos)";

    /** A number of more than two digits is a date. */
    private static final String NUMBER = "(\\d{1,2})(?!\\d)";

    private static final Pattern FAMILY_FIRST =
            Pattern.compile("claude-%s(?:-%s)?(?:-%s)?".formatted(FAMILIES, NUMBER, NUMBER));

    private static final Pattern VERSION_FIRST =
            Pattern.compile("claude-%s(?:-%s)?-%s".formatted(NUMBER, NUMBER, FAMILIES));

    /** A name without a version means the newest. */
    private static final int NEWEST = 9900;

    /** The model; empty if it is none of Claude's, or older than its families. */
    public static Optional<ClaudeModel> of(String name) {
        var spelled = name.toLowerCase(Locale.ROOT).replace('.', '-');
        var familyFirst = FAMILY_FIRST.matcher(spelled);
        if (familyFirst.find()) {
            return Optional.of(
                    new ClaudeModel(
                            familyFirst.group(1),
                            version(familyFirst.group(2), familyFirst.group(3))));
        }
        var versionFirst = VERSION_FIRST.matcher(spelled);
        return versionFirst.find()
                ? Optional.of(
                        new ClaudeModel(
                                versionFirst.group(3),
                                version(versionFirst.group(1), versionFirst.group(2))))
                : Optional.empty();
    }

    private static int version(@Nullable String major, @Nullable String minor) {
        if (major == null) {
            return NEWEST;
        }
        return Integer.parseInt(major) * 100 + (minor == null ? 0 : Integer.parseInt(minor));
    }

    /** Whether the version is this one or a later one. */
    public boolean since(int major, int minor) {
        return version >= major * 100 + minor;
    }

    public boolean isOneOf(String... families) {
        for (var each : families) {
            if (each.equals(family)) {
                return true;
            }
        }
        return false;
    }

    /** Opus 4.7, and all that came with or after Sonnet 5. */
    public boolean isNewGeneration() {
        return since(5, 0) || (isOneOf("opus") && since(4, 7));
    }
}
