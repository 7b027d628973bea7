package io.lynkr.policy;

/** Why a command line may not run. */
final class CommandDenied extends Exception {
    private static final long serialVersionUID = 1L;

    private final String rule;

    CommandDenied(String rule, String reason) {
        super(reason);
        this.rule = rule;
    }

    /** The usual kind. */
    static CommandDenied unsafe(String reason) {
        return new CommandDenied("unsafe_shell_command", reason);
    }

    Ruling ruling() {
        return Ruling.deny(rule, getMessage() == null ? "it is not allowed" : getMessage());
    }
}
