package io.lynkr.json;

/**
 * How much a text may ask of its reader.
 *
 * @param maxDepth how deep objects and arrays may nest
 * @param maxNumberLength how many characters a number may have
 * @param uniqueKeys whether an object that names a key twice is refused; otherwise the last one
 *     counts
 */
public record JsonLimits(int maxDepth, int maxNumberLength, boolean uniqueKeys) {
    /**
     * For what a client sends: everything that two readers could understand differently is refused.
     */
    public static final JsonLimits STRICT = new JsonLimits(200, 1_000, true);

    /** For what an upstream or a file says: deep nesting is still bounded. */
    public static final JsonLimits LENIENT = new JsonLimits(1_000, 10_000, false);

    public JsonLimits {
        if (maxDepth < 1 || maxNumberLength < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive, but are " + maxDepth + " and " + maxNumberLength);
        }
    }
}
