package io.lynkr.tool.web;

import io.lynkr.config.Secret;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.policy.Facts;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who searches the web, and which pages may be read.
 *
 * @param service whose way of asking the search service has
 * @param endpoint where the search service is; empty for the usual place of its kind
 * @param apiKey for search services that want one
 * @param timeout of one question or page
 * @param retries how often a search that failed for a passing reason is asked again
 * @param hosts whose pages may be read
 * @param maxBytes how much of a page is read
 * @param previewChars how much of a page a call returns unless it says otherwise
 */
public record WebSettings(
        SearchService service,
        Optional<URI> endpoint,
        Optional<Secret> apiKey,
        Duration timeout,
        int retries,
        AllowedHosts hosts,
        long maxBytes,
        int previewChars) {

    public static final Setting<SearchService> WEB_SEARCH_PROVIDER =
            Setting.choice(
                    "WEB_SEARCH_PROVIDER",
                    SearchService.class,
                    SearchService.SEARXNG,
                    "The kind of the search service; brave and tavily need WEB_SEARCH_API_KEY.");

    public static final Setting<Optional<URI>> WEB_SEARCH_ENDPOINT =
            Setting.uri(
                    "WEB_SEARCH_ENDPOINT",
                    "The search service's address; without it, http://localhost:8888/search for"
                            + " SearxNG, and the public address of the others.");

    public static final Setting<Optional<Secret>> WEB_SEARCH_API_KEY =
            Setting.secret("WEB_SEARCH_API_KEY", "The key for the search service.");

    public static final Setting<Duration> WEB_SEARCH_TIMEOUT_MS =
            Setting.millis(
                    "WEB_SEARCH_TIMEOUT_MS",
                    10_000,
                    1,
                    "How long a search or a page may take, redirects included.");

    public static final Setting<Integer> WEB_SEARCH_MAX_RETRIES =
            Setting.integer(
                    "WEB_SEARCH_MAX_RETRIES",
                    2,
                    0,
                    10,
                    "How often a search that failed for a passing reason is asked again.");

    public static final Setting<Boolean> WEB_SEARCH_ALLOW_ALL =
            Setting.bool(
                    "WEB_SEARCH_ALLOW_ALL",
                    false,
                    "Lets web_fetch read pages of every host with a public address.");

    public static final Setting<List<String>> WEB_SEARCH_ALLOWED_HOSTS =
            Setting.list(
                    "WEB_SEARCH_ALLOWED_HOSTS",
                    "",
                    "Hosts with public addresses whose pages web_fetch may read, such as"
                            + " example.com, or *.example.com for all below it.");

    public static final Setting<List<String>> WEB_FETCH_PRIVATE_HOSTS =
            Setting.list(
                    "WEB_FETCH_PRIVATE_HOSTS",
                    "",
                    "Hosts, each as host:port, whose pages web_fetch may read although they have a"
                            + " private address; each is a way into your own network.");

    public static final Setting<Long> WEB_FETCH_MAX_BYTES =
            Setting.bytes(
                    "WEB_FETCH_MAX_BYTES",
                    "5mb",
                    "How much of a page web_fetch reads; a longer one is cut, a longer PDF"
                            + " refused.");

    public static final Setting<Integer> WEB_FETCH_BODY_PREVIEW_MAX =
            Setting.integer(
                    "WEB_FETCH_BODY_PREVIEW_MAX",
                    10_000,
                    100,
                    100_000,
                    "How many characters of a page one call of web_fetch returns unless it says"
                            + " otherwise.");

    /** Reads and checks; problems are left in the settings. */
    public static WebSettings from(Settings settings) {
        var service = settings.get(WEB_SEARCH_PROVIDER);
        var key = settings.get(WEB_SEARCH_API_KEY);
        if (service.needsKey() && key.isEmpty()) {
            settings.problem(
                    WEB_SEARCH_PROVIDER,
                    "this search service wants a key",
                    "Set WEB_SEARCH_API_KEY");
        }
        var privateHosts = settings.get(WEB_FETCH_PRIVATE_HOSTS);
        for (var host : privateHosts) {
            if (!host.matches("(\\[[0-9a-fA-F:.]+]|[\\w.-]+):\\d{1,5}")) {
                settings.problem(
                        WEB_FETCH_PRIVATE_HOSTS,
                        "'" + host + "' is not host:port",
                        "Write for example wiki.example.internal:443");
            }
        }
        return new WebSettings(
                service,
                settings.get(WEB_SEARCH_ENDPOINT),
                key,
                settings.get(WEB_SEARCH_TIMEOUT_MS),
                settings.get(WEB_SEARCH_MAX_RETRIES),
                new AllowedHosts(
                        settings.get(WEB_SEARCH_ALLOW_ALL),
                        settings.get(WEB_SEARCH_ALLOWED_HOSTS),
                        privateHosts),
                settings.get(WEB_FETCH_MAX_BYTES),
                settings.get(WEB_FETCH_BODY_PREVIEW_MAX));
    }

    /** Whether somebody has chosen a search service, rather than that none was thought of. */
    public boolean searchIsChosen() {
        return endpoint.isPresent() || apiKey.isPresent();
    }

    /**
     * Whose pages may be read.
     *
     * @param all every host with a public address
     * @param names hosts with public addresses, by name or as {@code *.name}
     * @param privates hosts whose addresses need not be public, each as {@code host:port}
     */
    public record AllowedHosts(boolean all, List<String> names, List<String> privates)
            implements Facts.AllowedHosts {
        public AllowedHosts {
            names = lowerCase(names);
            privates = lowerCase(privates);
        }

        private static List<String> lowerCase(List<String> hosts) {
            return hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        }

        @Override
        public boolean allows(String host) {
            return all
                    || names.stream().anyMatch(name -> matches(name, host))
                    || privates.stream()
                            .anyMatch(
                                    each -> each.substring(0, each.lastIndexOf(':')).equals(host));
        }

        private static boolean matches(String name, String host) {
            return name.startsWith("*.")
                    ? host.endsWith(name.substring(1)) && host.length() > name.length() - 1
                    : name.equals(host);
        }

        /** Whether a host may be reached although its address is not public. */
        boolean allowsPrivate(String host, int port) {
            return privates.contains(host + ":" + port);
        }
    }
}
