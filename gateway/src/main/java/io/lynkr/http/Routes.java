package io.lynkr.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What can be asked for: an ordered list, matched on the exact path; the query plays no part. Where
 * {@code GET} is known, {@code HEAD} is.
 */
final class Routes {
    /** Whoever reaches the gateway may come in. */
    static final Predicate<RequestHead> OPEN = _ -> true;

    /** An access token is needed, where there are any. */
    static final Predicate<RequestHead> CLOSED = _ -> false;

    private static final String GET = "GET";
    private static final String HEAD = "HEAD";

    private final List<Route> routes;

    /**
     * @param path exact, or ending in <code>&#47;*</code> for one more segment
     * @param open whether no access token is needed for this request
     * @param probe whether it is asked for by machines, again and again
     */
    record Route(
            String method,
            String path,
            Predicate<RequestHead> open,
            boolean probe,
            Handler handler) {

        static Route of(String method, String path, Predicate<RequestHead> open, Handler handler) {
            return new Route(method, path, open, false, handler);
        }

        static Route probe(String path, Predicate<RequestHead> open, Handler handler) {
            return new Route(GET, path, open, true, handler);
        }

        private boolean matches(String asked) {
            if (!path.endsWith("/*")) {
                return path.equals(asked);
            }
            var prefix = path.substring(0, path.length() - 1);
            return asked.startsWith(prefix)
                    && asked.length() > prefix.length()
                    && asked.indexOf('/', prefix.length()) < 0;
        }
    }

    Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    Optional<Route> find(String method, String path) {
        return routes.stream()
                .filter(route -> knows(route, method) && route.matches(path))
                .findFirst();
    }

    private static boolean knows(Route route, String method) {
        return route.method.equals(method) || (method.equals(HEAD) && route.method.equals(GET));
    }

    /** The methods that this path knows; empty for an unknown path. */
    List<String> methodsOf(String path) {
        return routes.stream()
                .filter(route -> route.matches(path))
                .flatMap(
                        route ->
                                route.method.equals(GET)
                                        ? Stream.of(GET, HEAD)
                                        : Stream.of(route.method))
                .toList();
    }
}
