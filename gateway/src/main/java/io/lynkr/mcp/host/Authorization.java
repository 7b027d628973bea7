package io.lynkr.mcp.host;

import java.util.Optional;

/** Signs in at a remote server. */
interface Authorization {

    /** Without. */
    Authorization NONE =
            new Authorization() {
                @Override
                public Optional<String> token() {
                    return Optional.empty();
                }

                @Override
                public boolean renew(int status, String challenge) {
                    return false;
                }
            };

    /** The token to send; empty if there is none yet. */
    Optional<String> token();

    /**
     * The server wants a token, or another one.
     *
     * @param status 401 or 403
     * @param challenge its {@code WWW-Authenticate}; may be empty
     * @return whether there is a new token, so that it is worth asking again
     */
    boolean renew(int status, String challenge) throws InterruptedException;
}
