package io.lynkr.tool.web;

import io.lynkr.resilience.Deadline;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks where a host leads, once, before anybody connects; who connects uses the addresses that it
 * returns. One address that is not public is enough to refuse the host, unless the operator named
 * it.
 */
record AddressGuard(WebSettings.AllowedHosts hosts, Resolver resolver) {

    /**
     * The addresses of a page's host, all of which may be connected to.
     *
     * @throws ToolException if the host is not allowed, has no address, or has one that is not
     *     public
     */
    List<InetAddress> check(WebAddress address, Deadline deadline)
            throws ToolException, InterruptedException {
        if (!hosts.allows(address.host())) {
            throw refused(
                    "'"
                            + address.host()
                            + "' is not an allowed host; the operator can add it to"
                            + " WEB_SEARCH_ALLOWED_HOSTS or set WEB_SEARCH_ALLOW_ALL=true");
        }
        var addresses = resolve(address.host(), deadline);
        boolean allPublic = addresses.stream().allMatch(PublicAddresses::has);
        if (!allPublic && !hosts.allowsPrivate(address.host(), address.port())) {
            throw refused(
                    "'"
                            + address.host()
                            + "' leads to an address that is not public; the operator can allow"
                            + " it by name with WEB_FETCH_PRIVATE_HOSTS");
        }
        return addresses;
    }

    private List<InetAddress> resolve(String host, Deadline deadline)
            throws ToolException, InterruptedException {
        var lookup = new FutureTask<>(() -> resolver.addresses(host));
        Thread.startVirtualThread(lookup);
        try {
            var addresses = lookup.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (addresses.isEmpty()) {
                throw new ToolException(Kind.UNAVAILABLE, "'" + host + "' has no address");
            }
            return addresses;
        } catch (ExecutionException unknown) {
            throw new ToolException(Kind.UNAVAILABLE, "there is no host '" + host + "'");
        } catch (TimeoutException late) {
            throw new ToolException(Kind.TIMED_OUT, "nobody said in time where '" + host + "' is");
        }
    }

    private static ToolException refused(String why) {
        return new ToolException(Kind.UNAVAILABLE, why);
    }
}
