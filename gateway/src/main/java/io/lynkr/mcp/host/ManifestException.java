package io.lynkr.mcp.host;

/** What is wrong with an entry of a manifest, for the one who wrote it. */
final class ManifestException extends Exception {
    ManifestException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
