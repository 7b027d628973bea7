package io.lynkr.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.TempWorkspace;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Needs bubblewrap, which .ci/packages brings; it fails where it is missing, rather than skip. */
@Timeout(60)
class BubblewrapIT {
    private static final Path BWRAP =
            Bubblewrap.USUAL_PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow();

    private final TempWorkspace files = TempWorkspace.create();
    private final ProcessRunner runner = new ProcessRunner();
    private final Bubblewrap sandbox = new Bubblewrap(BWRAP, files.path(), List.of(), false);
    @TempDir private Path outside;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(outside.resolve("secret"), "secret");
        files.write(".mcp.json", "{}");
        files.write(".claude/settings.json", "{}");
    }

    @AfterEach
    void close() {
        runner.close();
        files.close();
    }

    @Test
    void isFoundToWork() throws InterruptedException {
        var probe = new SandboxProbe(runner, Map.of("PATH", "/usr/bin:/bin"));

        var found = probe.firstWorking(List.of(new SandboxProbe.Candidate(sandbox, files.path())));

        assertThat(found).isEqualTo(new SandboxProbe.Found.Working(sandbox));
    }

    @Test
    void letsProgramsWorkInTheWorkspace() throws InterruptedException {
        var result =
                run(
                        "echo new > file && mkdir d && cd src && cat Greeter.java && git status"
                                + " --short");

        assertThat(result.stderr().text()).isEmpty();
        assertThat(result.stdout().text()).contains("class Greeter", "?? ../file");
        assertThat(files.read("file")).isEqualTo("new\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat OUTSIDE/secret",
                "echo x > OUTSIDE/secret",
                "ln -s OUTSIDE l; cat l/secret",
                "ln -s OUTSIDE l; echo x > l/secret",
                "cat /proc/1/root/OUTSIDE/secret",
                "cat /proc/self/root/OUTSIDE/secret",
                "cat /etc/shadow",
                "ls /home/* /root/*",
                "echo x > /usr/bin/lynkr-test",
                "touch /usr/lynkr-test",
                "mount -o remount,rw /usr",
                "mount --bind /usr /tmp",
                "umount .mcp.json",
                "echo x > .git/config",
                "git config alias.x '!ls'",
                "echo x > .git/hooks/pre-commit",
                "rm -rf .git/hooks",
                "mv .git .git2",
                "mv .git/hooks .git/hooks2",
                "echo x > .mcp.json",
                "rm .mcp.json",
                "mv .mcp.json x",
                "echo x > .claude/settings.json",
                "mv .claude x",
                "mknod /tmp/m b 8 0",
                "kill -0 $(cat OUTSIDE/pid)",
                "exec 3<>/dev/tcp/127.0.0.1/PORT",
                "test $(ls /sys/class/net 2>/dev/null | grep -vc lo) -gt 0",
                "ls /var/run/docker.sock /run/docker.sock",
                "cat /proc/1/environ | tr '\\0' '\\n' | grep -q API_KEY",
                "dmesg",
                "chroot / true",
                "python3 -c 'import os; os.setuid(0); os.listdir(\"OUTSIDE\")'",
            })
    void keepsProgramsIn(String escape) throws Exception {
        try (var server = new ServerSocket(0)) {
            var script =
                    escape.replace("OUTSIDE", outside.toString())
                            .replace("PORT", Integer.toString(server.getLocalPort()));

            var result = run(script);

            assertThat(result.succeeded()).as(result.toString()).isFalse();
        }
        assertThat(outside.resolve("secret")).hasContent("secret");
        assertThat(Path.of("/usr/bin/lynkr-test")).doesNotExist();
        assertThat(files.read(".mcp.json")).isEqualTo("{}");
        assertThat(files.exists(".git/hooks/pre-commit")).isFalse();
        assertThat(files.exists(".git/config")).isTrue();
    }

    @Test
    void hidesTheSecretFilesOfTheWorkspace() throws InterruptedException {
        files.write(".env", "KEY=hunter2");
        files.write(".env.example", "KEY=");

        var read = run("cat .env .env.example");
        var written = run("echo x > .env || mv .env x || rm .env");

        assertThat(read.stdout().text()).isEqualTo("KEY=");
        assertThat(written.succeeded()).isFalse();
        assertThat(files.read(".env")).isEqualTo("KEY=hunter2");
    }

    @Test
    void hidesDeepSecretsAlsoWhenTheirFolderMoves() throws InterruptedException {
        files.write("services/api/.env", "KEY=hunter2");

        var read = run("cat services/api/.env; mv services moved; cat moved/api/.env; echo done");

        assertThat(read.stdout().text()).isEqualTo("done\n");
    }

    @Test
    void takesEveryProcessWithIt() throws InterruptedException {
        var mark = "37" + System.nanoTime() % 1_000_000;
        var script =
                "env -i setsid sh -c 'trap \"\" TERM; env -i setsid sleep MARK & sleep MARK' & sleep MARK"
                        .replace("MARK", mark);
        var limits = ProcessLimits.USUAL.withTime(Duration.ofMillis(700));

        var result =
                runner.run(sandbox.wrap(shell(script).withLimits(limits)), OutputListener.NONE);

        assertThat(result.ending()).isEqualTo(new ProcessResult.Ending.TimedOut(limits.time()));
        assertThat(
                        ProcessHandle.allProcesses()
                                .filter(
                                        process ->
                                                process.info()
                                                        .commandLine()
                                                        .orElse("")
                                                        .contains(mark)))
                .isEmpty();
    }

    @Test
    void showsFurtherFoldersOnlyIfToldTo() throws InterruptedException {
        var mounted =
                new Bubblewrap(
                        BWRAP,
                        files.path(),
                        List.of(new Mount(outside, Path.of("/data"), false)),
                        false);

        var read = runner.run(mounted.wrap(shell("cat /data/secret")), OutputListener.NONE);
        var written = runner.run(mounted.wrap(shell("echo x > /data/secret")), OutputListener.NONE);

        assertThat(read.stdout().text()).isEqualTo("secret");
        assertThat(written.succeeded()).isFalse();
    }

    @Test
    void hasANetworkOnlyIfToldTo() throws Exception {
        var online = new Bubblewrap(BWRAP, files.path(), List.of(), true);
        try (var server = new ServerSocket(0)) {
            var connect = shell("exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort());

            assertThat(runner.run(online.wrap(connect), OutputListener.NONE).succeeded()).isTrue();
            assertThat(runner.run(online.offline().wrap(connect), OutputListener.NONE).succeeded())
                    .isFalse();
        }
    }

    @Test
    void isALeashWithoutBeingABox() throws InterruptedException {
        var mark = "38" + System.nanoTime() % 1_000_000;
        var leash = new Unsandboxed(Optional.of(BWRAP));
        var script = "cat " + outside.resolve("secret") + "; env -i setsid -f sleep " + mark;

        var result = runner.run(leash.wrap(shell(script)), OutputListener.NONE);

        assertThat(result.stdout().text()).isEqualTo("secret");
        assertThat(
                        ProcessHandle.allProcesses()
                                .filter(
                                        process ->
                                                process.info()
                                                        .commandLine()
                                                        .orElse("")
                                                        .contains(mark)))
                .isEmpty();
    }

    private ProcessResult run(String script) throws InterruptedException {
        return runner.run(sandbox.wrap(shell(script)), OutputListener.NONE);
    }

    private ProcessSpec shell(String script) {
        return ProcessSpec.of(
                List.of("bash", "-c", script),
                files.path(),
                Map.of("PATH", "/usr/bin:/bin:/usr/sbin"));
    }
}
