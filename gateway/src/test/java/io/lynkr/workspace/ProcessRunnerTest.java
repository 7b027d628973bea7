package io.lynkr.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.workspace.ProcessResult.Ending;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Real programs that behave badly. */
@Timeout(60)
class ProcessRunnerTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");
    private static final ProcessLimits SHORT = ProcessLimits.USUAL.withTime(Duration.ofMillis(700));

    private final ProcessRunner runner = new ProcessRunner();
    @TempDir private Path folder;

    /** An argument by which the children of one test are recognised among all processes. */
    private final String mark =
            "3" + UUID.randomUUID().toString().replaceAll("\\D", "").substring(0, 7);

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void tellsWhatAProgramSaidAndHowItEnded() throws InterruptedException {
        var result = run("echo out; echo err >&2; exit 3");

        assertThat(result.ending()).isEqualTo(new Ending.Exited(3));
        assertThat(result.stdout().text()).isEqualTo("out\n");
        assertThat(result.stderr().text()).isEqualTo("err\n");
        assertThat(result.succeeded()).isFalse();
    }

    @Test
    void saysWhyAProgramCouldNotStart() throws InterruptedException {
        var spec = ProcessSpec.of(List.of("true"), folder.resolve("none"), ENVIRONMENT);

        assertThat(runner.run(spec, OutputListener.NONE).ending())
                .isInstanceOf(Ending.NotStarted.class);
    }

    @Test
    void givesNoVariableThatIsNotNamed() throws InterruptedException {
        var result = run("env | sed 's/=.*//' | sort | tr '\\n' ' '");

        assertThat(result.stdout().text()).isEqualTo("LYNKR_RUN PATH PWD SHLVL _ ");
    }

    @Test
    void startsEachProgramInASessionOfItsOwn() throws InterruptedException {
        var result = run("ps -o sid= -p $$; echo $$");

        var lines = result.stdout().text().strip().split("\\s+", -1);
        assertThat(lines[0]).isEqualTo(lines[1]);
    }

    @Test
    void keepsHeadAndTailOfAFlood() throws InterruptedException {
        var spec =
                shell("echo first; head -c 50000000 /dev/zero | tr '\\0' x; echo; echo last")
                        .withLimits(ProcessLimits.USUAL.withOutputBytes(1000));

        var output = runner.run(spec, OutputListener.NONE).stdout();

        assertThat(output.head()).startsWith("first\nxxx").hasSize(500);
        assertThat(output.tail()).endsWith("xxx\nlast\n").hasSize(500);
        assertThat(output.leftOut()).isEqualTo(50_000_000 + 6 + 6 - 1000);
        assertThat(output.text()).contains("49,999,012 bytes left out");
    }

    @Test
    void readsBothChannelsAtOnce() throws InterruptedException {
        var result =
                run(
                        "for i in 1 2 3; do head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero;"
                                + " done");

        assertThat(result.stdout().text()).hasSize(900_000);
        assertThat(result.stderr().text()).hasSize(900_000);
    }

    @Test
    void feedsInputAndDoesNotMindWhenNobodyReadsIt() throws InterruptedException {
        var read = runner.run(shell("wc -c").withInput(new byte[200_000]), OutputListener.NONE);
        var unread =
                runner.run(
                        shell("exec <&-; echo ok").withInput(new byte[5_000_000]),
                        OutputListener.NONE);
        var none = run("cat; echo end");

        assertThat(read.stdout().text().strip()).isEqualTo("200000");
        assertThat(unread.stdout().text()).isEqualTo("ok\n");
        assertThat(none.stdout().text()).isEqualTo("end\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep MARK",
                "sleep MARK & sleep MARK & wait",
                "trap '' TERM INT HUP; sleep MARK & while :; do wait; done",
                "(sleep MARK &) ; sleep MARK",
                "setsid sleep MARK & sleep MARK",
                "setsid -f sh -c 'trap \"\" TERM HUP; (sleep MARK &) ; sleep MARK'; sleep MARK",
                "env -i setsid sleep MARK & sleep MARK",
                "nohup sleep MARK >/dev/null 2>&1 & exec sleep MARK",
                "exec >&- 2>&- <&-; sleep MARK",
                "kill -STOP $$; sleep MARK",
                "sleep MARK & kill -STOP $!; wait",
                "yes MARK",
                "cat /dev/zero & sleep MARK"
            })
    void leavesNobodyBehindAfterTheTimeout(String script) throws InterruptedException {
        var result = runner.run(shell(script).withLimits(SHORT), OutputListener.NONE);

        assertThat(result.ending()).isEqualTo(new Ending.TimedOut(SHORT.time()));
        assertThat(result.took()).isBetween(SHORT.time(), Duration.ofSeconds(10));
        assertThat(result.survivors()).isZero();
        assertThat(marked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep MARK & echo done",
                "sleep MARK >/dev/null 2>&1 & echo done",
                "setsid -f sleep MARK; echo done",
                "(setsid sleep MARK & ) & echo done",
                "setsid -f sh -c 'exec setsid -f sleep MARK' >/dev/null 2>&1; echo done"
            })
    void leavesNobodyBehindWhenTheProgramIsDone(String script) throws InterruptedException {
        var result = run(script);

        assertThat(result.ending()).isEqualTo(new Ending.Exited(0));
        assertThat(result.stdout().text()).isEqualTo("done\n");
        assertThat(result.took()).isLessThan(Duration.ofSeconds(10));
        assertThat(marked()).isEmpty();
    }

    @Test
    void stopsAForkBomb() throws InterruptedException {
        var limits = ProcessLimits.USUAL.withProcesses(30);
        var spec =
                shell(
                        "f() { i=0; while [ $i -lt 200 ]; do sleep MARK & i=$((i+1)); done; wait;"
                                + " }; f");

        var result = runner.run(spec.withLimits(limits), OutputListener.NONE);

        assertThat(result.ending()).isEqualTo(new Ending.TooGreedy("more than 30 processes"));
        assertThat(marked()).isEmpty();
    }

    @Test
    void stopsWhoTakesTooMuchMemory() throws InterruptedException {
        var limits = ProcessLimits.USUAL.withMemoryBytes(30L << 20);
        var spec = shell("head -c 200000000 /dev/zero | tail -n 1; sleep MARK");

        var result = runner.run(spec.withLimits(limits), OutputListener.NONE);

        assertThat(result.ending()).isInstanceOf(Ending.TooGreedy.class);
        assertThat(marked()).isEmpty();
    }

    @Test
    void endsAtOnceWhenTheClientLeaves() throws Exception {
        var started = new CountDownLatch(1);
        var interrupted = new CompletableFuture<Boolean>();
        var thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        runner.run(
                                                shell(
                                                        "trap '' TERM; setsid sleep MARK & echo up;"
                                                                + " sleep MARK"),
                                                (channel, bytes) -> started.countDown());
                                        interrupted.complete(false);
                                    } catch (InterruptedException e) {
                                        interrupted.complete(true);
                                    }
                                });
        started.await();

        thread.interrupt();

        assertThat(interrupted.get()).isTrue();
        assertThat(marked()).isEmpty();
    }

    @Test
    void tellsOutputWhileItComes() throws Exception {
        var heard = new ArrayBlockingQueue<String>(10);
        var fifo = folder.resolve("fifo");
        var running =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return runner.run(
                                        shell(
                                                "mkfifo "
                                                        + fifo
                                                        + "; echo one; read x < "
                                                        + fifo
                                                        + "; echo $x"),
                                        (channel, bytes) -> heard.add(new String(bytes, UTF_8)));
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });

        assertThat(heard.take()).isEqualTo("one\n");
        run("echo two > " + fifo);

        assertThat(heard.take()).isEqualTo("two\n");
        assertThat(running.get().succeeded()).isTrue();
    }

    @Test
    void survivesAListenerThatFails() throws InterruptedException {
        var result =
                runner.run(
                        shell("head -c 1000000 /dev/zero"),
                        (channel, bytes) -> {
                            throw new IllegalStateException("no");
                        });

        assertThat(result.stdout().text()).hasSize(1_000_000);
    }

    @Test
    void runsTheLastStepHoweverTheRunEnded() throws InterruptedException {
        var spec =
                shell("sleep MARK")
                        .withLimits(SHORT)
                        .withAfterwards(List.of("touch", folder.resolve("after").toString()));

        runner.run(spec, OutputListener.NONE);

        assertThat(folder.resolve("after")).exists();
    }

    @Test
    void refusesArgumentsWithANul() {
        assertThatThrownBy(() -> ProcessSpec.of(List.of("a", "b\0c"), folder, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ProcessResult run(String script) throws InterruptedException {
        return runner.run(shell(script), OutputListener.NONE);
    }

    private ProcessSpec shell(String script) {
        return ProcessSpec.of(
                List.of("bash", "-c", script.replace("MARK", mark)), folder, ENVIRONMENT);
    }

    private List<ProcessHandle> marked() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(mark))
                .toList();
    }
}
