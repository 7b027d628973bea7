package io.lynkr.mcp.host;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts variables into the texts of manifests: {@code ${NAME}} and {@code ${NAME:-default}}.
 *
 * @param environment where they come from
 * @param kept names that are never handed out, such as those of the gateway's own keys
 */
record Expansion(Map<String, String> environment, Set<String> kept) {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}");

    Expansion {
        environment = Map.copyOf(environment);
        kept = Set.copyOf(kept);
    }

    /**
     * @throws ManifestException if a variable is not there and has no default, or is not handed out
     */
    String expand(String text) throws ManifestException {
        var found = VARIABLE.matcher(text);
        var expanded = new StringBuilder();
        while (found.find()) {
            found.appendReplacement(expanded, Matcher.quoteReplacement(value(found)));
        }
        found.appendTail(expanded);
        return expanded.toString();
    }

    private String value(Matcher found) throws ManifestException {
        var name = String.valueOf(found.group(1));
        if (kept.contains(name)) {
            throw new ManifestException("${" + name + "} is a secret of the gateway itself");
        }
        var value = environment.get(name);
        var byDefault = found.group(2);
        if (value != null && (!value.isEmpty() || byDefault == null)) {
            return value;
        }
        if (byDefault == null) {
            throw new ManifestException("the variable ${" + name + "} is not set");
        }
        return byDefault;
    }
}
