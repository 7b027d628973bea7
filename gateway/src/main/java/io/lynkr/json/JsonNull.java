package io.lynkr.json;

/** The JSON {@code null}: present, and saying nothing. */
public enum JsonNull implements JsonValue {
    NULL;

    @Override
    public void writeTo(JsonOutput out) {
        out.ascii("null");
    }

    @Override
    public String toString() {
        return "null";
    }
}
