package io.lynkr.message;

import io.lynkr.json.JsonObject;

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

    /** The error body, and equally the data of an {@code error} event. */
    public JsonObject toJson(String requestId) {
        return JsonObject.of("type", "error")
                .with("error", JsonObject.of("type", type).with("message", message))
                .with("request_id", requestId);
    }
}
