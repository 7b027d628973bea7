package io.lynkr.agent;

import io.lynkr.observability.Metrics;
import io.lynkr.observability.RequestFacts;
import io.lynkr.observability.RequestFacts.Tokens;
import io.lynkr.provider.Served;

import java.math.BigDecimal;

/** Writes down what an answer used and what that costs. */
public record Ledger(Metrics metrics, PriceTable prices) {

    /**
     * An answer is over, complete or not. A backend that told no counts is not charged for any.
     *
     * @param used as the backend counted
     */
    void settle(Served served, CountedTokens used) {
        metrics.editsMade(served.edits());
        if (used.isNothing()) {
            return;
        }
        var usage = used.usage();
        var tokens =
                new Tokens(usage.input(), usage.cacheCreation(), usage.cacheRead(), usage.output());
        var facts = RequestFacts.current();
        facts.stepDone(tokens);
        if (served.again()) {
            facts.costs(BigDecimal.ZERO);
            return;
        }
        metrics.tokensUsed(served.provider(), served.model(), tokens);
        prices.cost(served.provider(), served.model(), used)
                .ifPresentOrElse(
                        dollars -> {
                            facts.costs(dollars);
                            metrics.cost(served.provider(), served.model(), dollars);
                        },
                        () -> {
                            facts.priceMissing();
                            metrics.priceUnknown(served.provider(), served.model());
                        });
    }
}
