package io.lynkr.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.resilience.WaitingRoom.Place;
import io.lynkr.testing.VirtualTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class WaitingRoomTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final VirtualTime time = new VirtualTime();
    private final List<String> entered = new ArrayList<>();
    private final List<String> turnedAway = new ArrayList<>();

    @Test
    void letsInAsManyAsTheLimitSays() throws InterruptedException {
        var room = room(3, 0);

        var places = takeAll(room, 3);

        assertThat(room.enter("me", PATIENCE)).isEmpty();
        places.getFirst().close();
        assertThat(room.enter("me", PATIENCE)).isPresent();
    }

    @Test
    void givesAPlaceBackOnce() throws InterruptedException {
        var room = room(1, 0);
        var place = room.enter("me", PATIENCE).orElseThrow();

        place.close();
        place.close();

        assertThat(room.state()).isEqualTo(new WaitingRoom.State(1, 0, 0));
    }

    @Test
    void letsThoseWhoWaitInWhenAPlaceIsFree() {
        var room = room(1, 10);
        visit(room, 0, "a", "a", 1_000);
        visit(room, 10, "b", "b", 100);
        visit(room, 20, "c", "c", 100);

        time.run();

        assertThat(entered).containsExactly("a at 0", "b at 1000", "c at 1100");
    }

    @Test
    void sendsAwayWhoHasWaitedTooLong() {
        var room = room(1, 10);
        visit(room, 0, "a", "a", 5_000);
        visit(room, 10, "b", "b", 100);

        time.run();

        assertThat(turnedAway).containsExactly("b at 2010");
        assertThat(room.state()).isEqualTo(new WaitingRoom.State(1, 0, 0));
    }

    @Test
    void sendsAwayAtOnceWhenNobodyElseMayWait() {
        var room = room(1, 2);
        visit(room, 0, "a", "me", 5_000);
        visit(room, 10, "b", "me", 1);
        visit(room, 20, "c", "me", 1);
        visit(room, 30, "d", "me", 1);

        time.run();

        assertThat(turnedAway.getFirst()).isEqualTo("d at 30");
    }

    @Test
    void takesTheNewestFirstUnderPressure() {
        var room = room(1, 4);
        visit(room, 0, "a", "me", 1_000);
        visit(room, 10, "b", "me", 1);
        visit(room, 20, "c", "me", 1);
        visit(room, 30, "d", "me", 1);

        time.run();

        assertThat(entered)
                .as("three of four chairs are taken, then two")
                .containsExactly("a at 0", "d at 1000", "b at 1001", "c at 1002");
    }

    @Test
    void givesNobodyMoreThanAQuarterWhileOthersWait() {
        var room = room(8, 100);
        for (int i = 0; i < 20; i++) {
            visit(room, i, "hog" + i, "hog", 1_000);
        }
        visit(room, 100, "late", "other", 10);

        time.run();

        assertThat(entered.indexOf("late at 1000")).isEqualTo(8);
    }

    @Test
    void doesNotLetOneOwnerTakeAllChairs() {
        var room = room(1, 3);
        visit(room, 0, "a", "hog", 1_000);
        visit(room, 1, "b", "hog", 1);
        visit(room, 2, "c", "hog", 1);
        visit(room, 3, "d", "hog", 1);
        visit(room, 4, "late", "other", 1);

        time.run();

        assertThat(turnedAway).containsExactly("d at 4");
        assertThat(entered).contains("late at 1000");
    }

    @Test
    void forgetsWhoLeavesWhileWaiting() {
        var room = room(1, 10);
        visit(room, 0, "a", "a", 1_000);
        var leaving = visit(room, 10, "b", "b", 100);
        visit(room, 20, "c", "c", 100);
        time.after(Duration.ofMillis(500), leaving::interrupt);

        time.run();

        assertThat(entered).containsExactly("a at 0", "c at 1000");
        assertThat(room.state().waiting()).isZero();
    }

    @Test
    void losesNoPlaceWhenSomebodyLeavesTheMomentTheyAreCalled() {
        var room = room(1, 10);
        visit(room, 0, "a", "a", 1_000);
        var leaving = visit(room, 10, "b", "b", 100);
        time.after(Duration.ofSeconds(1), leaving::interrupt);

        time.run();

        assertThat(room.state()).isEqualTo(new WaitingRoom.State(1, 0, 0));
    }

    @Test
    void losesAndInventsNoPlacesWhateverHappens() {
        var room = room(6, 8);
        var random = new java.util.Random(7);
        for (int i = 0; i < 3_000; i++) {
            int stay = random.nextInt(1, 900);
            boolean refused = random.nextInt(40) == 0;
            var owner = "owner" + random.nextInt(4);
            var task =
                    time.start(
                            Duration.ofMillis(random.nextInt(300_000)),
                            () -> {
                                var place = room.enter(owner, PATIENCE);
                                if (place.isPresent()) {
                                    try (var held = place.get()) {
                                        assertThat(room.state().held()).isBetween(1, 6);
                                        time.sleep(Duration.ofMillis(stay));
                                        if (refused) {
                                            held.refused();
                                        }
                                    }
                                }
                            });
            if (random.nextInt(10) == 0) {
                time.after(Duration.ofMillis(random.nextInt(300_000)), task::interrupt);
            }
        }

        time.run();

        assertThat(room.state().held()).isZero();
        assertThat(room.state().waiting()).isZero();
    }

    private WaitingRoom room(int places, int chairs) {
        return new WaitingRoom(
                new AdaptiveLimit(places, time.nanoTime()), chairs, time.nanoTime(), time);
    }

    private static List<Place> takeAll(WaitingRoom room, int places) throws InterruptedException {
        var taken = new ArrayList<Place>();
        for (int i = 0; i < places; i++) {
            taken.add(room.enter("me", PATIENCE).orElseThrow());
        }
        return taken;
    }

    private VirtualTime.Task visit(
            WaitingRoom room, long atMillis, String name, String owner, long stayMillis) {
        return time.start(
                Duration.ofMillis(atMillis),
                () -> {
                    Optional<Place> place = room.enter(owner, PATIENCE);
                    var when = name + " at " + time.elapsed().toMillis();
                    (place.isPresent() ? entered : turnedAway).add(when);
                    time.sleep(Duration.ofMillis(place.isPresent() ? stayMillis : 0));
                    place.ifPresent(Place::close);
                });
    }
}
