package io.lynkr.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;

class UrlsTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example/anthropic/v1/messages",
        "https://a.example/, https://a.example/anthropic/v1/messages",
        "https://a.example/anthropic, https://a.example/anthropic/v1/messages",
        "https://a.example/anthropic/, https://a.example/anthropic/v1/messages",
        "https://a.example/anthropic/v1, https://a.example/anthropic/v1/messages",
        "https://a.example/anthropic/v1/messages, https://a.example/anthropic/v1/messages",
        "https://a.example:8443/x/v1/messages/, https://a.example:8443/x/v1/messages",
        "https://a.example/x?api-version=1, https://a.example/x/v1/messages?api-version=1"
    })
    void completesTheAddressOfMessages(URI given, URI messages) {
        assertThat(Urls.messages(given, "/anthropic")).isEqualTo(messages);
    }

    @Test
    void putsAnyNameIntoOneSegment() {
        assertThat(Urls.segment("a b/../c?d#e:f")).isEqualTo("a%20b%2F..%2Fc%3Fd%23e%3Af");
    }

    @Test
    void encodesAForm() {
        assertThat(Urls.form("a", "1 2", "b", "x&y=z")).isEqualTo("a=1+2&b=x%26y%3Dz");
    }
}
