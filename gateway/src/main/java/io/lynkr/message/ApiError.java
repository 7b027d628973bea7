package io.lynkr.message;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

import java.util.Optional;

/**
 * An error in the Messages API's words.
 *
 * @param status the HTTP status that goes with it
 * @param type the API's name for the kind, such as {@code invalid_request_error}
 * @param message what went wrong and what to do, for a person
 */
public record ApiError(int status, String type, String message) {

    public static ApiError invalidRequest(String message) {
        return new ApiError(400, "invalid_request_error", message);
    }

    public static ApiError notFound(String message) {
        return new ApiError(404, "not_found_error", message);
    }

    public static ApiError api(int status, String message) {
        return new ApiError(status, "api_error", message);
    }

    public static ApiError overloaded(int status, String message) {
        return new ApiError(status, "overloaded_error", message);
    }

    public static ApiError timeout(String message) {
        return new ApiError(504, "timeout_error", message);
    }

    /** The API's name for the kind of error that an HTTP status stands for. */
    public static String typeFor(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404, 405 -> "not_found_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 408, 504 -> "timeout_error";
            case 503, 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    /** The HTTP status that goes with an error whose status nobody said, as in an event stream. */
    public static int statusFor(String type) {
        return switch (type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "conflict_error" -> 409;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 500;
        };
    }

    /**
     * Reads an error body of the Messages API's shape; empty if it has any other. Such a body may
     * travel on to the client as it is.
     */
    public static Optional<ApiError> read(int status, byte[] body) {
        try {
            return JsonValue.parse(body).asObject().flatMap(json -> read(status, json));
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    /** Reads an error object of the Messages API's shape; empty if it has any other. */
    public static Optional<ApiError> read(int status, JsonObject json) {
        if (!json.type().equals("error")) {
            return Optional.empty();
        }
        return json.object("error")
                .filter(error -> !error.type().isEmpty() && error.string("message").isPresent())
                .map(
                        error ->
                                new ApiError(
                                        status,
                                        error.type(),
                                        error.string("message").orElseThrow()));
    }

    /** The error body, and equally the data of an {@code error} event. */
    public JsonObject toJson(String requestId) {
        return toJson().with("request_id", requestId);
    }

    /** The error body of a backend that numbers no requests. */
    public JsonObject toJson() {
        return JsonObject.of("type", "error")
                .with("error", JsonObject.of("type", type).with("message", message));
    }
}
