package io.lynkr.message;

/** Ends a request with an error in the Messages API's shape. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;
    private final transient Headers headers;

    public ApiException(ApiError error) {
        this(error, Headers.NONE);
    }

    /**
     * @param headers more response headers, such as {@code retry-after}
     */
    public ApiException(ApiError error, Headers headers) {
        super(error.message());
        this.error = error;
        this.headers = headers;
    }

    public ApiError error() {
        return error;
    }

    public Headers headers() {
        return headers;
    }
}
