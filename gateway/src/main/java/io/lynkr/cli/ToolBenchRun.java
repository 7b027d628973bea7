package io.lynkr.cli;

import io.lynkr.app.ToolBench;
import io.lynkr.json.JsonObject;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One call of a tool that must not outlive this process. */
record ToolBenchRun(ToolBench bench, Machine machine) {
    private static final int SECONDS_TO_STOP = 5;

    ToolBench.Outcome call(String name, JsonObject arguments, Consumer<String> progress)
            throws InterruptedException {
        var over = new CountDownLatch(1);
        var caller = Thread.currentThread();
        machine.beforeEnd(() -> stop(caller, over));
        try {
            return bench.call(name, arguments, progress);
        } finally {
            over.countDown();
        }
    }

    private static void stop(Thread caller, CountDownLatch over) {
        if (over.getCount() > 0) {
            caller.interrupt();
            try {
                over.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
