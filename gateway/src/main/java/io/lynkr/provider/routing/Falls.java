package io.lynkr.provider.routing;

import io.lynkr.provider.ProviderException;

/** After which failures another backend may well have an answer. */
final class Falls {
    private static final int CLIENT_LEFT = 499;

    private Falls() {}

    static boolean after(ProviderException failure) {
        return switch (failure.what()) {
            case UNREACHABLE,
                    UNTRUSTED,
                    RESET,
                    TIMEOUT,
                    CREDENTIALS,
                    GARBLED,
                    UNUSABLE,
                    UNSUPPORTED,
                    CIRCUIT_OPEN,
                    COOLING_DOWN,
                    NO_PLACE ->
                    true;
            case CUT -> failure.error().status() != CLIENT_LEFT;
            case STATUS -> afterStatus(failure.error().status()) || isTooLong(failure);
        };
    }

    private static boolean afterStatus(int status) {
        return switch (status) {
            case 402, 404, 408, 429 -> true;
            default -> status >= 500;
        };
    }

    /** The dialects say it in the words of the Messages API. */
    private static boolean isTooLong(ProviderException failure) {
        return failure.error().status() == 413
                || failure.error().message().contains("prompt is too long");
    }
}
