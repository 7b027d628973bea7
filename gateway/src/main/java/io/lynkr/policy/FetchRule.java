package io.lynkr.policy;

import java.util.Locale;

/** Only plain web addresses of allowed hosts. Where the name leads to is checked on connecting. */
final class FetchRule implements PolicyRule {
    private final Facts.AllowedHosts hosts;

    FetchRule(Facts.AllowedHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public Ruling judge(String tool, Action action) {
        if (!(action instanceof Action.FetchUrl(var uri))) {
            return Ruling.NOT_MINE;
        }
        var scheme = uri.getScheme();
        boolean web = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
        if (!web || uri.getHost() == null || uri.getRawUserInfo() != null) {
            return Ruling.deny(
                    "url_not_allowed",
                    "only http and https addresses with a host and without user names are fetched");
        }
        var host = uri.getHost().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (!hosts.allows(host)) {
            return Ruling.deny(
                    "host_not_allowed",
                    "'"
                            + host
                            + "' is not an allowed host; the operator can add it to"
                            + " WEB_SEARCH_ALLOWED_HOSTS or set WEB_SEARCH_ALLOW_ALL=true");
        }
        return Ruling.ALLOW;
    }
}
