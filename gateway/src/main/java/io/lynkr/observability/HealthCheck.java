package io.lynkr.observability;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Looks after one thing that the gateway depends on. Safe for many threads. */
public interface HealthCheck {

    /** How it is called in the answer, such as {@code memory}. */
    String name();

    /**
     * Looks at it now.
     *
     * @param deep whether to really ask it, which may take seconds and cost money
     */
    Finding look(boolean deep) throws InterruptedException;

    /** How well it is. */
    enum Health {
        HEALTHY,
        /** Not well, but sending the traffic elsewhere would not help. */
        DEGRADED,
        /** The gateway should get no traffic. */
        UNHEALTHY
    }

    /**
     * What a look showed.
     *
     * @param facts to be shown in this order: texts, numbers and booleans
     */
    record Finding(Health health, SequencedMap<String, Object> facts) {
        public Finding {
            facts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facts));
        }

        public Finding(Health health) {
            this(health, new LinkedHashMap<>());
        }

        /** The same with one more fact. */
        public Finding with(String name, Object value) {
            var more = new LinkedHashMap<>(facts);
            more.put(name, value);
            return new Finding(health, more);
        }
    }
}
