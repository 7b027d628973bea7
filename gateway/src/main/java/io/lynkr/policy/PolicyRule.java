package io.lynkr.policy;

/** One reason to deny. An action that no rule allows is denied as well. */
@FunctionalInterface
public interface PolicyRule {

    /**
     * Judges one action; what it throws is a denial.
     *
     * @param tool the canonical name of the tool that would do it
     */
    Ruling judge(String tool, Action action);
}
