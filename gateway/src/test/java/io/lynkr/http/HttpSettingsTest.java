package io.lynkr.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;

class HttpSettingsTest {

    @Test
    void listensOnLoopbackByDefault() {
        var settings = new Settings(Map.of());

        var http = HttpSettings.from(settings);

        assertThat(settings.problems()).isEmpty();
        assertThat(http.host()).isEqualTo("127.0.0.1");
        assertThat(http.port()).isEqualTo(8080);
        assertThat(http.accessTokens().isEmpty()).isTrue();
        assertThat(http.bodyLimit()).isEqualTo(32 << 20);
        assertThat(http.allowedHosts()).isEmpty();
        assertThat(http.pingInterval()).isEqualTo(Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "::1", "[::1]"})
    void needsNoTokenOnLoopback(String host) {
        var settings = new Settings(Map.of("HOST", host));

        HttpSettings.from(settings);

        assertThat(settings.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.7", "gateway.example", "localhost.example"})
    void refusesAnyOtherAddressWithoutTokens(String host) {
        var settings = new Settings(Map.of("HOST", host));

        HttpSettings.from(settings);

        assertThat(settings.problems())
                .containsExactly(
                        new ConfigProblem(
                                "HOST",
                                "'"
                                        + host
                                        + "' lets other machines in, and no ACCESS_TOKENS are set",
                                "Set ACCESS_TOKENS to name:token (a good token: openssl rand -hex"
                                        + " 32), or HOST to 127.0.0.1"));
    }

    @Test
    void listensAnywhereWithATokenSet() {
        var settings = new Settings(Map.of("HOST", "0.0.0.0", "ACCESS_TOKENS", "ann:t0ken"));

        var http = HttpSettings.from(settings);

        assertThat(settings.problems()).isEmpty();
        assertThat(http.accessTokens().nameOf("t0ken")).contains("ann");
    }

    @Test
    void reportsATokenListThatCannotBeReadWithoutShowingIt() {
        var settings = new Settings(Map.of("HOST", "0.0.0.0", "ACCESS_TOKENS", "hunter2"));

        HttpSettings.from(settings);

        assertThat(settings.problems())
                .singleElement()
                .hasToString(
                        "ACCESS_TOKENS: item 1 is not name:token. Write name:token with commas"
                                + " between, and each name once");
    }

    @Test
    void refusesABodyLimitThatNoArrayHolds() {
        var settings = new Settings(Map.of("REQUEST_JSON_LIMIT", "4gb"));

        HttpSettings.from(settings);

        assertThat(settings.problems())
                .singleElement()
                .hasToString(
                        "REQUEST_JSON_LIMIT: 4294967296 bytes is too large. Set it to at most 1gb");
    }

    @Test
    void comparesHostNamesInLowerCase() {
        var settings = new Settings(Map.of("ALLOWED_HOSTS", "Gateway.Example, other.example"));

        assertThat(HttpSettings.from(settings).allowedHosts())
                .containsExactly("gateway.example", "other.example");
    }
}
