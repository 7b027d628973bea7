package io.lynkr.tool;

import io.lynkr.policy.Decision;
import io.lynkr.policy.PolicyEngine;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolSpec.Effect;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs calls: reads their arguments, asks the policy, does the work, cuts what is too long. */
public final class ToolRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ToolRunner.class);

    private final ToolCatalog catalog;
    private final PolicyEngine policy;
    private final ResultLimits limits;
    private final ToolListener listener;

    public ToolRunner(
            ToolCatalog catalog, PolicyEngine policy, ResultLimits limits, ToolListener listener) {
        this.catalog = catalog;
        this.policy = policy;
        this.limits = limits;
        this.listener = listener;
    }

    public ToolCatalog catalog() {
        return catalog;
    }

    /**
     * Runs the calls of one step; those that only read run side by side.
     *
     * @return the results in the order of the calls
     * @throws InterruptedException if nobody waits any more; what ran has been stopped
     */
    public List<ToolResult> run(List<ToolCall> calls, CallContext context)
            throws InterruptedException {
        var results = new ArrayList<ToolResult>();
        int from = 0;
        while (from < calls.size()) {
            int to = from + 1;
            while (to < calls.size() && onlyReads(calls.get(from)) && onlyReads(calls.get(to))) {
                to++;
            }
            results.addAll(sideBySide(calls.subList(from, to), context));
            from = to;
        }
        return results;
    }

    private boolean onlyReads(ToolCall call) {
        return catalog.find(call.name())
                .filter(tool -> tool.spec().effect() == Effect.READS)
                .isPresent();
    }

    private List<ToolResult> sideBySide(List<ToolCall> calls, CallContext context)
            throws InterruptedException {
        if (calls.size() == 1) {
            return List.of(run(calls.getFirst(), context));
        }
        var tasks = calls.stream().map(call -> new FutureTask<>(() -> run(call, context))).toList();
        var threads = tasks.stream().map(Thread::startVirtualThread).toList();
        try {
            var results = new ArrayList<ToolResult>();
            for (var task : tasks) {
                results.add(task.get());
            }
            return results;
        } catch (ExecutionException stopped) {
            throw (InterruptedException) new InterruptedException().initCause(stopped);
        } finally {
            // Does nothing to those that are done.
            threads.forEach(Thread::interrupt);
            for (var thread : threads) {
                thread.join();
            }
        }
    }

    /** Runs one call; whatever goes wrong becomes its result. */
    public ToolResult run(ToolCall call, CallContext context) throws InterruptedException {
        long begun = System.nanoTime();
        var canonical = new ToolCall(call.id(), catalog.canonical(call.name()), call.input());
        var tool = catalog.named(canonical.name());
        if (tool.isEmpty()) {
            return new ToolResult.Failed(
                    Kind.NOT_FOUND, "there is no tool '" + call.name() + "' in this gateway");
        }
        var result = limits.cut(judgeAndRun(tool.get(), canonical, context));
        listener.called(canonical, result, Duration.ofNanos(System.nanoTime() - begun));
        return result;
    }

    private ToolResult judgeAndRun(Tool tool, ToolCall call, CallContext context)
            throws InterruptedException {
        try {
            var arguments = Arguments.read(tool.spec(), call.input());
            var plan = tool.plan(arguments, context);
            var decision = policy.decide(call.name(), plan.actions());
            listener.decided(call, decision);
            return switch (decision) {
                case Decision.Allow() -> plan.work().run();
                case Decision.Deny(var rule, var reason) -> new ToolResult.Denied(rule, reason);
            };
        } catch (ToolException failure) {
            return new ToolResult.Failed(failure.kind(), failure.getMessage());
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.warn("the tool {} broke", call.name(), bug);
            return new ToolResult.Failed(
                    Kind.FAILED, call.name() + " broke inside the gateway; its log tells more");
        }
    }
}
