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
import java.util.Optional;
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
    private final Optional<ServedSearch> search;
    private final ReplySink sink;
    private final RequestFacts facts;
    private final ToolListener listener;
    private final Answer answer;
    private int steps;
    private int calls;
    private int searches;

    /** Names of the tools that run here. */
    private Set<String> ours;

    /**
     * @param offer which tools of ours the turn has
     * @param listener hears of the turn's calls
     */
    ToolLoop(
            Provider provider,
            GatewayTools tools,
            TokenEstimator estimator,
            Ledger ledger,
            Turn turn,
            Toolbox.Offer offer,
            ReplySink sink,
            RequestFacts facts,
            ToolListener listener) {
        this.provider = provider;
        this.tools = tools;
        this.estimator = estimator;
        this.ledger = ledger;
        this.turn = turn;
        this.ours = offer.ours();
        this.search = offer.search();
        this.sink = sink;
        this.facts = facts;
        this.listener = listener;
        this.answer = new Answer(sink);
    }

    /** Runs the turn; the sink is closed when this returns. */
    void run(MessagesRequest first) throws ProviderException, InterruptedException {
        var request = first;
        while (true) {
            var step = helpedOut(ask(request), request);
            if (step.failed()) {
                sink.flush();
                sink.end();
                return;
            }
            if (step.calls().isEmpty()) {
                answer.add(step.held());
                end(step, request);
                return;
            }
            var shown = step.shownCalls(search);
            var results = results(step, shown);
            show(step, shown, results);
            if (step.isMixed()) {
                end(step, request);
                return;
            }
            request = continued(request, step, results);
        }
    }

    /** With a call that the model should have made, if it only said that it cannot. */
    private Step helpedOut(Step step, MessagesRequest request) {
        boolean helps =
                tools.fallback() == WebFallback.FETCH
                        && isExcuse(step)
                        && !Toolbox.offers(request, WebFallback.TOOL);
        var address = WebFallback.address(turn.request());
        if (!helps || address.isEmpty()) {
            return step;
        }
        var helped = step.with(WebFallback.calling(address.get(), turn.requestId()));
        ours = helped.ours();
        return helped;
    }

    private static boolean isExcuse(Step step) {
        return !step.failed()
                && step.calls().isEmpty()
                && !step.isMixed()
                && WebFallback.isExcuse(step.message());
    }

    private void end(Step step, MessagesRequest request) {
        if (tools.fallback() == WebFallback.TELL && isExcuse(step)) {
            WebFallback.address(request)
                    .ifPresent(address -> answer.add(WebFallback.diagnosis(address)));
        }
        answer.end(step.message(), searches);
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

    private List<JsonObject> results(Step step, List<ShownCall> shown) throws InterruptedException {
        var asked = step.calls().stream().map(this::toCall).toList();
        var allowed = allowed(shown);
        calls += allowed.size();
        allowed.forEach(_ -> facts.toolCalled());
        var context = new CallContext(turn.session(), turn.deadline(), _ -> {});
        var ran =
                tools.runner()
                        .run(allowed.stream().map(asked::get).toList(), context, listener)
                        .iterator();
        return IntStream.range(0, asked.size())
                .mapToObj(
                        i ->
                                allowed.contains(i)
                                        ? asSeen(shown.get(i), ran.next())
                                        : notRun(shown.get(i)))
                .toList();
    }

    /** Which of a step's calls may run, by their places among them. */
    private List<Integer> allowed(List<ShownCall> shown) {
        var allowed = new ArrayList<Integer>();
        for (int i = 0; i < shown.size(); i++) {
            boolean searching = shown.get(i).kind() == ShownCall.Kind.SEARCH;
            boolean usedUp = searching && searches >= search.orElseThrow().maxUses();
            if (mayGoOn() && calls + allowed.size() < tools.limits().calls() && !usedUp) {
                allowed.add(i);
                searches += searching ? 1 : 0;
            }
        }
        return allowed;
    }

    /** The model sees what can be shown of a result, so that it sees the same in later turns. */
    private static JsonObject asSeen(ShownCall call, ToolResult result) {
        var block = textOnly(result).toBlock(call.id());
        return switch (call.kind()) {
            case TOOL -> block;
            case SEARCH -> call.toolResult(call.result(block));
        };
    }

    private static JsonObject notRun(ShownCall call) {
        return switch (call.kind()) {
            case TOOL ->
                    new ToolResult.Failed(ToolException.Kind.UNAVAILABLE, NO_MORE)
                            .toBlock(call.id());
            case SEARCH -> SearchBlocks.usedUp(call.id());
        };
    }

    private boolean mayGoOn() {
        return steps < tools.limits().steps() && calls < tools.limits().calls();
    }

    private ToolCall toCall(JsonObject toolUse) {
        var name = toolUse.string("name").orElse("");
        var served = search.filter(s -> s.name().equals(name));
        if (served.isPresent()) {
            return served.get().asOurs(toolUse);
        }
        return new ToolCall(
                toolUse.string("id").orElse(""),
                name,
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

    private void show(Step step, List<ShownCall> shown, List<JsonObject> results) {
        var blocks = new ArrayList<JsonObject>();
        for (int i = 0; i < shown.size(); i++) {
            if (isVisible(shown.get(i))) {
                blocks.add(shown.get(i).use(step.calls().get(i)));
            }
        }
        for (int i = 0; i < shown.size(); i++) {
            if (isVisible(shown.get(i))) {
                blocks.add(shown.get(i).result(results.get(i)));
            }
        }
        answer.add(blocks);
        answer.add(step.held());
    }

    /** Who asks for the API's own search expects its blocks. */
    private boolean isVisible(ShownCall call) {
        return tools.visible() || call.kind() == ShownCall.Kind.SEARCH;
    }

    /** What the model is asked next: all that was said, the results, and no more forced choice. */
    private MessagesRequest continued(MessagesRequest before, Step step, List<JsonObject> results) {
        var messages = new ArrayList<>(before.messages());
        messages.add(
                JsonObject.of("role", "assistant")
                        .with("content", JsonArray.copyOf(step.content())));
        messages.add(JsonObject.of("role", "user").with("content", JsonArray.copyOf(results)));
        var offering =
                ours.contains(WebFallback.TOOL)
                        ? tools.toolbox().with(before, WebFallback.TOOL)
                        : before;
        var json = offering.json().with("messages", JsonArray.copyOf(messages));
        return before.withJson(
                mayGoOn()
                        ? json.without("tool_choice")
                        : json.with("tool_choice", JsonObject.of("type", "none")));
    }
}
