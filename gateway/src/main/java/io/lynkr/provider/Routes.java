package io.lynkr.provider;

import java.util.Optional;

/** The ways to one backend; most have just one. Safe for many threads. */
public interface Routes {

    /** The way to try first for this model. */
    Route first(String model);

    /**
     * Another way, if the one that was tried turned out not to exist at this backend; may be
     * remembered for later calls.
     */
    default Optional<Route> after(String model, Route tried, ProviderException failure) {
        return Optional.empty();
    }

    static Routes only(Route route) {
        return _ -> route;
    }
}
