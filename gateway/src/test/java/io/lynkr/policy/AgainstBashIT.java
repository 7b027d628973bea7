package io.lynkr.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.workspace.Bubblewrap;
import io.lynkr.workspace.OutputListener;
import io.lynkr.workspace.ProcessLimits;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.ProcessSpec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Lets bash run what the policy allows, with an rm that only tells that it was called: if it is,
 * bash has understood a line otherwise than the parser. In bubblewrap, as the lines are made by
 * chance.
 */
class AgainstBashIT {
    private static final Path BWRAP =
            Bubblewrap.USUAL_PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow();
    private static final int ALLOWED_LINES = 150;
    private static final List<String> FRAGMENTS =
            List.of(
                    "echo",
                    "true",
                    "false",
                    "rm",
                    "rm",
                    "rm x",
                    "x",
                    "a",
                    "A=1",
                    "A=rm",
                    "$A",
                    "${A}",
                    "${A:-",
                    "eval ",
                    "exec ",
                    "command ",
                    "bash -c ",
                    "sh -c ",
                    "trap ",
                    " EXIT",
                    "cd ",
                    " ",
                    " ",
                    " ",
                    " ",
                    "\n",
                    ";",
                    ";;",
                    "&",
                    "&&",
                    "|",
                    "||",
                    "(",
                    ")",
                    "((",
                    "))",
                    "{ ",
                    "}",
                    "; }",
                    "[[ ",
                    " ]]",
                    "[",
                    "]",
                    "'",
                    "'",
                    "\"",
                    "\"",
                    "`",
                    "\\",
                    "\\\n",
                    "$",
                    "$(",
                    "$((",
                    "$'",
                    "#",
                    "!",
                    "*",
                    "?",
                    "~",
                    "<",
                    ">",
                    "<<E\n",
                    "<<'E'\n",
                    "\nE\n",
                    "<<<",
                    ">&",
                    "2>&1",
                    "<(",
                    ">(",
                    "if ",
                    "then ",
                    "else ",
                    "fi",
                    "for x in ",
                    "do ",
                    "done",
                    "while ",
                    "case x in ",
                    "x) ",
                    "esac",
                    "function f ",
                    "f() ",
                    "time ",
                    "f",
                    "{a,b}",
                    "@",
                    "=",
                    ",",
                    "-",
                    "\t");

    private final ProcessRunner runner = new ProcessRunner();
    @TempDir private Path folder;

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void bashRunsNothingThatThePolicyDidNotSee() throws Exception {
        var programs = Files.createDirectory(folder.resolve("programs"));
        Files.createDirectory(folder.resolve("work"));
        var log = folder.resolve("called");
        Files.createFile(log);
        program(programs.resolve("rm"), "echo called >> " + log);
        var engine = PolicyFixture.engine(Map.of());
        var random = new Random(Long.getLong("bash.seed", 7));
        var allowed = new ArrayList<String>();
        while (allowed.size() < ALLOWED_LINES) {
            var line = line(random);
            if (line.contains("rm") && PolicyFixture.run(engine, line) instanceof Decision.Allow) {
                allowed.add(line);
            }
        }

        for (var line : allowed) {
            run(programs, line);
            assertThat(log).as("allowed, but bash calls rm in:%n%s", line).isEmptyFile();
        }
        run(programs, "rm x");
        assertThat(log).isNotEmptyFile();
    }

    private static String line(Random random) {
        var line = new StringBuilder();
        int parts = 2 + random.nextInt(12);
        for (int i = 0; i < parts; i++) {
            line.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        }
        return line.toString();
    }

    private void run(Path programs, String line) throws InterruptedException {
        var spec =
                ProcessSpec.of(
                                List.of("/bin/bash", "-c", line),
                                folder.resolve("work"),
                                Map.of("PATH", programs.toString()))
                        .withLimits(ProcessLimits.USUAL.withTime(Duration.ofMillis(800)));
        runner.run(new Bubblewrap(BWRAP, folder, List.of(), false).wrap(spec), OutputListener.NONE);
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
