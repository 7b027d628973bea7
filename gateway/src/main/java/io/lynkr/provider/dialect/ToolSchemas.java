package io.lynkr.provider.dialect;

import io.lynkr.json.JsonObject;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Schemas of tools in the words of a backend, remembered: a client sends the same tools with every
 * request, and converting them costs more than all else. Safe for many threads.
 */
final class ToolSchemas {
    private static final int MOST = 2_000;
    private static final int LONGEST = 64 * 1024;

    private final Map<Key, Converted> known = new ConcurrentHashMap<>();

    /**
     * A schema as a backend takes it.
     *
     * @param schema empty if it is best left out altogether
     * @param changed whether it says something else than the client's
     */
    record Converted(Optional<JsonObject> schema, boolean changed) {}

    private record Key(SchemaScrub scrub, byte[] text) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && scrub == that.scrub
                    && Arrays.equals(text, that.text);
        }

        @Override
        public int hashCode() {
            return 31 * scrub.hashCode() + Arrays.hashCode(text);
        }
    }

    Converted convert(SchemaScrub scrub, Optional<JsonObject> schema) {
        if (schema.isEmpty() || scrub == SchemaScrub.NONE) {
            return converted(scrub, schema);
        }
        var key = new Key(scrub, schema.get().toBytes());
        var before = known.get(key);
        if (before != null) {
            return before;
        }
        var now = converted(scrub, schema);
        if (key.text.length <= LONGEST) {
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(key, asText(now));
        }
        return now;
    }

    private static Converted converted(SchemaScrub scrub, Optional<JsonObject> schema) {
        var scrubbed = scrub.apply(schema);
        boolean changed =
                schema.isPresent()
                        && (scrubbed.isEmpty()
                                || SchemaWalk.isAnother(scrubbed.get(), schema.get()));
        return new Converted(scrubbed, changed);
    }

    /** A text of its own: quick to write again, and the client's request can be forgotten. */
    private static Converted asText(Converted made) {
        return new Converted(
                made.schema.map(schema -> JsonObject.parse(schema.toBytes())), made.changed);
    }
}
