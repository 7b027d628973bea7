package io.lynkr.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.testing.ManualClock;
import io.lynkr.testing.ScriptedClient;

import org.junit.jupiter.api.Test;

import java.lang.Thread.State;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

class ClientCredentialsTest {
    private static final ClientCredentials.Grant GRANT =
            new ClientCredentials.Grant(
                    URI.create("https://login.example/token"),
                    Headers.of("authorization", "Basic abc"),
                    "grant_type=client_credentials&client_secret=s3cret",
                    "THE_ID and THE_SECRET");

    private final ManualClock clock = new ManualClock();
    private final ScriptedClient client = new ScriptedClient();
    private final ClientCredentials signIn = new ClientCredentials(client, GRANT, clock);

    @Test
    void asksForATokenOnceAndUsesItUntilShortlyBeforeItExpires() throws Exception {
        client.willAnswer(200, token("one", "3600")).willAnswer(200, token("two", "\"3600\""));

        assertThat(bearer()).isEqualTo("Bearer one");
        clock.advance(Duration.ofMinutes(54));
        assertThat(bearer()).isEqualTo("Bearer one");
        clock.advance(Duration.ofMinutes(2));
        assertThat(bearer()).isEqualTo("Bearer two");

        var asked = client.requests().getFirst();
        assertThat(asked.uri()).isEqualTo(GRANT.address());
        assertThat(new String(asked.body(), UTF_8)).isEqualTo(GRANT.form());
        assertThat(asked.headers().first("authorization")).contains("Basic abc");
        assertThat(asked.headers().first("content-type"))
                .contains("application/x-www-form-urlencoded");
    }

    @Test
    void goesOnWithATokenThatHoldsWhileTheServerIsDown() throws Exception {
        client.willAnswer(200, token("one", "3600")).willAnswer(503, "busy");
        bearer();

        clock.advance(Duration.ofMinutes(57));

        assertThat(bearer()).isEqualTo("Bearer one");
        assertThat(bearer()).isEqualTo("Bearer one");
        assertThat(client.requests()).hasSize(2);
    }

    @Test
    void fetchesAnotherTokenWhenTheBackendRefusesOne() throws Exception {
        client.willAnswer(200, token("one", "3600")).willAnswer(200, token("two", "3600"));
        bearer();
        clock.advance(Duration.ofMinutes(1));

        assertThat(signIn.renew()).isTrue();

        assertThat(bearer()).isEqualTo("Bearer two");
        assertThat(signIn.renew()).isTrue();
        assertThat(bearer()).as("a young token is kept").isEqualTo("Bearer two");
    }

    @Test
    void saysWhichSettingsAreWrongWhenTheServerRefusesThem() {
        client.willAnswer(
                401, "{\"error\":\"invalid_client\",\"error_description\":\"no such client\"}");

        var failure = catchThrowableOfType(ProviderException.class, this::bearer);

        assertThat(failure.what()).isEqualTo(Cause.CREDENTIALS);
        assertThat(failure.error().status()).isEqualTo(502);
        assertThat(failure)
                .hasMessageContainingAll(
                        "login.example", "no such client", "THE_ID and THE_SECRET", "401");
        assertThat(failure.headers().first("x-should-retry")).contains("false");
    }

    @Test
    void tellsAServerThatIsDownFromOneThatRefuses() {
        client.willAnswer(503, "<html>").willAnswer(200, "{\"token_type\":\"Bearer\"}");

        var down = catchThrowableOfType(ProviderException.class, this::bearer);
        var strange = catchThrowableOfType(ProviderException.class, this::bearer);

        assertThat(down.what()).isEqualTo(Cause.STATUS);
        assertThat(down.error().type()).isEqualTo("overloaded_error");
        assertThat(strange.what()).isEqualTo(Cause.GARBLED);
    }

    @Test
    void asksOnceForAllThatWaitAndLetsThemShareAFailure() throws Exception {
        var asked = new CountDownLatch(1);
        var mayAnswer = new CountDownLatch(1);
        client.will(
                _ -> {
                    asked.countDown();
                    await(mayAnswer);
                    throw new ProviderException(
                            Cause.UNREACHABLE, ApiError.api(502, "nobody there"));
                });
        var calls = Stream.generate(() -> new FutureTask<>(this::bearer)).limit(5).toList();

        Thread.ofVirtual().start(calls.getFirst());
        asked.await();
        var waiting = calls.stream().skip(1).map(Thread.ofVirtual()::start).toList();
        while (!waiting.stream().allMatch(thread -> thread.getState() == State.WAITING)) {
            Thread.onSpinWait();
        }
        mayAnswer.countDown();

        assertThat(calls)
                .allSatisfy(
                        call ->
                                assertThat(call)
                                        .failsWithin(Duration.ofSeconds(10))
                                        .withThrowableThat()
                                        .withMessageContaining("nobody there"));
        assertThat(client.requests()).hasSize(1);
    }

    @Test
    void neverPrintsTheSecret() {
        assertThat(GRANT.toString()).doesNotContain("s3cret").doesNotContain("abc");
    }

    private String bearer() throws ProviderException, InterruptedException {
        return signIn.headers().first("authorization").orElseThrow();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String token(String value, String expiresIn) {
        return "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%s}"
                .formatted(value, expiresIn);
    }
}
