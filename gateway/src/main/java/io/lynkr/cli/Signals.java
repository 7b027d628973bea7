package io.lynkr.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * The signals that other programs send to this process. The JDK has them in a class that the
 * compiler warns of, and that not every Java has; hence the detour.
 */
final class Signals {
    private Signals() {}

    /**
     * Does this each time the signal comes, instead of what it does by default; where there are no
     * signals, nothing changes.
     *
     * @param name without SIG
     */
    static void handle(String name, Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var ours =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (proxy, method, arguments) ->
                                    switch (method.getName()) {
                                        case "handle" -> {
                                            action.run();
                                            yield null;
                                        }
                                        case "equals" -> isSame(proxy, arguments[0]);
                                        case "hashCode" -> System.identityHashCode(proxy);
                                        default -> "signal handler";
                                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ClassNotFoundException | NoSuchMethodException noSignals) {
            return;
        } catch (InstantiationException
                | IllegalAccessException
                | InvocationTargetException unknownHere) {
            // The JVM keeps this signal for itself (-Xrs), or the system does not have it.
            return;
        }
    }

    @SuppressWarnings("ReferenceEquality") // what else, for a handler?
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
