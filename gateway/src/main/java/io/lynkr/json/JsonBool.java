package io.lynkr.json;

/** {@code true} or {@code false}. */
public enum JsonBool implements JsonValue {
    TRUE,
    FALSE;

    public static JsonBool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    public boolean value() {
        return this == TRUE;
    }

    @Override
    public void writeTo(JsonOutput out) {
        out.ascii(value() ? "true" : "false");
    }

    @Override
    public String toString() {
        return Boolean.toString(value());
    }
}
