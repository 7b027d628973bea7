package io.lynkr.http;

import java.util.List;
import java.util.Optional;

/** What can be asked for: an ordered list, matched on the exact path; the query plays no part. */
final class Routes {
    private final List<Route> routes;

    /**
     * @param path exact, or ending in <code>&#47;*</code> for one more segment
     * @param open whether no access token is needed
     */
    record Route(String method, String path, boolean open, Handler handler) {
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
                .filter(route -> route.method.equals(method) && route.matches(path))
                .findFirst();
    }

    /** The methods that this path knows; empty for an unknown path. */
    List<String> methodsOf(String path) {
        return routes.stream().filter(route -> route.matches(path)).map(Route::method).toList();
    }
}
