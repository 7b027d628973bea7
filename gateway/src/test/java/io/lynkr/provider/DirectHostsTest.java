package io.lynkr.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class DirectHostsTest {

    @ParameterizedTest
    @CsvSource({
        "'', localhost, 80, true",
        "'', 127.0.0.1, 443, true",
        "'', [::1], 443, true",
        "'', 127.example.com, 443, false",
        "'', example.com, 443, false",
        "*, example.com, 443, true",
        "example.com, example.com, 443, true",
        "example.com, api.EXAMPLE.com, 443, true",
        "example.com, notexample.com, 443, false",
        ".example.com, api.example.com, 443, true",
        "*.example.com, api.example.com, 443, true",
        "example.com:8443, example.com, 8443, true",
        "example.com:8443, example.com, 443, false",
        "10.0.0.0/8, 10.1.2.3, 443, true",
        "10.0.0.0/8, 11.1.2.3, 443, false",
        "10.0.0.0/8, ten.example, 443, false",
        "10.0.0.0/99, 10.1.2.3, 443, false",
        "fd00::/8, [fd12::1], 443, true",
        "fd12:0::1, [fd12::1], 443, true",
        "192.168.1.7, 192.168.1.7, 443, true",
        "'a.example b.example', b.example, 443, true",
    })
    void knowsWhoIsReachedDirectly(String entry, String host, int port, boolean direct) {
        assertThat(DirectHosts.of(List.of(entry)).has(host, port)).isEqualTo(direct);
    }
}
