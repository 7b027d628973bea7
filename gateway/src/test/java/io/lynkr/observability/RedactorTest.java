package io.lynkr.observability;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;

class RedactorTest {
    private static final String OURS = "p@ss/w0rd+\"quoted\" ümlaut";

    private final Redactor redactor = new Redactor(List.of(OURS));

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "sk-ant-api03-AbCd_1234-efgh5678",
                "sk-proj-0123456789abcdef0123",
                "dapi0123456789abcdef0123456789abcdef",
                "dapi0123456789abcdef0123456789abcdef-2",
                "dose0123456789abcdef0123456789abcdef",
                "AKIAIOSFODNN7EXAMPLE",
                "ASIAIOSFODNN7EXAMPLE",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "ghp_0123456789abcdefghijABCDEFGHIJ012345",
                "gho_0123456789abcdefghijABCDEFGHIJ012345",
                "github_pat_11ABCDEFG0123456789_abcdefghij",
                "glpat-0123456789abcdefghij",
                "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH",
                "xoxb-123456789012-abcdefghij",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N",
            })
    void masksWhatLooksLikeSomebodysSecret(String secret) {
        assertThat(redactor.redact("{\"error\":\"key " + secret + " is wrong\"}"))
                .isEqualTo("{\"error\":\"key *** is wrong\"}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Authorization: Bearer abc123def456, Authorization: Bearer ***",
        "authorization: bearer abc123def456=, authorization: bearer ***",
        "Proxy-Authorization: Basic dXNlcjpwYXNz, Proxy-Authorization: Basic ***",
        "http://user:pass@proxy:3128/, http://***@proxy:3128/",
        "GET /search?q=x&api_key=abc&n=1, GET /search?q=x&api_key=***&n=1",
        "GET /?token=abc, GET /?token=***",
        "'-----BEGIN RSA PRIVATE KEY-----\\nMIIEow\\n-----END', ***",
    })
    void masksCredentialsWhereTheyStand(String text, String masked) {
        assertThat(redactor.redact(text)).startsWith(masked);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "ec4b100 Build header lists once",
                "/home/me/projects/lynkr/gateway/src/main/java/io/lynkr/observability/Redactor.java",
                "123e4567-e89b-12d3-a456-426614174000",
                "req_0123456789ABCDEFGHJKLMNP",
                "task-runner-for-all-the-integration-tests",
                "http://localhost:8080/v1/messages?beta=true",
                "the basic idea, the bearer of news",
                "databricks-claude-sonnet-4-5",
                "ASIA and AKIA are continents of keys",
            })
    void leavesOrdinaryTextAlone(String text) {
        assertThat(redactor.redact(text)).isEqualTo(text);
    }

    @Test
    void masksOurOwnSecretInEverySpelling() {
        var inJson = OURS.replace("\"", "\\\"");
        var inUrl = URLEncoder.encode(OURS, UTF_8);
        for (var spelling :
                List.of(
                        OURS,
                        inJson,
                        inUrl,
                        inUrl.replace("+", "%20"),
                        inUrl.replace("%2F", "%2f")
                                .replace("%2B", "%2b")
                                .replace("%C3%BC", "%c3%bc"))) {
            assertThat(redactor.redact("a " + spelling + " z"))
                    .as(spelling)
                    .contains(Redactor.MASK);
            assertThat(redactor.redact("a " + spelling + " z")).as(spelling).doesNotContain("w0rd");
        }
    }

    @ParameterizedTest(name = "behind {0} and before {1}")
    @CsvSource({"'',''", "a,''", "ab,''", "user:,''", "'',x", "a,xy", "ab,xyz", "name:,:more"})
    void findsOurOwnSecretInsideOfBase64(String before, String after) {
        var text = (before + OURS + after).getBytes(UTF_8);
        var standard = Base64.getEncoder().encodeToString(text);
        var forUrls = Base64.getUrlEncoder().withoutPadding().encodeToString(text);

        assertThat(redactor.redact(standard)).contains(Redactor.MASK).hasSizeLessThan(18);
        assertThat(redactor.redact(forUrls)).contains(Redactor.MASK).hasSizeLessThan(18);
    }

    @Test
    void leavesNothingOfASecretThatContainsAnother() {
        var two = new Redactor(List.of("secret-one", "secret-one-and-more"));

        assertThat(two.redact("secret-one-and-more, secret-one")).isEqualTo("***, ***");
    }

    @Test
    void takesNoWordsOutForAShortSecret() {
        assertThat(new Redactor(List.of("", "on", "false")).redact("a false start on Monday"))
                .isEqualTo("a false start on Monday");
    }

    @Test
    void tellsNobodyWhatItKnows() {
        assertThat(redactor.toString()).doesNotContain("w0rd");
    }
}
