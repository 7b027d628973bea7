package io.lynkr.provider.dialect;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.message.ApiError;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What backends of the OpenAI family refuse, and what can be done about it. How their error bodies
 * look is known to {@link ErrorBody}.
 */
final class OpenAiErrors {
    private static final int IN_ANSWER = 502;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern ABOUT_LENGTH =
            Pattern.compile("max_(completion_|output_)?tokens|maxOutputTokens|completion tokens");
    private static final Pattern OTHER_LENGTH =
            Pattern.compile("'max_tokens'.{0,60}'max_completion_tokens'");
    private static final Pattern UNSUPPORTED =
            Pattern.compile(
                    "(?i)unsupported (?:parameter|value): [\"'`]([a-z_]+)"
                            + "|unrecognized request arguments? supplied: ([a-z_]+)"
                            + "|[\"'`]([a-z_]+)[\"'`]:? (?:is|are) not supported"
                            + "|\\b([a-z_]+): extra inputs are not permitted");

    /** Fields without which the request still means the same, if the answer may differ a little. */
    private static final Set<String> DISPENSABLE =
            Set.of(
                    "temperature",
                    "top_p",
                    "top_k",
                    "stop",
                    "parallel_tool_calls",
                    "stream_options",
                    "reasoning_effort",
                    "reasoning",
                    "user");

    private OpenAiErrors() {}

    /** An error that came where an answer should be: with status 200, or in the stream. */
    static Optional<ApiError> inAnswer(JsonObject json) {
        var error = json.get("error").orElse(JsonNull.NULL);
        boolean isError =
                error instanceof JsonObject
                        || error instanceof JsonString
                        || json.type().equals("error")
                        || json.string("object").filter("error"::equals).isPresent()
                        || json.string("error_code").isPresent();
        return isError ? Optional.of(read(json)) : Optional.empty();
    }

    /** Reads what is known to be an error, and gives it the status that its kind has. */
    static ApiError read(JsonObject json) {
        var error = ErrorBody.read(IN_ANSWER, json.toBytes());
        return error.status() == IN_ANSWER
                ? new ApiError(ApiError.statusFor(error.type()), error.type(), error.message())
                : error;
    }

    /** Why the backend's content filter stopped the prompt, if that is what the error says. */
    static Optional<String> contentFilter(int status, byte[] body) {
        if (status != 400) {
            return Optional.empty();
        }
        try {
            return JsonObject.parse(body)
                    .object("error")
                    .filter(OpenAiErrors::isOfContentFilter)
                    .map(_ -> ErrorBody.read(status, body).message());
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    private static boolean isOfContentFilter(JsonObject error) {
        return error.string("code").filter("content_filter"::equals).isPresent()
                || error.object("innererror")
                        .flatMap(inner -> inner.string("code"))
                        .filter("ResponsibleAIPolicyViolation"::equals)
                        .isPresent();
    }

    /**
     * The longest answer that the backend grants, if that is what it refused the request for.
     *
     * @param wanted the length that was asked for
     */
    static OptionalLong grantedLength(ApiError error, long wanted) {
        var text = error.message();
        if (error.status() != 400
                || ContextLimit.isMeantBy("", text)
                || !ABOUT_LENGTH.matcher(text).find()) {
            return OptionalLong.empty();
        }
        return NUMBER.matcher(text)
                .results()
                .mapToLong(number -> Long.parseLong(number.group()))
                .filter(number -> number > 0 && number < wanted)
                .max();
    }

    /** Whether the backend wants the answer's limit under its new name. */
    static boolean isOtherLengthFieldWanted(ApiError error) {
        return error.status() == 400 && OTHER_LENGTH.matcher(error.message()).find();
    }

    /** A field that the backend does not know and that can be spared. */
    static Optional<String> dispensable(ApiError error) {
        if (error.status() != 400) {
            return Optional.empty();
        }
        var found = UNSUPPORTED.matcher(error.message());
        while (found.find()) {
            for (int group = 1; group <= found.groupCount(); group++) {
                var field = found.group(group);
                if (field != null && DISPENSABLE.contains(field)) {
                    return Optional.of(field);
                }
            }
        }
        return Optional.empty();
    }
}
