package io.lynkr.config;

/**
 * One thing wrong with the configuration.
 *
 * @param setting the variable's name
 * @param problem what is wrong, with the value unless it is a secret
 * @param remedy what would be good
 */
public record ConfigProblem(String setting, String problem, String remedy) {

    @Override
    public String toString() {
        return setting + ": " + problem + ". " + remedy;
    }
}
