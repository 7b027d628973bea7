package io.lynkr.tool.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Reply;
import io.lynkr.tool.ToolException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * However an address is spelled, and wherever redirects lead: a server that stands beside the
 * gateway, with all hosts allowed, is never connected to.
 */
class RefusesPrivateAddressesTest {
    /** Of a block that nobody has been given: public by its kind, and leading nowhere. */
    private static final String PUBLIC = "2d00::1";

    private final FakeUpstream inside = new FakeUpstream();
    private final FakeUpstream start = new FakeUpstream();
    private final Map<String, List<String>> names =
            Map.ofEntries(
                    Map.entry("localhost", List.of("127.0.0.1")),
                    Map.entry("loop.test", List.of("127.0.0.1")),
                    Map.entry("loop6.test", List.of("::1")),
                    Map.entry("mapped.test", List.of("::ffff:127.0.0.1")),
                    Map.entry("mixed.test", List.of(PUBLIC, "127.0.0.1")),
                    Map.entry("mixed6.test", List.of("2606:2800:220:1::1", "fd00::1")),
                    Map.entry("ten.test", List.of("10.0.0.1")),
                    Map.entry("metadata.google.internal", List.of("169.254.169.254")),
                    Map.entry("xn--mller-kva.test", List.of("127.0.0.1")),
                    Map.entry("start.test", List.of("127.0.0.1")),
                    Map.entry("public.test", List.of(PUBLIC)));

    @BeforeEach
    void serve() {
        inside.answerWhen(_ -> true, _ -> Reply.of(200, "text/plain", "the secret"));
    }

