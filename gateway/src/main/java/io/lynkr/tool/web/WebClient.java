package io.lynkr.tool.web;

import io.lynkr.resilience.Deadline;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import javax.net.ssl.SSLException;

/**
 * Gets one page from one of the addresses that were checked: no redirect is followed, no cookie,
 * credential or proxy variable is used, and nothing is unpacked.
 */
final class WebClient {
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_HEADER = 16 * 1024;
    private static final String AGENT = "Mozilla/5.0 (compatible; Lynkr web_fetch)";
    private static final String ACCEPTED =
            "text/html,application/xhtml+xml,text/*,application/json,application/pdf,*/*;q=0.5";

    private final long maxBytes;

    /**
     * @param maxBytes how much of a page is read
     */
    WebClient(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Gets a page.
     *
     * @param addresses where to connect; the name is used for TLS and {@code Host} only
     */
    RawPage get(WebAddress page, List<InetAddress> addresses, Deadline deadline)
            throws ToolException, InterruptedException {
        var request = new HttpGet(page.uri());
        request.setHeader("Accept", ACCEPTED);
        request.setHeader("Accept-Encoding", "identity");
        request.setHeader("Accept-Language", "en, *;q=0.5");
        var watch = Thread.startVirtualThread(() -> cancelAt(deadline, request));
        var client = client(addresses, deadline);
        try (var response = client.executeOpen(null, request, null)) {
            return read(page, response);
        } catch (IOException | IllegalStateException broken) {
            // The library complains of its state if it was cancelled before it could connect.
            throw failure(page, broken, deadline);
        } finally {
            watch.interrupt();
            client.close(CloseMode.IMMEDIATE);
        }
    }

    /** Each read has a limit of its own; this one is for those that come drop by drop. */
    private static void cancelAt(Deadline deadline, HttpGet request) {
        try {
            Thread.sleep(deadline.remaining());
            request.cancel();
        } catch (InterruptedException wasInTime) {
            return;
        }
    }

    private static CloseableHttpClient client(List<InetAddress> addresses, Deadline deadline) {
        // Nothing left would mean no limit to the library.
        var left = Timeout.ofMilliseconds(deadline.remaining().toMillis() + 1);
        var limits =
                Http1Config.custom()
                        .setMaxHeaderCount(MOST_HEADERS)
                        .setMaxLineLength(LONGEST_HEADER)
                        .build();
        var connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Pinned(addresses))
                        .setConnectionFactory(
                                ManagedHttpClientConnectionFactory.builder()
                                        .http1Config(limits)
                                        .build())
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(left)
                                        .setSocketTimeout(left)
                                        .build())
                        .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setUserAgent(AGENT)
                .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(left).build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .build();
    }

    private RawPage read(WebAddress page, ClassicHttpResponse response)
            throws IOException, ToolException {
        var encoding = header(response, "content-encoding");
        if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
            throw new ToolException(
                    Kind.FAILED,
                    page.uri() + " is packed as " + encoding + ", which was not asked for");
        }
        var body = new ByteArrayOutputStream();
        boolean cut = false;
        var entity = response.getEntity();
        if (entity != null && entity.getContent() != null) {
            var in = entity.getContent();
            var piece = new byte[16 * 1024];
            for (int read = in.read(piece); read >= 0 && !cut; read = in.read(piece)) {
                int room = (int) Math.min(read, maxBytes - body.size());
                body.write(piece, 0, room);
                cut = room < read;
            }
        }
        return new RawPage(
                page,
                response.getCode(),
                header(response, "content-type"),
                header(response, "location"),
                body.toByteArray(),
                cut);
    }

    private static String header(ClassicHttpResponse response, String name) {
        var header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }

    private static ToolException failure(WebAddress page, Exception broken, Deadline deadline)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw (InterruptedException) new InterruptedException().initCause(broken);
        }
        if (deadline.isOver()) {
            return new ToolException(
                    Kind.TIMED_OUT,
                    page.uri() + " took longer than it may (WEB_SEARCH_TIMEOUT_MS)");
        }
        var what = broken instanceof SSLException ? "TLS failed" : "the connection failed";
        return new ToolException(
                Kind.UNAVAILABLE, page.uri() + ": " + what + ": " + broken.getMessage());
    }

    /** Answers with the addresses that were checked, whatever the name leads to by now. */
    private record Pinned(List<InetAddress> addresses) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) {
            return addresses.toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }
    }
}
