package io.lynkr.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.resilience.Lifecycle.State;

import org.junit.jupiter.api.Test;

class LifecycleTest {
    private final Lifecycle life = new Lifecycle();

    @Test
    void isNotReadyWhileItStarts() {
        assertThat(life.state()).isEqualTo(new State.Starting());
        assertThat(life.isReady()).isFalse();
        assertThat(life.takesWork()).as("whoever finds the open port is served").isTrue();
    }

    @Test
    void isReadyAfterTheStart() {
        life.ready();

        assertThat(life.isReady()).isTrue();
        assertThat(life.takesWork()).isTrue();
    }

    @Test
    void isNotReadyTheMomentItDrainsButStillTakesWork() {
        life.ready();

        assertThat(life.drain()).isTrue();

        assertThat(life.isReady()).isFalse();
        assertThat(life.takesWork()).isTrue();
    }

    @Test
    void takesNoWorkAfterTheDelay() {
        life.ready();
        life.drain();

        life.refuseWork();

        assertThat(life.state()).isEqualTo(new State.Draining(false));
        assertThat(life.takesWork()).isFalse();
    }

    @Test
    void hurriesWhenAskedTwice() {
        life.ready();
        life.drain();
        assertThat(life.hurried()).isNotDone();

        assertThat(life.drain()).isFalse();

        assertThat(life.hurried()).isDone();
    }

    @Test
    void doesNotComeBackFromDraining() {
        life.drain();

        life.ready();

        assertThat(life.isReady()).isFalse();
    }

    @Test
    void servesNobodyWhenStopped() {
        life.ready();
        life.drain();
        life.stop();

        assertThat(life.takesWork()).isFalse();
        life.ready();
        life.refuseWork();
        assertThat(life.state()).isEqualTo(new State.Stopped());
    }

    @Test
    void refusesNoWorkUnlessItDrains() {
        life.ready();

        life.refuseWork();

        assertThat(life.state()).isEqualTo(new State.Ready());
    }
}