    @AfterEach
    void stop() {
        inside.close();
        start.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // loopback by number
                "http://127.0.0.1:{port}/",
                "http://127.0.0.2:{port}/",
                "http://127.255.255.254:{port}/",
                "http://127.1:{port}/",
                "http://127.0.1:{port}/",
                "http://2130706433:{port}/",
                "http://017700000001:{port}/",
                "http://0177.0.0.1:{port}/",
                "http://0177.0.0.01:{port}/",
                "http://127.0.0.01:{port}/",
                "http://127.000.000.001:{port}/",
                "http://0x7f.0.0.1:{port}/",
                "http://0x7f000001:{port}/",
                "http://0x7f.1:{port}/",
                "http://0X7F.0.0.1:{port}/",
                "http://127.0.0.0x1:{port}/",
                "http://127.0.0.1.:{port}/",
                "http://127.0.0.1..:{port}/",
                "http://0.0.0.0:{port}/",
                "http://0:{port}/",
                // full-width and circled digits, other dots
                "http://１２７.０.０.１:{port}/",
                "http://127。0。0。1:{port}/",
                "http://①②⑦.⓪.⓪.①:{port}/",
                "http://127%2e0%2e0%2e1:{port}/",
                // IPv6
                "http://[::1]:{port}/",
                "http://[0:0:0:0:0:0:0:1]:{port}/",
                "http://[::]:{port}/",
                "http://[::ffff:127.0.0.1]:{port}/",
                "http://[::ffff:7f00:1]:{port}/",
                "http://[0:0:0:0:0:ffff:7f00:0001]:{port}/",
                "http://[::127.0.0.1]:{port}/",
                "http://[64:ff9b::127.0.0.1]:{port}/",
                "http://[64:ff9b::7f00:1]:{port}/",
                "http://[64:ff9b:1::7f00:1]:{port}/",
                "http://[2002:7f00:1::]:{port}/",
                "http://[2001:0:7f00:1::]:{port}/",
                "http://[fe80::1]:{port}/",
                "http://[fe80::1%25lo]:{port}/",
                "http://[fc00::1]:{port}/",
                "http://[fd00:ec2::254]/",
                "http://[ff02::1]:{port}/",
                "http://[fec0::1]:{port}/",
                "http://[2001:db8::1]:{port}/",
                "http://[3fff::1]:{port}/",
                // private, carriers' own, metadata, reserved
                "http://10.0.0.1/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.168.1.1/",
                "http://100.64.0.1/",
                "http://100.100.100.200/",
                "http://169.254.169.254/latest/meta-data/",
                "http://169.254.170.2/",
                "http://192.0.0.192/",
                "http://192.0.2.1/",
                "http://198.18.0.1/",
                "http://198.51.100.1/",
                "http://203.0.113.1/",
                "http://192.88.99.1/",
                "http://224.0.0.1/",
                "http://240.0.0.1/",
                "http://255.255.255.255/",
                "http://0.1.2.3/",
                // names
                "http://localhost:{port}/",
                "http://LOCALHOST:{port}/",
                "http://localhost.:{port}/",
                "http://loop.test:{port}/",
                "http://loop6.test:{port}/",
                "http://mapped.test:{port}/",
                "http://mixed.test:{port}/",
                "http://mixed6.test:{port}/",
                "http://ten.test:{port}/",
                "http://metadata.google.internal/",
                "http://müller.test:{port}/",
                "http://nobody-knows-it.test:{port}/",
                // what parsers disagree on
                "http://public.test@127.0.0.1:{port}/",
                "http://public.test:80@127.0.0.1:{port}/",
                "http://127.0.0.1:{port}@public.test/",
                "http://public.test\\@127.0.0.1:{port}/",
                "http://127.0.0.1:{port}\\@public.test/",
                "http://public.test%00.127.0.0.1:{port}/",
                "http://127.0.0.1:{port}%23@public.test/",
                "http:127.0.0.1:{port}/",
                "http:/127.0.0.1:{port}/",
                "http:///127.0.0.1:{port}/",
                "//127.0.0.1:{port}/",
                "http://127.0.0.1\t:{port}/",
                "http://127.0.0.1 :{port}/",
                "http://[127.0.0.1]:{port}/",
                "http://[::1:{port}/",
                "http://public.test:0/",
                "http://public.test:99999/",
                // other schemes
                "file:///etc/passwd",
                "ftp://127.0.0.1:{port}/",
                "gopher://127.0.0.1:{port}/_GET",
                "jar:http://127.0.0.1:{port}/!/",
                "data:text/plain,hello",
                "javascript:alert(1)",
                "http://",
                "127.0.0.1:{port}"
            })
    void refusesTheSpelling(String spelling) {
        refuses(spelling.replace("{port}", "" + inside.port()), fetch());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:{port}/",
                "//127.0.0.1:{port}/",
                "//localhost:{port}/",
                "http://2130706433:{port}/",
                "http://[::1]:{port}/",
                "http://[::ffff:127.0.0.1]:{port}/",
                "http://[64:ff9b::7f00:1]:{port}/",
                "http://loop.test:{port}/",
                "http://start.test:{port}/",
                "http://user:pw@127.0.0.1:{port}/",
                "http://169.254.169.254/latest/meta-data/",
                "http:\\\\127.0.0.1:{port}/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:{port}/",
                "/again",
                "http://start.test:{start}/hop"
            })
    void refusesWhereARedirectLeads(String target) {
        var filled =
                target.replace("{port}", "" + inside.port()).replace("{start}", "" + start.port());
        start.answerWhen(
                request -> request.path().equals("/hop"),
                _ -> redirect("http://127.0.0.1:" + inside.port() + "/"));
        start.answerWhen(request -> request.path().equals("/again"), _ -> redirect("/again"));
        start.answerWhen(request -> request.path().equals("/"), _ -> redirect(filled));

        refuses("http://start.test:" + start.port() + "/", startAllowed());

        assertThat(start.requests()).isNotEmpty();
    }

    /** The name's second answer would be the secret's place: it is never asked for. */
    @Test
    void connectsToTheAddressThatWasChecked() {
        var asked = new AtomicInteger();
        Resolver rebinding =
                _ ->
                        List.of(
                                InetAddress.getByName(
                                        asked.getAndIncrement() == 0 ? PUBLIC : "127.0.0.1"));
        var tool =
                WebFetchTool.of(
                        WebTrial.settings(
                                "WEB_SEARCH_ALLOW_ALL", "true", "WEB_SEARCH_TIMEOUT_MS", "300"),
                        rebinding);

        refuses("http://rebind.test:" + inside.port() + "/", tool);

        assertThat(asked).hasValue(1);
    }

    @Test
    void readsWhatTheOperatorAllowedByNameAndPort() throws Exception {
        start.answerWhen(_ -> true, _ -> Reply.of(200, "text/plain", "the wiki"));

        var page =
                WebTrial.call(
                        startAllowed(),
                        JsonObject.of("url", "http://start.test:" + start.port() + "/"));

        assertThat(WebTrial.json(page).string("text_content")).hasValue("the wiki");
        assertThat(start.last().header("host")).hasValue("start.test:" + start.port());
    }

    @Test
    void allowsOnlyTheNamedHosts() {
        var tool =
                WebFetchTool.of(
                        WebTrial.settings("WEB_SEARCH_ALLOWED_HOSTS", "public.test;*.docs.test"),
                        WebTrial.resolver(names));
        var hosts = WebTrial.settings("WEB_SEARCH_ALLOWED_HOSTS", "a.test;*.docs.test").hosts();

        refuses("http://loop.test/", tool);
        assertThat(hosts.allows("a.test")).isTrue();
        assertThat(hosts.allows("b.docs.test")).isTrue();
        assertThat(hosts.allows("docs.test")).isFalse();
        assertThat(hosts.allows("evildocs.test")).isFalse();
        assertThat(hosts.allows("a.test.evil")).isFalse();
        assertThat(WebTrial.settings().hosts().allows("a.test")).isFalse();
    }

    /** Addresses beside the private ones are nobody's own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.0.0.1",
                "128.0.0.1",
                "169.253.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:4860:4860::8888",
                "2003::1",
                "3ffe::1"
            })
    void knowsPublicAddresses(String address) throws Exception {
        assertThat(PublicAddresses.has(InetAddress.getByName(address))).isTrue();
    }

    private WebFetchTool fetch() {
        return WebFetchTool.of(
                WebTrial.settings("WEB_SEARCH_ALLOW_ALL", "true", "WEB_SEARCH_TIMEOUT_MS", "2000"),
                WebTrial.resolver(names));
    }

    private WebFetchTool startAllowed() {
        return WebFetchTool.of(
                WebTrial.settings(
                        "WEB_SEARCH_ALLOW_ALL",
                        "true",
                        "WEB_FETCH_PRIVATE_HOSTS",
                        "start.test:" + start.port()),
                WebTrial.resolver(names));
    }

    private static Reply redirect(String target) {
        return Reply.of(302, "text/plain", "").header("location", target);
    }

    private void refuses(String url, WebFetchTool tool) {
        assertThatThrownBy(() -> WebTrial.call(tool, JsonObject.of("url", url)))
                .isInstanceOf(ToolException.class);
        assertThat(inside.requests()).isEmpty();
        assertThat(inside.connections()).isZero();
    }
}
