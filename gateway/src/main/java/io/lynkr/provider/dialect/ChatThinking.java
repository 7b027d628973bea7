package io.lynkr.provider.dialect;

import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.provider.dialect.OpenAiProfile.Reasoning;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much a model is asked to think. The Messages API says it in two places, {@code thinking} and
 * {@code output_config.effort}; others know either grades or a budget of tokens.
 */
final class ChatThinking {
    private static final List<String> GRADES =
            List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    private static final long SMALLEST_BUDGET = 1024;

    private final Reasoning reasoning;
    private final Edits edits;
    private final boolean forced;
    private final long maxTokens;
    private final Optional<JsonObject> thinking;
    private final Optional<String> effort;

    /**
     * @param forced whether a tool must be called: Claude does not think then
     * @param maxTokens the limit of the answer, thinking included
     */
    ChatThinking(
            JsonObject request, Reasoning reasoning, Edits edits, boolean forced, long maxTokens) {
        this.reasoning = reasoning;
        this.edits = edits;
        this.forced = forced;
        this.maxTokens = maxTokens;
        this.thinking = request.object("thinking");
        this.effort = request.object("output_config").flatMap(config -> config.string("effort"));
    }

    void addTo(Map<String, JsonValue> body) {
        switch (reasoning.asked()) {
            case NOT -> reportUnsaid();
            case EFFORT -> {
                var grade = grade();
                grade.ifPresent(known -> body.put("reasoning_effort", JsonString.of(known)));
                report(grade.isPresent());
            }
            case REASONING -> {
                var asked = reasoningObject();
                asked.ifPresent(object -> body.put("reasoning", object));
                report(asked.isPresent());
            }
            case BUDGET -> {
                var budget = budget();
                budget.ifPresent(
                        tokens ->
                                body.put(
                                        "thinking",
                                        JsonObject.of("type", "enabled")
                                                .with("budget_tokens", tokens)));
                report(budget.isPresent());
            }
        }
    }

    private void reportUnsaid() {
        if (thinking.isPresent() && !isOff()) {
            edits.drop("thinking");
        }
        if (effort.isPresent()) {
            edits.drop("output_config.effort");
        }
    }

    private void report(boolean said) {
        if (!said) {
            reportUnsaid();
        } else if (thinking.isPresent()) {
            edits.convert("thinking");
        }
    }

    private boolean isOff() {
        var type = thinking.map(JsonObject::type).orElse("");
        return type.equals("disabled") || type.equals("between_tools");
    }

    private boolean isEnabled() {
        return thinking.map(JsonObject::type).filter("enabled"::equals).isPresent();
    }

    private Optional<Long> wantedBudget() {
        var tokens = isEnabled() ? thinking.orElseThrow().integer("budget_tokens") : null;
        return tokens == null || tokens.isEmpty()
                ? Optional.empty()
                : Optional.of(tokens.getAsLong());
    }

    /** The grade among those that the backend knows; empty leaves it to the model. */
    private Optional<String> grade() {
        if (isOff()) {
            return reasoning.efforts().stream()
                    .filter(grade -> grade.equals("none") || grade.equals("minimal"))
                    .findFirst();
        }
        return effort.or(() -> wantedBudget().map(ChatThinking::gradeOf)).flatMap(this::known);
    }

    private static String gradeOf(long budget) {
        if (budget < 4096) {
            return "low";
        }
        return budget < 16_384 ? "medium" : "high";
    }

    /** The wanted grade, or the most that the backend knows below it, or the least it knows. */
    private Optional<String> known(String wanted) {
        int most = GRADES.indexOf(wanted);
        if (most < 0 || reasoning.efforts().isEmpty()) {
            return Optional.empty();
        }
        var fitting = reasoning.efforts().getFirst();
        for (var grade : reasoning.efforts()) {
            if (GRADES.indexOf(grade) <= most) {
                fitting = grade;
            }
        }
        if (!fitting.equals(wanted)) {
            edits.clamp("output_config.effort");
        }
        return Optional.of(fitting);
    }

    private Optional<JsonObject> reasoningObject() {
        if (isOff()) {
            return Optional.of(JsonObject.EMPTY.with("enabled", false));
        }
        var budget = wantedBudget().flatMap(this::withinLimit);
        if (budget.isPresent() && effort.isEmpty()) {
            return Optional.of(JsonObject.EMPTY.with("max_tokens", budget.get()));
        }
        var grade = grade();
        if (grade.isPresent()) {
            return Optional.of(JsonObject.of("effort", grade.get()));
        }
        return thinking.isPresent()
                ? Optional.of(JsonObject.EMPTY.with("enabled", true))
                : Optional.empty();
    }

    private Optional<Long> budget() {
        if (forced || thinking.isEmpty() || isOff()) {
            return Optional.empty();
        }
        return wantedBudget()
                .or(() -> Optional.of(budgetOf(effort.orElse("high"))))
                .flatMap(this::withinLimit);
    }

    private static long budgetOf(String effort) {
        return switch (effort) {
            case "low" -> 2048;
            case "medium" -> 8192;
            case "xhigh", "max" -> 32_768;
            default -> 16_384;
        };
    }

    /** The budget is part of the answer's limit, and must leave room for the answer itself. */
    private Optional<Long> withinLimit(long budget) {
        if (budget < maxTokens) {
            return Optional.of(budget);
        }
        long room = maxTokens - SMALLEST_BUDGET;
        if (room < SMALLEST_BUDGET) {
            return Optional.empty();
        }
        edits.clamp("thinking.budget_tokens");
        return Optional.of(room);
    }
}
