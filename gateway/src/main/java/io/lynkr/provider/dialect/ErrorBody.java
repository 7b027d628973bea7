package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiError;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads error bodies in whatever shape backends and the proxies before them send: the Messages
 * API's, Databricks', Azure's, OpenAI's, FastAPI's, plain text and HTML; and says them in the words
 * that clients look for.
 */
final class ErrorBody {
    private static final int MAX_TEXT = 500;
    private static final Pattern MARKUP =
            Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1\\s*>|<[^>]*>");
    private static final Pattern CREDENTIAL =
            Pattern.compile(
                    "(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}"
                            + "|\\b(sk-|dapi|ghp_|AKIA|eyJ)[\\w.-]{12,}");

    private ErrorBody() {}

    /**
     * Reads an error.
     *
     * @param status as HTTP said it; a better one may stand in the body
     */
    static ApiError read(int status, byte[] body) {
        return json(body).map(json -> of(status, json)).orElseGet(() -> ofText(status, body));
    }

    /** A text for people from bytes that are no JSON: without markup and line ends, and short. */
    static String plain(byte[] body) {
        var text = new String(body, 0, Math.min(body.length, 20_000), StandardCharsets.UTF_8);
        return shorten(MARKUP.matcher(text).replaceAll(" "));
    }

    private static Optional<JsonValue> json(byte[] body) {
        try {
            return Optional.of(JsonValue.parse(body));
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    private static ApiError of(int status, JsonValue json) {
        return switch (json) {
            case JsonObject object -> of(status, object);
            // Google wraps its error in a list.
            case JsonArray list when !list.objects().isEmpty() ->
                    of(status, list.objects().getFirst());
            case JsonString text -> said(status, "", text.value());
            default -> said(status, "", shorten(json.toString()));
        };
    }

    private static ApiError of(int status, JsonObject json) {
        var messages = ApiError.read(status, json);
        if (messages.isPresent()) {
            return messages.get();
        }
        if (json.string("error_code").isPresent()) {
            return ofDatabricks(status, json);
        }
        if (json.object("error").isPresent()) {
            return ofErrorObject(status, json.object("error").get());
        }
        var text =
                json.string("message")
                        .or(() -> json.string("error"))
                        .or(() -> json.string("Message"))
                        .or(() -> json.string("detail"))
                        .or(() -> json.array("detail").map(ErrorBody::validation))
                        .orElseGet(() -> shorten(json.toString()));
        return said(status, json.string("__type").orElse(""), text);
    }

    /** Databricks; its message may hold the model provider's own error as JSON. */
    private static ApiError ofDatabricks(int status, JsonObject json) {
        var message = json.string("message").orElse("");
        int brace = message.indexOf('{');
        if (brace >= 0) {
            var inner =
                    json(message.substring(brace).getBytes(StandardCharsets.UTF_8))
                            .flatMap(JsonValue::asObject)
                            .filter(object -> object.has("error") || object.has("message"));
            if (inner.isPresent() && !inner.get().has("error_code")) {
                return of(status, inner.get());
            }
        }
        return said(status, json.string("error_code").orElse(""), message);
    }

    /** {@code {"error": {…}}}: Azure, OpenAI and its relatives, Google. */
    private static ApiError ofErrorObject(int status, JsonObject error) {
        var code =
                error.string("code")
                        .or(() -> error.string("status"))
                        .or(() -> error.string("type"))
                        .orElse("");
        int stated =
                error.get("code")
                        .filter(JsonNumber.class::isInstance)
                        .map(number -> (int) ((JsonNumber) number).asLong().orElse(status))
                        .orElse(status);
        var text = error.string("message").orElseGet(() -> shorten(error.toString()));
        return said(isErrorStatus(stated) ? stated : status, code, text);
    }

    /** FastAPI's list of what is wrong where. */
    private static String validation(JsonArray details) {
        var text = new StringBuilder();
        for (var detail : details.objects()) {
            if (!text.isEmpty()) {
                text.append("; ");
            }
            detail.array("loc")
                    .ifPresent(path -> text.append(String.join(".", path.strings())).append(": "));
            text.append(detail.string("msg").orElse("invalid"));
        }
        return text.toString();
    }

    private static ApiError ofText(int status, byte[] body) {
        var text = plain(body);
        return said(
                status, "", text.isEmpty() ? "the backend answered with status " + status : text);
    }

    private static boolean isErrorStatus(int status) {
        return status >= 400 && status < 600;
    }

    /** Says it in the Messages API's words. */
    private static ApiError said(int httpStatus, String code, String text) {
        int status = status(httpStatus, code, text);
        return new ApiError(status, ApiError.typeFor(status), ContextLimit.reword(shorten(text)));
    }

    private static int status(int status, String code, String text) {
        if (ContextLimit.isMeantBy(code, text)) {
            return 400;
        }
        return switch (code) {
            case "BAD_REQUEST",
                    "INVALID_PARAMETER_VALUE",
                    "MALFORMED_REQUEST",
                    "INVALID_ARGUMENT" ->
                    400;
            case "UNAUTHENTICATED", "invalid_api_key", "Unauthorized" -> 401;
            case "insufficient_quota" -> 402;
            case "PERMISSION_DENIED" -> 403;
            case "RESOURCE_DOES_NOT_EXIST",
                    "ENDPOINT_NOT_FOUND",
                    "FEATURE_DISABLED",
                    "DeploymentNotFound",
                    "model_not_found" ->
                    404;
            case "REQUEST_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED", "RateLimitReached" -> 429;
            case "TEMPORARILY_UNAVAILABLE", "UNAVAILABLE" -> 529;
            case "DEADLINE_EXCEEDED" -> 504;
            default -> byStatus(status);
        };
    }

    private static int byStatus(int status) {
        return switch (status) {
            case 401, 402, 403, 404, 409, 413, 429, 504, 529 -> status;
            case 408 -> 504;
            case 425, 503 -> 529;
            default -> status >= 500 || status < 400 ? 500 : 400;
        };
    }

    private static String shorten(String text) {
        var line = CREDENTIAL.matcher(text).replaceAll("***").replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }
}
