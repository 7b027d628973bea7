package io.lynkr.app;

import io.lynkr.app.ProbeResult.Need;
import io.lynkr.app.ProbeResult.Outcome;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.resilience.Deadline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds out what a provider accepts by asking it: one small request for each thing that Claude Code
 * may send, in the shape in which it sends it. If the first one fails, the rest is not tried.
 */
public final class ProviderProbe implements BackendProbe {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LONGEST_REASON = 300;

    private static final String WEATHER_TOOL =
            """
            "tools":[{"name":"get_weather","description":"Tells the weather in a city.",
              "input_schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}]
            """;

    /** 16 by 16 pixels of red. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mO4oKBAEmIY1TCqYfhqAABL"
                    + "fxAQegypMgAAAABJRU5ErkJggg==";

    private static final Experiment CHAT =
            new Experiment(
                    "chat",
                    Need.REQUIRED,
                    Headers.NONE,
                    """
                    {"max_tokens":16,"messages":[{"role":"user","content":"Say OK."}]}
                    """,
                    ProbedAnswer::hasContent,
                    "accepted, but the answer is empty");

    private static final List<Experiment> OTHERS =
            List.of(
                    new Experiment(
                            "streaming",
                            Need.REQUIRED,
                            Headers.NONE,
                            """
                            {"max_tokens":16,"stream":true,"messages":[{"role":"user","content":"Say OK."}]}
                            """,
                            ProbedAnswer::isStreamed,
                            "accepted, but the answer did not come as a complete stream"),
                    new Experiment(
                            "tools",
                            Need.REQUIRED,
                            Headers.NONE,
                            """
                            {"max_tokens":300,%s,"messages":[{"role":"user",
                              "content":"What is the weather in Oslo? Use the tool."}]}
                            """
                                    .formatted(WEATHER_TOOL),
                            answer -> answer.toolUses() > 0,
                            "accepted, but the model did not call the tool"),
                    new Experiment(
                            "parallel tools",
                            Need.OPTIONAL,
                            Headers.NONE,
                            """
                            {"max_tokens":400,%s,"messages":[{"role":"user","content":
                              "What is the weather in Oslo and in Rome? Call the tool for both at once."}]}
                            """
                                    .formatted(WEATHER_TOOL),
                            answer -> answer.toolUses() > 1,
                            "accepted, but the model did not make two calls at once"),
                    new Experiment(
                            "images",
                            Need.OPTIONAL,
                            Headers.NONE,
                            """
                            {"max_tokens":16,"messages":[{"role":"user","content":[
                              {"type":"image","source":{"type":"base64","media_type":"image/png","data":"%s"}},
                              {"type":"text","text":"Which colour is this? One word."}]}]}
                            """
                                    .formatted(PNG),
                            ProbedAnswer::hasContent,
                            "accepted, but the answer is empty"),
                    new Experiment(
                            "system in mid-conversation",
                            Need.OPTIONAL,
                            beta("mid-conversation-system-2026-04-07"),
                            """
                            {"max_tokens":16,"messages":[{"role":"user","content":"Say OK."},
                              {"role":"system","content":"Be brief."}]}
                            """,
                            ProbedAnswer::hasContent,
                            "accepted, but the answer is empty"),
                    new Experiment(
                            "adaptive thinking",
                            Need.OPTIONAL,
                            Headers.NONE,
                            """
                            {"max_tokens":64,"thinking":{"type":"adaptive"},
                              "messages":[{"role":"user","content":"Say OK."}]}
                            """,
                            ProbedAnswer::hasContent,
                            "accepted, but the answer is empty"),
                    new Experiment(
                            "thinking with a budget",
                            Need.OPTIONAL,
                            Headers.NONE,
                            """
                            {"max_tokens":1100,"thinking":{"type":"enabled","budget_tokens":1024},
                              "messages":[{"role":"user","content":"Say OK."}]}
                            """,
                            ProbedAnswer::hasContent,
                            "accepted, but the answer is empty"),
                    new Experiment(
                            "context_management",
                            Need.OPTIONAL,
                            beta("context-management-2025-06-27"),
                            """
                            {"max_tokens":16,"messages":[{"role":"user","content":"Say OK."}],
                              "context_management":{"edits":[{"type":"clear_tool_uses_20250919"}]}}
                            """,
                            ProbedAnswer::hasContent,
                            "accepted, but the answer is empty"));

    private final Provider provider;
    private final String model;

    /**
     * One thing to try.
     *
     * @param body the request without its model
     * @param worked whether the answer shows that it was understood
     * @param otherwise what to say if it does not
     */
    private record Experiment(
            String name,
            Need need,
            Headers headers,
            String body,
            Predicate<ProbedAnswer> worked,
            String otherwise) {}

