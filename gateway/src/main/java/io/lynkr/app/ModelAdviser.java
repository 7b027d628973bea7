package io.lynkr.app;

import io.lynkr.agent.SideQuestion;
import io.lynkr.config.ConfigException;
import io.lynkr.json.JsonException;
import io.lynkr.message.ApiException;
import io.lynkr.observability.RequestContext;
import io.lynkr.provider.ProviderException;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.git.Adviser;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Lets the gateway's own backend answer the questions of tools. */
final class ModelAdviser implements Adviser {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Supplier<SideQuestion> model;

    /**
     * @param model asked for only when there is a question
     */
    ModelAdviser(Supplier<SideQuestion> model) {
        this.model = model;
    }

    @Override
    public String ask(Question question, CallContext context)
            throws ToolException, InterruptedException {
        var asked =
                new SideQuestion.Asked(
                        question.system(),
                        question.prompt(),
                        question.model().orElse(Gateway.USUAL_MODEL),
                        question.maxTokens(),
                        context.deadline(),
                        RequestContext.current()
                                .map(RequestContext::requestId)
                                .orElse("side-question"));
        try {
            return model.get().ask(asked, new Ticker(context));
        } catch (ConfigException unusable) {
            throw new ToolException(
                    Kind.UNAVAILABLE, "no backend is set up: " + unusable.getMessage());
        } catch (ProviderException | ApiException | JsonException failure) {
            throw new ToolException(
                    Kind.UNAVAILABLE, "the model gave no answer: " + failure.getMessage());
        }
    }

    /** Tells now and then how much of the answer has come. */
    private static final class Ticker implements Consumer<String> {
        private final CallContext context;
        private final AtomicLong characters = new AtomicLong();
        private final AtomicLong toldAt = new AtomicLong(System.nanoTime());

        Ticker(CallContext context) {
            this.context = context;
        }

        @Override
        public void accept(String piece) {
            long all = characters.addAndGet(piece.length());
            long last = toldAt.get();
            long now = System.nanoTime();
            if (now - last >= PAUSE.toNanos() && toldAt.compareAndSet(last, now)) {
                context.progress().accept("the model has written %,d characters".formatted(all));
            }
        }
    }
}
