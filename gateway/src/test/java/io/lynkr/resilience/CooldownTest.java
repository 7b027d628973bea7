package io.lynkr.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.VirtualTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class CooldownTest {
    private final VirtualTime time = new VirtualTime();
    private final Cooldown cooldown = new Cooldown(time.nanoTime());

    @Test
    void isOverUntilSomebodyAsksForOne() {
        assertThat(cooldown.remaining()).isZero();
    }

    @Test
    void lastsAsLongAsWasAsked() {
        cooldown.extend(Duration.ofSeconds(10));

        time.advance(Duration.ofSeconds(4));
        assertThat(cooldown.remaining()).isEqualTo(Duration.ofSeconds(6));

        time.advance(Duration.ofSeconds(6));
        assertThat(cooldown.remaining()).isZero();
    }

    @Test
    void isNotShortenedByALaterWish() {
        cooldown.extend(Duration.ofSeconds(10));
        cooldown.extend(Duration.ofSeconds(1));

        assertThat(cooldown.remaining()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void isProlongedByALongerWish() {
        cooldown.extend(Duration.ofSeconds(1));
        cooldown.extend(Duration.ofHours(1));

        assertThat(cooldown.remaining()).isEqualTo(Duration.ofHours(1));
    }
}
