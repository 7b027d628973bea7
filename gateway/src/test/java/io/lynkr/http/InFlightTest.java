package io.lynkr.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.message.ApiError;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class InFlightTest {
    private static final ApiError WHY = ApiError.overloaded(503, "enough");

    private final InFlight inFlight = new InFlight();
    private final List<String> cut = new ArrayList<>();

    @Test
    void knowsHowManyAndHowLarge() {
        var one = inFlight.enter();
        var other = inFlight.enter();
        one.grownTo(100);
        other.grownTo(10);
        other.grownTo(7);
        assertThat(inFlight.count()).isEqualTo(2);
        assertThat(inFlight.bytes()).isEqualTo(110);

        one.close();
        one.close();

        assertThat(inFlight.count()).isEqualTo(1);
        assertThat(inFlight.bytes()).isEqualTo(10);
    }

    @Test
    void forgetsWhatComesAfterTheEnd() {
        var entry = inFlight.enter();
        entry.close();

        entry.grownTo(1_000);

        assertThat(inFlight.bytes()).isZero();
    }

    @Test
    void isIdleAtOnceWithNothingToDo() {
        assertThat(inFlight.idle()).isDone();
    }

    @Test
    void isIdleWhenTheLastIsAnswered() {
        var one = inFlight.enter();
        var other = inFlight.enter();
        var idle = inFlight.idle();

        one.close();
        assertThat(idle).isNotDone();
        other.close();

        assertThat(idle).isDone();
    }

    @Test
    void cutsTheYoungestFirst() {
        enter("old");
        enter("middle");
        enter("young");

        inFlight.cutYoungest(2, WHY);

        assertThat(cut).containsExactly("young", "middle");
    }

    @Test
    void cutsEachOnlyOnce() {
        enter("one");

        inFlight.cutAll(WHY);
        inFlight.cutAll(WHY);

        assertThat(cut).containsExactly("one");
    }

    @Test
    void cutsNothingThatIsStillComingIn() {
        inFlight.enter();
        enter("running");

        inFlight.cutAll(WHY);

        assertThat(cut).containsExactly("running");
    }

    private void enter(String name) {
        inFlight.enter().cutBy(_ -> cut.add(name));
    }
}
