package io.lynkr.testing;

/** One header line of a message, with its name as it was written. */
public record Header(String name, String value) {
    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
