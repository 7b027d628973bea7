package io.lynkr.tool.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The pages read last, so that a long one can be read in pieces. Guarded by itself. */
final class PageCache {
    private static final int MOST_CHARS = 4_000_000;
    private static final long FRESH_NANOS = Duration.ofMinutes(15).toNanos();

    private record Kept(Page page, long until) {}

    private final LongSupplier nanoTime;
    private final Map<WebAddress, Kept> byLastUse = new LinkedHashMap<>(16, 0.75f, true);
    private long chars;

    PageCache(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized Optional<Page> find(WebAddress address) {
        var kept = byLastUse.get(address);
        if (kept != null && kept.until - nanoTime.getAsLong() <= 0) {
            forget(address);
            return Optional.empty();
        }
        return Optional.ofNullable(kept).map(Kept::page);
    }

    /** Keeps a page, unless it tells of a failure. */
    synchronized void put(WebAddress address, Page page) {
        forget(address);
        if (page.status() >= 300 || page.text().length() > MOST_CHARS) {
            return;
        }
        byLastUse.put(address, new Kept(page, nanoTime.getAsLong() + FRESH_NANOS));
        chars += page.text().length();
        while (chars > MOST_CHARS) {
            forget(byLastUse.keySet().iterator().next());
        }
    }

    private void forget(WebAddress address) {
        var kept = byLastUse.remove(address);
        if (kept != null) {
            chars -= kept.page.text().length();
        }
    }
}
