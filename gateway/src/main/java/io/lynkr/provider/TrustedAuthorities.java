package io.lynkr.provider;

import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;

import java.util.function.Function;

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Hands a JDK trust manager to the HTTP client; the names in certificates are checked as ever. */
record TrustedAuthorities(TrustManagerFactory factory) implements TrustOptions {

    @Override
    public TrustOptions copy() {
        return this;
    }

    @Override
    public TrustManagerFactory getTrustManagerFactory(Vertx vertx) {
        return factory;
    }

    @Override
    public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) {
        return _ -> factory.getTrustManagers();
    }
}