    /**
     * Will ask this provider.
     *
     * @param model the backend's own name of the model to ask
     */
    public ProviderProbe(Provider provider, String model) {
        this.provider = provider;
        this.model = model;
    }

    @Override
    public List<ProbeResult> run(Consumer<ProbeResult> progress) throws InterruptedException {
        var results = new ArrayList<ProbeResult>();
        Consumer<ProbeResult> note = results::add;
        note = note.andThen(progress);
        if (tryFirst(note)) {
            for (var experiment : OTHERS) {
                note.accept(tryOut(experiment));
            }
            note.accept(countTokens());
            note.accept(listModels());
        } else {
            skipTheRest(note);
        }
        return List.copyOf(results);
    }

    /** Whether there is an answer at all; tells refused credentials from everything else. */
    private boolean tryFirst(Consumer<ProbeResult> note) throws InterruptedException {
        try {
            var answer = ask(CHAT);
            note.accept(passed("credentials", Need.REQUIRED, "accepted"));
            note.accept(judge(CHAT, answer));
            return true;
        } catch (ProviderException refused) {
            boolean unsigned = refused.what() == ProviderException.Cause.CREDENTIALS;
            if (refused.what() == ProviderException.Cause.STATUS) {
                note.accept(passed("credentials", Need.REQUIRED, "accepted"));
            }
            note.accept(failed(unsigned ? "credentials" : "chat", Need.REQUIRED, refused));
            return false;
        }
    }

    private static void skipTheRest(Consumer<ProbeResult> note) {
        for (var experiment : OTHERS) {
            note.accept(
                    new ProbeResult(
                            experiment.name, Outcome.SKIPPED, experiment.need, "not tried"));
        }
    }

    private ProbeResult tryOut(Experiment experiment) throws InterruptedException {
        try {
            return judge(experiment, ask(experiment));
        } catch (ProviderException refused) {
            return failed(experiment.name, experiment.need, refused);
        }
    }

    private ProbeResult judge(Experiment experiment, ProbedAnswer answer) {
        if (!experiment.worked.test(answer)) {
            return new ProbeResult(
                    experiment.name, Outcome.FAIL, experiment.need, experiment.otherwise);
        }
        var edits = answer.edits();
        var how = edits.isEmpty() ? "accepted" : "accepted after " + String.join(", ", edits);
        return passed(experiment.name, experiment.need, how);
    }

    private ProbedAnswer ask(Experiment experiment) throws ProviderException, InterruptedException {
        try {
            return ProbedAnswer.of(provider.send(call(experiment.headers, experiment.body)));
        } catch (JsonException garbled) {
            return ProbedAnswer.NOTHING;
        }
    }

    private ProbeResult countTokens() throws InterruptedException {
        var name = "count_tokens";
        try {
            var count = provider.countTokens(call(Headers.NONE, CHAT.body));
            return count.isPresent()
                    ? passed(name, Need.OPTIONAL, count.getAsLong() + " tokens, by the backend")
                    : new ProbeResult(
                            name,
                            Outcome.SKIPPED,
                            Need.OPTIONAL,
                            "the backend has none; Lynkr estimates");
        } catch (ProviderException refused) {
            return failed(name, Need.OPTIONAL, refused);
        }
    }

    private ProbeResult listModels() throws InterruptedException {
        var name = "list of models";
        try {
            int count = provider.models().size();
            return count > 0
                    ? passed(name, Need.OPTIONAL, count + " models")
                    : new ProbeResult(name, Outcome.SKIPPED, Need.OPTIONAL, "the backend has none");
        } catch (ProviderException refused) {
            return failed(name, Need.OPTIONAL, refused);
        }
    }

    private ProviderCall call(Headers headers, String body) {
        var json = JsonObject.parse(body).with("model", model);
        return new ProviderCall(
                MessagesRequest.parse(json.toBytes()),
                headers.with("anthropic-version", "2023-06-01"),
                Deadline.after(PATIENCE),
                "doctor");
    }

    private static Headers beta(String name) {
        return Headers.of("anthropic-beta", name);
    }

    private static ProbeResult passed(String name, Need need, String detail) {
        return new ProbeResult(name, Outcome.PASS, need, detail);
    }

    private static ProbeResult failed(String name, Need need, ProviderException refused) {
        var error = refused.error();
        var reason = error.message().replaceAll("\\s+", " ").strip();
        var shown =
                reason.length() > LONGEST_REASON
                        ? reason.substring(0, LONGEST_REASON) + "…"
                        : reason;
        return new ProbeResult(
                name, Outcome.FAIL, need, "refused with " + error.status() + ": " + shown);
    }
}
