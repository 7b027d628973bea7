package io.lynkr.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether and how a command may be used.
 *
 * @param allowed whether it may run at all
 * @param allowedFlags if present, the only words beginning with a hyphen; short ones may be
 *     combined
 * @param blockedPatterns searched in each argument, and in all of them with blanks between
 * @param reason why not, for the model; empty for a general one
 */
public record CommandRule(
        boolean allowed,
        Optional<Set<String>> allowedFlags,
        List<Pattern> blockedPatterns,
        String reason) {

    public CommandRule {
        allowedFlags = allowedFlags.map(Set::copyOf);
        blockedPatterns = List.copyOf(blockedPatterns);
    }

    static CommandRule denied(String reason) {
        return new CommandRule(false, Optional.empty(), List.of(), reason);
    }

    static CommandRule without(String reason, String... patterns) {
        var compiled = List.of(patterns).stream().map(Pattern::compile).toList();
        return new CommandRule(true, Optional.empty(), compiled, reason);
    }

    /** What is wrong with these arguments; empty if nothing is. */
    Optional<String> objection(List<String> arguments) {
        if (!allowed) {
            return Optional.of(reason.isEmpty() ? "it is not allowed" : reason);
        }
        for (var pattern : blockedPatterns) {
            if (pattern.matcher(String.join(" ", arguments)).find()
                    || arguments.stream().anyMatch(word -> pattern.matcher(word).find())) {
                return Optional.of(
                        reason.isEmpty() ? "its arguments match " + pattern.pattern() : reason);
            }
        }
        return allowedFlags.flatMap(flags -> strangeFlag(flags, arguments));
    }

    private static Optional<String> strangeFlag(Set<String> flags, List<String> arguments) {
        for (var word : arguments) {
            if (word.equals("--")) {
                return Optional.empty();
            }
            if (word.startsWith("-") && word.length() > 1 && !isAllowed(flags, word)) {
                return Optional.of("its flag " + word + " is not among the allowed ones");
            }
        }
        return Optional.empty();
    }

    private static boolean isAllowed(Set<String> flags, String word) {
        if (flags.contains(word) || flags.contains(word.replaceFirst("=.*", ""))) {
            return true;
        }
        return !word.startsWith("--")
                && word.substring(1).chars().allMatch(c -> flags.contains("-" + (char) c));
    }
}
