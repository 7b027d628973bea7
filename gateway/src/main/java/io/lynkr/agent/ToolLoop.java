package io.lynkr.agent;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.message.MessageEvents;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.Usage;
import io.lynkr.observability.RequestFacts;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Reply;
import io.lynkr.provider.TokenEstimator;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolCall;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolListener;
import io.lynkr.tool.ToolResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One turn in which tools of ours are offered: asks the model, runs what it calls, asks again, and
 * shows all of it as one message. Used once.
 */
final class ToolLoop {
    private static final String NO_MORE =
            "Not run: this turn has made as many tool calls as it may (POLICY_MAX_STEPS,"
                    + " POLICY_MAX_TOOL_CALLS). Answer with what you have.";

    private final Provider provider;
    private final GatewayTools tools;
    private final TokenEstimator estimator;
    private final Ledger ledger;
    private final Turn turn;
    private final Set<String> ours;
    private final ReplySink sink;
    private final RequestFacts facts;
    private final ToolListener listener;
    private final Answer answer;
    private int steps;
    private int calls;

    /**
     * @param listener hears of the turn's calls
     */
    ToolLoop(
            Provider provider,
            GatewayTools tools,
            TokenEstimator estimator,
            Ledger ledger,
            Turn turn,
            Set<String> ours,
            ReplySink sink,
            RequestFacts facts,
            ToolListener listener) {
        this.provider = provider;
        this.tools = tools;
        this.estimator = estimator;
        this.ledger = ledger;
        this.turn = turn;
        this.ours = ours;
        this.sink = sink;
        this.facts = facts;
        this.listener = listener;
        this.answer = new Answer(sink);
    }

    /** Runs the turn; the sink is closed when this returns. */
    void run(MessagesRequest first) throws ProviderException, InterruptedException {
        var request = first;
        while (true) {
            var step = ask(request);
            if (step.failed()) {
                sink.flush();
                sink.end();
                return;
            }
            if (step.calls().isEmpty()) {
                answer.add(step.held());
                answer.end(step.message());
                return;
            }
            var results = results(step);
            show(step, results);
            if (step.isMixed()) {
                answer.end(step.message());
                return;
            }
            request = continued(request, step, results);
        }
    }

    private Step ask(MessagesRequest request) throws ProviderException, InterruptedException {
        var call = new ProviderCall(request, turn.headers(), turn.deadline(), turn.requestId());
        var reply = provider.send(call);
        facts.asked(reply.served().provider(), reply.served().model());
        var relay = new StepRelay(sink, answer);
        var observed = new UsageObserver(relay, facts);
        if (steps++ == 0) {
            sink.begin(AgentLoop.headers(reply.served()));
        }
        try {
            take(reply, observed);
        } finally {
            ledger.settle(reply.served(), observed.counted());
        }
        observed.failure().ifPresent(facts::endsAs);
        if (relay.hasFailed()) {
            return new Step(JsonObject.EMPTY, relay.shown(), true, ours);
        }
        var step = new Step(relay.message(), relay.shown(), false, ours);
        var usage = Usage.of(step.message().object("usage").orElse(JsonObject.EMPTY));
        estimator.learn(request, usage);
        answer.spent(usage);
        return step;
    }

    private static void take(Reply reply, UsageObserver observed)
            throws ProviderException, InterruptedException {
        switch (reply) {
            case Reply.Streamed(_, var events) -> {
                try (events) {
                    events.pushTo(observed);
                }
            }
            case Reply.Whole(_, var message) -> {
                MessageEvents.unfold(JsonObject.parse(message)).forEach(observed::event);
                observed.flush();
            }
        }
    }

    private List<JsonObject> results(Step step) throws InterruptedException {
        var asked = step.calls().stream().map(ToolLoop::toCall).toList();
        int mayRun =
                mayGoOn() ? Math.max(0, Math.min(asked.size(), tools.limits().calls() - calls)) : 0;
        calls += mayRun;
        for (int i = 0; i < mayRun; i++) {
            facts.toolCalled();
        }
        var context = new CallContext(turn.session(), turn.deadline(), _ -> {});
        var results =
                new ArrayList<>(tools.runner().run(asked.subList(0, mayRun), context, listener));
        while (results.size() < asked.size()) {
            results.add(new ToolResult.Failed(ToolException.Kind.UNAVAILABLE, NO_MORE));
        }
        return IntStream.range(0, asked.size())
                .mapToObj(i -> textOnly(results.get(i)).toBlock(asked.get(i).id()))
                .toList();
    }

    private boolean mayGoOn() {
        return steps < tools.limits().steps() && calls < tools.limits().calls();
    }

    private static ToolCall toCall(JsonObject toolUse) {
        return new ToolCall(
                toolUse.string("id").orElse(""),
                toolUse.string("name").orElse(""),
                toolUse.object("input").orElse(JsonObject.EMPTY));
    }

    /** Shown results hold texts only, and what is shown must be all that the model saw. */
    private static ToolResult textOnly(ToolResult result) {
        return result instanceof ToolResult.Done(var content)
                ? new ToolResult.Done(content.stream().map(ToolLoop::textOnly).toList())
                : result;
    }

    private static JsonObject textOnly(JsonObject block) {
        return block.type().equals("text")
                ? block
                : ToolResult.block(
                        "[" + block.type() + ": not shown here; ask for it through /mcp]");
    }

    private void show(Step step, List<JsonObject> results) {
        if (tools.visible()) {
            var shown = step.shownCalls();
            var blocks = new ArrayList<JsonObject>();
            for (int i = 0; i < shown.size(); i++) {
                blocks.add(shown.get(i).use(step.calls().get(i)));
            }
            for (int i = 0; i < shown.size(); i++) {
                blocks.add(shown.get(i).result(results.get(i)));
            }
            answer.add(blocks);
        }
        answer.add(step.held());
    }

    /** What the model is asked next: all that was said, the results, and no more forced choice. */
    private MessagesRequest continued(MessagesRequest before, Step step, List<JsonObject> results) {
        var messages = new ArrayList<>(before.messages());
        messages.add(
                JsonObject.of("role", "assistant")
                        .with("content", JsonArray.copyOf(step.content())));
        messages.add(JsonObject.of("role", "user").with("content", JsonArray.copyOf(results)));
        var json = before.json().with("messages", JsonArray.copyOf(messages));
        return before.withJson(
                mayGoOn()
                        ? json.without("tool_choice")
                        : json.with("tool_choice", JsonObject.of("type", "none")));
    }
}
