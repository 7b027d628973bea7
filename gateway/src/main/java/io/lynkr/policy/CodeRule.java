package io.lynkr.policy;

/**
 * Code for an interpreter. It is let through as it is: a program can say anything in many ways, so
 * looking at its words would only pretend to be a boundary. The sandbox is one.
 */
final class CodeRule implements PolicyRule {
    @Override
    public Ruling judge(String tool, Action action) {
        return action instanceof Action.RunCode ? Ruling.ALLOW : Ruling.NOT_MINE;
    }
}
