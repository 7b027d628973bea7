package io.lynkr.tool.web;

/**
 * A page as it came.
 *
 * @param contentType empty if the server did not say
 * @param location where a redirect leads; empty if there is none
 * @param cut whether there was more than is read
 */
record RawPage(
        WebAddress address,
        int status,
        String contentType,
        String location,
        byte[] body,
        boolean cut) {

    boolean isRedirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> !location.isEmpty();
            default -> false;
        };
    }
}
