package io.lynkr.tool.web;

import io.lynkr.resilience.Deadline;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;

import java.time.Duration;

/** Fetches a page and follows its redirects, each judged as if it had been asked for. */
final class PageFetcher {
    private static final int MOST_REDIRECTS = 5;

    private final AddressGuard guard;
    private final WebClient client;
    private final Duration timeout;
    private final PageCache cache;

    PageFetcher(AddressGuard guard, WebClient client, Duration timeout, PageCache cache) {
        this.guard = guard;
        this.client = client;
        this.timeout = timeout;
        this.cache = cache;
    }

    Page fetch(WebAddress address, Deadline turn) throws ToolException, InterruptedException {
        var known = cache.find(address);
        if (known.isPresent()) {
            return known.get();
        }
        var page = PageReader.read(get(address, Deadline.after(turn.atMost(timeout))));
        cache.put(address, page);
        return page;
    }

    private RawPage get(WebAddress first, Deadline deadline)
            throws ToolException, InterruptedException {
        var address = first;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            var raw = client.get(address, guard.check(address, deadline), deadline);
            if (!raw.isRedirect()) {
                return raw;
            }
            address = address.redirected(raw.location());
        }
        throw new ToolException(
                Kind.FAILED, first.uri() + " redirects more than " + MOST_REDIRECTS + " times");
    }
}
