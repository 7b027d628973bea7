package io.lynkr.app;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.policy.CommandRule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code POLICY_SAFE_COMMANDS_CONFIG}; policy itself knows no JSON. */
final class CommandRulesJson {
    private static final Set<String> FIELDS =
            Set.of(
                    "allowed",
                    "allowedFlags",
                    "blockedPatterns",
                    "reason",
                    "severity",
                    "description");

    private CommandRulesJson() {}

    /**
     * The rules by command.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static Map<String, CommandRule> read(String text) {
        try {
            var rules = new HashMap<String, CommandRule>();
            var object = JsonObject.parse(text);
            for (var command : object.keys()) {
                var rule =
                        object.object(command)
                                .orElseThrow(() -> wrong(command, "has no object as its rule"));
                rules.put(command, rule(command, rule));
            }
            return rules;
        } catch (JsonException broken) {
            throw new IllegalArgumentException("it is not JSON: " + broken.getMessage(), broken);
        }
    }

    private static CommandRule rule(String command, JsonObject rule) {
        for (var field : rule.keys()) {
            if (!FIELDS.contains(field)) {
                throw wrong(command, "has the unknown field '" + field + "'");
            }
        }
        boolean allowed =
                !rule.has("allowed")
                        || rule.bool("allowed")
                                .orElseThrow(
                                        () ->
                                                wrong(
                                                        command,
                                                        "has an 'allowed' that is no boolean"));
        var patterns =
                strings(command, rule, "blockedPatterns").orElse(List.of()).stream()
                        .map(pattern -> compiled(command, pattern))
                        .toList();
        return new CommandRule(
                allowed,
                strings(command, rule, "allowedFlags").map(Set::copyOf),
                patterns,
                rule.string("reason").orElse(""));
    }

    private static Optional<List<String>> strings(String command, JsonObject rule, String field) {
        if (!rule.has(field)) {
            return Optional.empty();
        }
        var values =
                rule.array(field)
                        .orElseThrow(() -> wrong(command, "has no list in " + field))
                        .values();
        return Optional.of(
                values.stream()
                        .map(
                                value -> {
                                    if (value instanceof JsonString text) {
                                        return text.value();
                                    }
                                    throw wrong(
                                            command,
                                            "has something in " + field + " that is no text");
                                })
                        .toList());
    }

    private static Pattern compiled(String command, String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException broken) {
            throw new IllegalArgumentException(
                    "'" + command + "' has a pattern that is no regular expression: " + pattern,
                    broken);
        }
    }

    private static IllegalArgumentException wrong(String command, String what) {
        return new IllegalArgumentException("'" + command + "' " + what);
    }
}
