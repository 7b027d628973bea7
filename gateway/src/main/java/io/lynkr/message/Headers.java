package io.lynkr.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** HTTP headers in the order they came; names are compared without regard to case. */
public final class Headers {
    public static final Headers NONE = new Headers(List.of());

    // Never changed after construction.
    private final List<Header> headers;

    private record Header(String name, String value) {}

    private Headers(List<Header> headers) {
        this.headers = headers;
    }

    public static Headers of(String name, String value) {
        return NONE.with(name, value);
    }

    /** Names and values in the order of the entries. */
    public static Headers copyOf(Iterable<Map.Entry<String, String>> entries) {
        var headers = new ArrayList<Header>();
        for (var entry : entries) {
            headers.add(new Header(entry.getKey(), entry.getValue()));
        }
        return new Headers(headers);
    }

    /** The first value under this name. */
    public Optional<String> first(String name) {
        for (var header : headers) {
            if (header.name.equalsIgnoreCase(name)) {
                return Optional.of(header.value);
            }
        }
        return Optional.empty();
    }

    public List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The items of a comma-separated list that may be spread over several headers. */
    public List<String> list(String name) {
        var items = new ArrayList<String>();
        for (var value : all(name)) {
            for (var item : value.split(",", -1)) {
                if (!item.isBlank()) {
                    items.add(item.strip());
                }
            }
        }
        return items;
    }

    public int size() {
        return headers.size();
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** A copy with one more header at the end; earlier ones of the same name stay. */
    public Headers with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Headers(more);
    }

    /** A copy in which this is the only header of its name. */
    public Headers replacing(String name, String value) {
        return without(name::equalsIgnoreCase).with(name, value);
    }

    /** A copy without the headers whose name (in lower case) meets the condition. */
    public Headers without(Predicate<String> unwanted) {
        var kept = new ArrayList<Header>(headers.size() + 4);
        for (var header : headers) {
            if (!unwanted.test(header.name.toLowerCase(Locale.ROOT))) {
                kept.add(header);
            }
        }
        return new Headers(kept);
    }

    public Headers and(Headers others) {
        var more = new ArrayList<>(headers);
        more.addAll(others.headers);
        return new Headers(more);
    }

    public void forEach(BiConsumer<String, String> action) {
        headers.forEach(header -> action.accept(header.name, header.value));
    }

    /** The names only: values may be secrets. */
    @Override
    public String toString() {
        return headers.stream().map(Header::name).toList().toString();
    }
}
