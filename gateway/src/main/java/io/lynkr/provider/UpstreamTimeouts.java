package io.lynkr.provider;

import java.time.Duration;

/**
 * How long the parts of an upstream call may take.
 *
 * @param connect until a connection stands
 * @param firstByte from the request until the response's head
 * @param idle between two pieces of a response; every byte counts
 * @param content between two events of a stream that carry content; pings do not count
 * @param finish from the reason why an answer stopped until its stream ends
 */
public record UpstreamTimeouts(
        Duration connect, Duration firstByte, Duration idle, Duration content, Duration finish) {}
