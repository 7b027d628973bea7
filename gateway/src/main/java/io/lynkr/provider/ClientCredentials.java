package io.lynkr.provider;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.resilience.Deadline;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Signs in with tokens that an OAuth server gives for a client's id and secret (RFC 6749, section
 * 4.4). A token is fetched by one thread at a time, anew some minutes before it expires, and kept
 * in use while the server cannot be reached and it still holds.
 */
public final class ClientCredentials implements SignIn {
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration NEXT_TRY = Duration.ofSeconds(30);
    private static final Duration UNTOLD_LIFE = Duration.ofMinutes(10);
    private static final int MAX_ANSWER = 1 << 20;

    /**
     * What is sent to the token server.
     *
     * @param address of the token server
     * @param headers besides the content type
     * @param form the body, form-encoded; holds the secret, so never to be logged
     * @param settings the settings that hold the credentials, named in errors
     */
    public record Grant(URI address, Headers headers, String form, String settings) {
        @Override
        public String toString() {
            return "Grant[" + address + "]";
        }
    }

    private record Token(String value, Instant fetched, Instant renewal, Instant expiry) {
        Token renewedAt(Instant later) {
            return new Token(value, fetched, later, expiry);
        }

        @Override
        public String toString() {
            return "Token[until " + expiry + "]";
        }
    }

    private final UpstreamClient client;
    private final Grant grant;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();

    private final AtomicInteger attempts = new AtomicInteger();

    // Written under the lock.
    private volatile @Nullable Token token;
    private @Nullable ProviderException lastFailure;

    public ClientCredentials(UpstreamClient client, Grant grant, InstantSource clock) {
        this.client = client;
        this.grant = grant;
        this.clock = clock;
    }

    @Override
    public Headers headers() throws ProviderException, InterruptedException {
        return Headers.of("authorization", "Bearer " + token().value());
    }

    /** A token that was just fetched is kept: another one would be refused as well. */
    @Override
    public boolean renew() {
        var refused = token;
        if (refused != null && refused.fetched().plus(NEXT_TRY).isBefore(clock.instant())) {
            fetching.lock();
            try {
                if (refused.equals(token)) {
                    token = null;
                }
            } finally {
                fetching.unlock();
            }
        }
        return true;
    }

    private Token token() throws ProviderException, InterruptedException {
        var known = token;
        var now = clock.instant();
        if (known == null || !now.isBefore(known.expiry())) {
            return awaited();
        }
        return now.isBefore(known.renewal()) ? known : renewed(known);
    }

    /** Others go on with the token that still holds, while one thread gets the next. */
    private Token renewed(Token known) throws InterruptedException {
        if (!fetching.tryLock()) {
            return known;
        }
        try {
            return known.equals(token) ? fetch() : known;
        } catch (ProviderException notNow) {
            token = known.renewedAt(clock.instant().plus(NEXT_TRY));
            return known;
        } finally {
            fetching.unlock();
        }
    }

    /** Whoever waits for a fetch shares its outcome, good or bad. */
    private Token awaited() throws ProviderException, InterruptedException {
        int before = attempts.get();
        fetching.lockInterruptibly();
        try {
            var known = token;
            if (known != null && clock.instant().isBefore(known.expiry())) {
                return known;
            }
            if (attempts.get() != before && lastFailure != null) {
                throw lastFailure;
            }
            return fetch();
        } finally {
            fetching.unlock();
        }
    }

    private Token fetch() throws ProviderException, InterruptedException {
        try {
            var fetched = ask();
            token = fetched;
            lastFailure = null;
            return fetched;
        } catch (ProviderException failure) {
            lastFailure = failure;
            throw failure;
        } finally {
            attempts.incrementAndGet();
        }
    }

    private Token ask() throws ProviderException, InterruptedException {
        var headers =
                grant.headers()
                        .with("content-type", "application/x-www-form-urlencoded")
                        .with("accept", "application/json");
        var body = grant.form().getBytes(StandardCharsets.UTF_8);
        var request = UpstreamRequest.post(grant.address(), headers, body);
        try (var response = client.send(request, Deadline.after(PATIENCE))) {
            var answer = read(response.body(MAX_ANSWER));
            if (response.status() != 200) {
                throw refused(response.status(), answer);
            }
            return token(answer);
        }
    }

    private static JsonObject read(byte[] body) {
        try {
            return JsonValue.parse(body).asObject().orElse(JsonObject.EMPTY);
        } catch (JsonException notJson) {
            return JsonObject.EMPTY;
        }
    }

    private Token token(JsonObject answer) throws ProviderException {
        var value = answer.string("access_token").filter(text -> !text.isBlank());
        if (value.isEmpty()) {
            throw new ProviderException(
                    Cause.GARBLED,
                    ApiError.api(
                            502,
                            "the token server at %s answered without a token"
                                    .formatted(grant.address().getHost())));
        }
        var now = clock.instant();
        var life = lifeOf(answer);
        var early = life.compareTo(EARLY.multipliedBy(2)) > 0 ? EARLY : life.dividedBy(2);
        return new Token(value.get(), now, now.plus(life).minus(early), now.plus(life));
    }

    /** Some servers write the seconds as a text. */
    private static Duration lifeOf(JsonObject answer) {
        var seconds =
                answer.string("expires_in")
                        .filter(text -> text.matches("\\d{1,9}"))
                        .map(text -> OptionalLong.of(Long.parseLong(text)))
                        .orElseGet(() -> answer.integer("expires_in"));
        return seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : UNTOLD_LIFE;
    }

    private ProviderException refused(int status, JsonObject answer) {
        var reason =
                answer.string("error_description")
                        .or(() -> answer.string("error"))
                        .or(() -> answer.string("message"))
                        .map(text -> text.lines().findFirst().orElse(""))
                        .map(text -> text.substring(0, Math.min(200, text.length())))
                        .orElse("no reason given");
        var host = grant.address().getHost();
        if (status == 429 || status >= 500) {
            return new ProviderException(
                    Cause.STATUS,
                    ApiError.overloaded(
                            529,
                            "the token server at %s gives no tokens at the moment (HTTP %d: %s)"
                                    .formatted(host, status, reason)));
        }
        return new ProviderException(
                Cause.CREDENTIALS,
                ApiError.api(
                        502,
                        "the token server at %s refused the gateway's own credentials (HTTP %d: %s). Check %s in the gateway's configuration; your client's key is not the cause"
                                .formatted(host, status, reason, grant.settings())),
                Headers.of("x-should-retry", "false"),
                Optional.empty());
    }
}
