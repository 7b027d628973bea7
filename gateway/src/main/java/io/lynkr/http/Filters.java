package io.lynkr.http;

import java.util.List;

/** What happens around every handler; the first in the list is the outermost. */
final class Filters {
    private Filters() {}

    static List<Filter> all() {
        return List.of(
                new ErrorFilter() // whatever is thrown becomes an error in the API's shape
                );
    }

    /** A handler with all filters around it. */
    static Handler around(Handler handler, List<Filter> filters) {
        var wrapped = handler;
        for (var filter : filters.reversed()) {
            var inner = wrapped;
            wrapped = exchange -> filter.around(exchange, inner);
        }
        return wrapped;
    }
}
