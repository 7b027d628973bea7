package io.lynkr.provider;

/** One way to a backend: where to call, and in which schema. */
public record Route(Endpoint endpoint, Dialect dialect) {}
