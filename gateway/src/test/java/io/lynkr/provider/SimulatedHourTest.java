package io.lynkr.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.provider.SimulatedBackend.Weather;
import io.lynkr.resilience.BreakerPolicy;
import io.lynkr.resilience.Circuit;
import io.lynkr.resilience.Deadline;
import io.lynkr.resilience.RetryPolicy;
import io.lynkr.testing.VirtualTime;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One hour of a backend's troubles and some fourteen thousand requests, through the real guards
 * with the settings of the seed, in virtual time. What must hold in any hour is asserted of this
 * one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedHourTest {
    private static final long SEED = 20_261_123;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BREAKER_TIMEOUT = Duration.ofSeconds(60);
    private static final List<String> MODELS = List.of("opus", "haiku");

    /** From when on the backend is how. */
    private record Phase(int minute, Weather weather) {
        Duration begin() {
            return Duration.ofMinutes(minute);
        }
    }

    private static final List<Phase> HOURLY =
            List.of(
                    new Phase(0, Weather.FINE),
                    new Phase(4, Weather.ERRORS),
                    new Phase(14, Weather.FINE),
                    new Phase(17, Weather.REFUSING),
                    new Phase(22, Weather.FINE),
                    new Phase(25, Weather.FLAPPING),
                    new Phase(29, Weather.FINE),
                    new Phase(32, Weather.THROTTLED_BRIEFLY),
                    new Phase(35, Weather.THROTTLED),
                    new Phase(37, Weather.FINE),
                    new Phase(40, Weather.SLOW),
                    new Phase(44, Weather.HANGING),
                    new Phase(47, Weather.FINE),
                    new Phase(50, Weather.CUTTING),
                    new Phase(52, Weather.FINE),
                    new Phase(55, Weather.SMALL),
                    new Phase(58, Weather.FINE));

    private final VirtualTime time = new VirtualTime();
    private final Random random = new Random(SEED);
    private final List<Request> requests = new ArrayList<>();
    private final List<String> openings = new ArrayList<>();
    private final Map<String, Circuit> circuits = new HashMap<>();
    private final SimulatedBackend backend =
            new SimulatedBackend(
                    time,
                    random,
                    () -> phaseAt(time.elapsed()).weather(),
                    model -> circuits.get(model) == Circuit.HALF_OPEN);
    private final Guards guards =
            new Guards(
                    new RetrySettings(
                            new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                            true),
                    new BreakerPolicy(5, 2, BREAKER_TIMEOUT),
                    new LimitSettings(50, 100, Duration.ofSeconds(2)),
                    call -> call.requestId().substring(0, 1),
                    new Watching(),
                    new Guards.Time(time.nanoTime(), time.clock(), time, random::nextDouble));
    private final Provider provider = guards.around(backend);
    private long tookMillis;

    private final class Watching implements GuardListener {
        @Override
        public void circuitChanged(String name, String model, Circuit before, Circuit after) {
            circuits.put(model, after);
            if (before == Circuit.CLOSED) {
                openings.add(model + " in " + phaseAt(time.elapsed()).weather());
            }
        }
    }

    /** One client's request, and what became of it. */
    private static final class Request {
        private final String id;
        private final String model;
        private final Duration start;
        private final Duration allowed;
        private Optional<Duration> end = Optional.empty();
        private Optional<ProviderException> failure = Optional.empty();
        private boolean left = true;

        Request(String id, String model, Duration start, Duration allowed) {
            this.id = id;
            this.model = model;
            this.start = start;
            this.allowed = allowed;
        }

        boolean startedBetween(Duration from, Duration to) {
            return start.compareTo(from) >= 0 && start.compareTo(to) < 0;
        }

        boolean isServed() {
            return !left && failure.isEmpty();
        }

        boolean failedBy(Cause cause) {
            return failure.filter(why -> why.what() == cause).isPresent();
        }

        Duration took() {
            return end.orElseThrow().minus(start);
        }

        @Override
        public String toString() {
            return "%s to %s at %s until %s: %s"
                    .formatted(id, model, start, end, failure.map(Throwable::getMessage));
        }
    }

    @BeforeAll
    void liveThroughTheHour() {
        long begin = System.nanoTime();
        for (int millis = 0; millis < HOUR.toMillis(); millis += random.nextInt(100, 400)) {
            comes(Duration.ofMillis(millis));
        }
        time.run();
        tookMillis = (System.nanoTime() - begin) / 1_000_000;
    }

    private void comes(Duration at) {
        var request =
                new Request(
                        (char) ('a' + random.nextInt(6)) + "-" + requests.size(),
                        MODELS.get(requests.size() % MODELS.size()),
                        at,
                        Duration.ofSeconds(random.nextInt(20) == 0 ? 5 : 120));
        requests.add(request);
        var task = time.start(at, () -> live(request));
        if (random.nextInt(10) == 0) {
            time.after(at.plusMillis(random.nextInt(4_000)), task::interrupt);
        }
    }

    private void live(Request request) throws InterruptedException {
        var body =
                "{\"model\":\"%s\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                        .formatted(request.model);
        var call =
                new ProviderCall(
                        MessagesRequest.parse(body.getBytes(StandardCharsets.UTF_8)),
                        Headers.NONE,
                        Deadline.after(request.allowed, time.nanoTime()),
                        request.id);
        try {
            if (provider.send(call) instanceof Reply.Streamed(_, var events)) {
                try (events) {
                    events.pushTo(new GuardsOnTrial.Ignoring());
                }
            }
            request.left = false;
        } catch (ProviderException failure) {
            request.left = false;
            request.failure = Optional.of(failure);
        } finally {
            request.end = Optional.of(time.elapsed());
        }
    }

    @Test
    void takesMillisecondsNotAnHour() {
        assertThat(requests).hasSizeGreaterThan(14_000);
        assertThat(tookMillis).isLessThan(30_000);
    }

    @Test
    void everyRequestEnds() {
        assertThat(requests).allMatch(request -> request.end.isPresent());
    }

    @Test
    void noRequestOutlivesItsDeadline() {
        assertThat(requests).allMatch(request -> request.took().compareTo(request.allowed) <= 0);
    }

    @Test
    void nobodyDoesToTheBackendWhatMustNotBeDone() {
        // Asked again after the first event, asked after the deadline, two probes at a time.
        assertThat(backend.misdeeds()).isEmpty();
    }

    @Test
    void anOutageIsNotMultiplied() {
        assertThat(callsPerRequest(Weather.ERRORS)).isLessThan(1.2);
        assertThat(callsPerRequest(Weather.REFUSING)).isLessThan(1.2);
    }

    @Test
    void serviceIsBackWithinTheBreakersTimeAndASecond() {
        for (var phase : HOURLY) {
            if (phase.weather() == Weather.FINE && phase.minute() > 0) {
                for (var model : MODELS) {
                    assertThat(firstAnswerAfter(lastTroubleBefore(phase), model))
                            .as("%s after minute %d", model, phase.minute())
                            .isLessThanOrEqualTo(BREAKER_TIMEOUT.plusSeconds(1));
                }
            }
        }
    }

    @Test
    void everybodyIsServedWhileTheBackendIsFine() {
        for (var phase : HOURLY) {
            if (phase.weather() == Weather.FINE) {
                var settled =
                        phase.minute() == 0
                                ? phase.begin()
                                : lastTroubleBefore(phase).plusSeconds(65);
                var unserved =
                        during(settled, lastRequestsOf(phase))
                                .filter(request -> !request.left && !request.isServed());
                assertThat(unserved).as("from minute %d on", phase.minute()).isEmpty();
            }
        }
    }

    @Test
    void throttlingOpensNoCircuit() {
        assertThat(openings).isNotEmpty().noneMatch(opening -> opening.contains("THROTTLED"));
    }

    @Test
    void neitherSlownessNorClientsWhoLeaveOpenACircuit() {
        assertThat(openings)
                .noneMatch(opening -> opening.contains("SLOW") || opening.contains("FINE"));
        assertThat(requests.stream().filter(request -> request.left)).hasSizeGreaterThan(500);
    }

    @Test
    void outagesHangsAndCutsDoOpenIt() {
        for (var model : MODELS) {
            assertThat(openings)
                    .contains(
                            model + " in " + Weather.ERRORS,
                            model + " in " + Weather.REFUSING,
                            model + " in " + Weather.HANGING,
                            model + " in " + Weather.CUTTING);
        }
    }

    @Test
    void anOpenCircuitAnswersAtOnce() {
        var refused =
                requests.stream()
                        .filter(request -> request.failedBy(Cause.CIRCUIT_OPEN))
                        .filter(request -> backend.callsOf(request.id) == 0)
                        .toList();

        assertThat(refused).hasSizeGreaterThan(1_000);
        assertThat(refused).allMatch(request -> request.took().isZero());
    }

    @Test
    void whoeverShouldComeBackIsToldWhen() {
        var refused =
                failures()
                        .filter(
                                failure ->
                                        List.of(429, 503, 529).contains(failure.error().status()))
                        .toList();

        assertThat(refused).isNotEmpty();
        assertThat(refused).allMatch(failure -> seconds(failure) >= 1 && seconds(failure) <= 60);
    }

    @Test
    void aSmallBackendIsSoonAskedNoMoreThanItBears() {
        long asked = calls(Weather.SMALL);

        assertThat(backend.refusals()).isLessThan((int) (asked / 7));
        assertThat(share(Weather.SMALL, Request::isServed)).isGreaterThan(0.5);
    }

    @Test
    void aThrottledBackendIsLeftAlone() {
        assertThat(callsPerRequest(Weather.THROTTLED)).isLessThan(0.2);
        assertThat(share(Weather.THROTTLED_BRIEFLY, Request::isServed))
                .as("of the six in ten that the backend allows")
                .isGreaterThan(0.5);
    }

    @Test
    void nothingIsHeldInTheEnd() {
        var state = Objects.requireNonNull(guards.limits().get("simulated"));

        assertThat(state.held()).isZero();
        assertThat(state.waiting()).isZero();
        assertThat(backend.underWay()).isZero();
    }

    private Duration firstAnswerAfter(Duration begin, String model) {
        return requests.stream()
                .filter(request -> request.model.equals(model) && request.isServed())
                .filter(request -> request.start.compareTo(begin) >= 0)
                .map(request -> request.start.minus(begin))
                .findFirst()
                .orElse(HOUR);
    }

    /**
     * A call that hangs when the backend recovers still fails, and then the breaker's time begins.
     */
    private static Duration lastTroubleBefore(Phase fine) {
        var before = HOURLY.get(HOURLY.indexOf(fine) - 1);
        return before.weather() == Weather.HANGING
                ? fine.begin().plus(SimulatedBackend.FIRST_BYTE)
                : fine.begin();
    }

    private double callsPerRequest(Weather weather) {
        return (double) calls(weather) / during(weather).count();
    }

    private long calls(Weather weather) {
        return during(weather).mapToInt(request -> backend.callsOf(request.id)).sum();
    }

    private double share(Weather weather, Predicate<Request> those) {
        return (double) during(weather).filter(those).count() / during(weather).count();
    }

    private Stream<Request> during(Weather weather) {
        return HOURLY.stream()
                .filter(phase -> phase.weather() == weather)
                .flatMap(phase -> during(phase.begin(), endOf(phase)));
    }

    private Stream<Request> during(Duration from, Duration to) {
        return requests.stream().filter(request -> request.startedBetween(from, to));
    }

    private Stream<ProviderException> failures() {
        return requests.stream().map(request -> request.failure).flatMap(Optional::stream);
    }

    private static long seconds(ProviderException failure) {
        return failure.headers().first("retry-after").map(Long::parseLong).orElse(-1L);
    }

    private static Phase phaseAt(Duration when) {
        return HOURLY.reversed().stream()
                .filter(phase -> phase.begin().compareTo(when) <= 0)
                .findFirst()
                .orElseThrow();
    }

    /** So early that no answer reaches into the next phase. */
    private static Duration lastRequestsOf(Phase phase) {
        return endOf(phase).minusSeconds(10);
    }

    private static Duration endOf(Phase phase) {
        int next = HOURLY.indexOf(phase) + 1;
        return next < HOURLY.size() ? HOURLY.get(next).begin() : HOUR;
    }
}
