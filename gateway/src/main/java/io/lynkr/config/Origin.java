package io.lynkr.config;

/** Where a setting's value came from. The order is the precedence, the strongest first. */
public enum Origin {
    /** An argument of the command, such as {@code lynkr demo} choosing the provider. */
    COMMAND("command"),
    /** A variable of the environment. */
    ENVIRONMENT("environment"),
    /** A line of the {@code .env} file. */
    DOT_ENV(".env"),
    /** The file that a {@code …_FILE} variable names. */
    FILE("file"),
    /** Nobody set it. */
    DEFAULT("default");

    private final String label;

    Origin(String label) {
        this.label = label;
    }

    /** As people read it. */
    public String label() {
        return label;
    }
}
