package io.lynkr.provider.routing;

/**
 * Where the words of the rules begin to hold.
 *
 * @param longContextTokens a prompt of more tokens has a long context
 * @param fewTools a request with fewer tools has few
 */
record RoutingLimits(int longContextTokens, int fewTools) {}
