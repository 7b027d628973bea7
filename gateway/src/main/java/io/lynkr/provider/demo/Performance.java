package io.lynkr.provider.demo;

import io.lynkr.json.JsonObject;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * One answer, ready to be played.
 *
 * @param beats its events in order, each with the pause before it
 * @param cutAt how many of them come before a stream breaks off
 * @param message the same answer whole
 */
record Performance(List<Beat> beats, OptionalInt cutAt, JsonObject message) {

    /** One event and the pause before it. */
    record Beat(Duration pause, JsonObject event) {}

    Performance {
        beats = List.copyOf(beats);
    }

    /** What a stream shows. */
    List<Beat> streamed() {
        return beats.subList(0, cutAt.orElse(beats.size()));
    }

    /** How long it takes to say all of it. */
    Duration length() {
        return beats.stream().map(Beat::pause).reduce(Duration.ZERO, Duration::plus);
    }
}
