package io.lynkr.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds variables that were probably meant as one of our settings. */
public final class Misspellings {
    /** Shorter names are too often near to something that has nothing to do with us. */
    private static final int SHORTEST = 8;

    private static final int MOST_EDITS = 2;

    private Misspellings() {}

    /**
     * What was probably meant otherwise, with what it was probably meant as.
     *
     * @param given all variables that are set, of whatever program
     * @param declared our settings
     */
    public static List<ConfigProblem> of(
            Collection<String> given, Collection<Setting<?>> declared) {
        var known = new TreeSet<String>();
        for (var setting : declared) {
            known.add(setting.name());
            if (setting.secret()) {
                known.add(setting.fileName());
            }
        }
        var warnings = new ArrayList<ConfigProblem>();
        for (var name : new TreeSet<>(given)) {
            if (!known.contains(name)) {
                nearest(name, known).ifPresent(meant -> warnings.add(warning(name, meant)));
            }
        }
        return warnings;
    }

    private static ConfigProblem warning(String name, String meant) {
        return new ConfigProblem(name, "there is no such setting", "Did you mean " + meant + "?");
    }

    private static Optional<String> nearest(String name, Collection<String> known) {
        if (name.length() < SHORTEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> isAkin(name, candidate))
                .filter(candidate -> Edits.between(name, candidate) <= MOST_EDITS)
                .min(Comparator.comparingInt(candidate -> Edits.between(name, candidate)));
    }

    /** Same family (first word) with a slip in the rest, or a slip in the family's long name. */
    private static boolean isAkin(String name, String candidate) {
        if (Math.abs(name.length() - candidate.length()) > MOST_EDITS) {
            return false;
        }
        boolean sameFamily = family(name).equals(family(candidate));
        boolean longFamily = family(name).length() >= SHORTEST;
        return sameFamily || (longFamily && rest(name).equals(rest(candidate)));
    }

    private static String family(String name) {
        int end = name.indexOf('_');
        return end < 0 ? name : name.substring(0, end);
    }

    private static String rest(String name) {
        return name.substring(family(name).length());
    }
}
