package io.lynkr.provider;

import io.lynkr.message.ApiError;
import io.lynkr.resilience.WaitingRoom;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Gives a backend no more calls at once than it bears; the others wait for a moment.
 *
 * @param patience how long a call may wait for its turn
 * @param ownerOf on whose behalf a call is made; places are shared fairly between owners
 */
record LimitedProvider(
        Provider inner,
        WaitingRoom room,
        Duration patience,
        Function<ProviderCall, String> ownerOf,
        DoubleSupplier random)
        implements Layer {
    private static final Duration COME_BACK = Duration.ofSeconds(2);

    @Override
    public Reply send(ProviderCall call) throws ProviderException, InterruptedException {
        var place =
                room.enter(ownerOf.apply(call), call.deadline().atMost(patience))
                        .orElseThrow(this::noPlace);
        return ReportedCall.send(inner, call, new Occupied(place));
    }

    /** Keeps the place until the call is over. */
    private record Occupied(WaitingRoom.Place place) implements CallReport {

        @Override
        public void answered() {}

        @Override
        public void succeeded() {
            place.close();
        }

        @Override
        public void failed(Verdict verdict, String what) {
            if (verdict.overload()) {
                place.refused();
            }
            place.close();
        }

        @Override
        public void abandoned() {
            place.close();
        }
    }

    private ProviderException noPlace() {
        var message =
                "the backend %s has as many calls under way as it bears, and no place became free in time; try again shortly"
                        .formatted(name());
        return new ProviderException(
                ProviderException.Cause.NO_PLACE,
                ApiError.overloaded(503, message),
                BackOff.after(COME_BACK, random),
                Optional.empty());
    }
}
