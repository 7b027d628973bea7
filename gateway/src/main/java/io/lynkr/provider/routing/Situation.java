package io.lynkr.provider.routing;

import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.TokenEstimator;

import java.util.List;

/** What can be said of a request when it is routed; looked at only as far as a rule asks. */
record Situation(
        MessagesRequest request, Headers headers, TokenEstimator estimator, RoutingLimits limits) {
    static final String AGENT = "agent:";

    /** The words for situations; a rule for models has none of them. */
    static final List<String> WORDS =
            List.of(":background", ":thinking", ":long-context", ":images", ":few-tools");

    /** A token has more bytes than this in nearly every text. */
    private static final int LEAST_BYTES_OF_A_TOKEN = 2;

    boolean is(String when) {
        if (when.startsWith(AGENT)) {
            return headers.first("x-claude-code-agent-id")
                    .filter(agent -> ModelAliases.covers(when.substring(AGENT.length()), agent))
                    .isPresent();
        }
        return switch (when) {
            case ":background" -> ModelAliases.covers("haiku", request.model());
            case ":thinking" -> thinks();
            case ":long-context" -> isLong();
            case ":images" -> request.messages().stream().anyMatch(Situation::hasImage);
            case ":few-tools" -> request.tools().size() < limits.fewTools();
            default -> ModelAliases.covers(when, request.model());
        };
    }

    private boolean thinks() {
        return request.json()
                .object("thinking")
                .map(JsonObject::type)
                .filter(type -> !type.equals("disabled"))
                .isPresent();
    }

    private boolean isLong() {
        long most = request.bytes().length / LEAST_BYTES_OF_A_TOKEN;
        return most > limits.longContextTokens()
                && estimator.estimate(request) > limits.longContextTokens();
    }

    private static boolean hasImage(JsonObject holder) {
        return holder.objects("content").stream()
                .anyMatch(block -> block.type().equals("image") || hasImage(block));
    }
}
