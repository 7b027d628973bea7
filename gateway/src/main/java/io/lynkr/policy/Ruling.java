package io.lynkr.policy;

/** What one rule says about one action. */
public sealed interface Ruling {
    /** The action is none of this rule's business. */
    Ruling NOT_MINE = new NotMine();

    Ruling ALLOW = new Allow();

    record NotMine() implements Ruling {}

    /** This rule knows the action and has nothing against it. */
    record Allow() implements Ruling {}

    /** The action must not happen, whatever others say. */
    record Deny(String rule, String reason) implements Ruling {}

    static Ruling deny(String rule, String reason) {
        return new Deny(rule, reason);
    }
}
