package io.lynkr.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Container runtimes by their command line, and what the probe says where nothing works. */
class SandboxTest {
    @TempDir private Path folder;

    @Test
    void makesAContainerForEachRun() throws IOException {
        var workspace = folder.toRealPath();
        Files.createDirectories(workspace.resolve(".git/hooks"));
        Files.createDirectory(workspace.resolve("sub"));
        Files.writeString(workspace.resolve(".env"), "KEY=hunter2");
        var container = new Container(options("docker"), workspace);
        var spec =
                ProcessSpec.of(
                                List.of("bash", "-c", "ls"),
                                workspace.resolve("sub"),
                                Map.of("Lang", "C", "KEY", "secret"))
                        .withInput(new byte[1]);

        var wrapped = container.wrap(spec);

        var line = String.join(" ", wrapped.argv());
        assertThat(line)
                .matches("docker run --rm --init --name lynkr-[0-9a-f-]{36} --interactive .*")
                .contains(" --read-only --tmpfs /tmp --security-opt no-new-privileges ")
                .contains(
                        " --memory 512m --cpus 1.0 --pids-limit 100 --cap-drop ALL --cap-add CHOWN"
                                + " ")
                .contains(" --network bridge --volume " + workspace + ":/workspace:rw ")
                .contains(":/workspace/.git/hooks:ro ")
                .contains(" --volume /dev/null:/workspace/.env:ro ")
                .contains(" --volume /data:/data:ro --workdir /workspace/sub --user 1000 ")
                .endsWith(" --env Lang=C alpine bash -c ls")
                .doesNotContain("secret");
        assertThat(wrapped.afterwards())
                .containsExactly("docker", "rm", "--force", wrapped.argv().get(5));
        assertThat(container.offline().wrap(spec).argv()).containsSequence("--network", "none");
    }

    @Test
    void takesTheFirstThatWorksAndSaysWhyOthersDoNot() throws Exception {
        var broken = runtime("broken", "echo 'cannot reach the daemon' >&2; exit 125");
        var working = runtime("working", "exit 0");
        try (var runner = new ProcessRunner()) {
            var probe = new SandboxProbe(runner, Map.of("PATH", "/usr/bin:/bin"));

            var some = probe.firstWorking(List.of(candidate(broken), candidate(working)));
            var none = probe.firstWorking(List.of(candidate(broken), candidate("/not/there")));

            assertThat(some)
                    .isEqualTo(new SandboxProbe.Found.Working(candidate(working).sandbox()));
            assertThat(none)
                    .isInstanceOfSatisfying(
                            SandboxProbe.Found.Unavailable.class,
                            found ->
                                    assertThat(found.reason())
                                            .contains("broken (alpine): cannot reach the daemon")
                                            .contains("/not/there (alpine): "));
            assertThat(probe.firstWorking(List.of()))
                    .isEqualTo(new SandboxProbe.Found.Unavailable("no sandbox is installed"));
        }
    }

    @Test
    void removesTheContainerWhenTheRunIsOver() throws Exception {
        var runtime = runtime("runtime", "echo \"$@\" >> " + folder.resolve("calls"));
        var container = new Container(options(runtime), folder);
        try (var runner = new ProcessRunner()) {
            var spec = ProcessSpec.of(List.of("true"), folder, Map.of("PATH", "/usr/bin:/bin"));

            runner.run(container.wrap(spec), OutputListener.NONE);
        }

        assertThat(Files.readAllLines(folder.resolve("calls")))
                .satisfiesExactly(
                        run -> assertThat(run).startsWith("run --rm"),
                        end -> assertThat(end).startsWith("rm --force lynkr-"));
    }

    private SandboxProbe.Candidate candidate(String runtime) {
        return new SandboxProbe.Candidate(new Container(options(runtime), folder), folder);
    }

    private String runtime(String name, String script) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private static Container.Options options(String runtime) {
        return new Container.Options(
                runtime,
                "alpine",
                Path.of("/workspace"),
                true,
                Optional.of("bridge"),
                List.of("LANG"),
                List.of(new Mount(Path.of("/data"), Path.of("/data"), false)),
                Optional.of("1000"),
                Optional.empty(),
                true,
                true,
                List.of("ALL"),
                List.of("CHOWN"),
                "512m",
                "1.0",
                100);
    }
}
