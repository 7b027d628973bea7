package io.lynkr.cli;

import io.lynkr.config.ConfigProblem;

import java.io.PrintWriter;
import java.util.List;

/** How configuration problems are told: one paragraph each, and where to read on. */
final class ProblemReport {
    private ProblemReport() {}

    static void print(PrintWriter err, List<ConfigProblem> problems) {
        err.println("lynkr: " + count(problems.size()) + " in the configuration");
        for (var problem : problems) {
            err.println();
            err.println(problem.setting() + ": " + problem.problem() + ".");
            err.println("    " + problem.remedy() + ".");
        }
        err.println();
        err.println("'lynkr config' lists all settings; 'lynkr demo' needs none.");
    }

    static String count(int problems) {
        return problems == 1 ? "1 problem" : problems + " problems";
    }
}
