package io.lynkr.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.config.Settings;
import io.lynkr.message.Usage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

class PriceTableTest {
    private static final long MILLION = 1_000_000;

    private final PriceTable prices = PriceTable.ours();

    @Test
    void saysWhenItWasLookedUp() {
        assertThat(prices.asOf()).isAfter(LocalDate.of(2026, 10, 1));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "claude-sonnet-5, claude-sonnet-5",
        "databricks-claude-opus-4-8, claude-opus-4-8",
        "system.ai.databricks-claude-opus-4-8, claude-opus-4-8",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0, claude-sonnet-4-5",
        "claude-sonnet-4-5@20250929, claude-sonnet-4-5",
        "claude-haiku-4-5-20251001, claude-haiku-4-5",
        "claude-sonnet-4-5[1m], claude-sonnet-4-5",
        "gpt-5.1-2025-11-13, gpt-5.1",
    })
    void readsANameInAnyBackendsSpelling(String name, String bare) {
        assertThat(PriceTable.bare(name)).isEqualTo(bare);
    }

    @Test
    void eachKindOfTokenHasItsPrice() {
        var used = new CountedTokens(new Usage(MILLION, 2 * MILLION, MILLION, MILLION), MILLION);

        var cost = prices.cost("databricks", "databricks-claude-sonnet-4-6", used);

        // 3 input, 3.75 for five minutes, 6 for an hour, 0.30 read, 15 output
        assertThat(cost).hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("28.05"));
    }

    @Test
    void longPromptsMayBeDearer() {
        assertThat(cost("claude-haiku-5-5", 100_000)).isEqualByComparingTo("0.01");
        assertThat(cost("claude-haiku-5-5", 100_001)).isEqualByComparingTo("0.0500005");
    }

    @Test
    void isExact() {
        assertThat(cost("claude-haiku-5-5", 1)).isEqualByComparingTo("0.0000001");
    }

    @Test
    void whatRunsHereCostsNothing() {
        assertThat(prices.cost("demo", "claude-opus-5", input(MILLION)))
                .hasValueSatisfying(usd -> assertThat(usd).isZero());
        assertThat(prices.cost("ollama", "qwen3", input(MILLION)))
                .hasValueSatisfying(usd -> assertThat(usd).isZero());
    }

    @Test
    void whatIsNotInItIsUnknown() {
        assertThat(prices.cost("openai", "my-own-model", input(MILLION))).isEmpty();
        assertThat(prices.cost("anthropic", "claude-sonnet-9", input(MILLION))).isEmpty();
    }

    @Test
    void ownPricesGoFirst() {
        var own = from("My-Model=1/2, claude-sonnet-5=10/20/30/40");

        assertThat(own.cost("openai", "my-model", input(MILLION)).orElseThrow())
                .isEqualByComparingTo("1");
        assertThat(
                        own.cost(
                                        "anthropic",
                                        "claude-sonnet-5-20260101",
                                        new CountedTokens(
                                                new Usage(0, MILLION, MILLION, MILLION), 0))
                                .orElseThrow())
                .isEqualByComparingTo("90");
    }

    @ParameterizedTest
    @CsvSource({"my-model", "=1/2", "m=1", "m=1/2/3", "m=a/b", "m=-1/2"})
    void saysWhatIsNoPrice(String text) {
        var settings = new Settings(Map.of("MODEL_PRICES", text));

        PriceSettings.from(settings);

        assertThat(settings.problems()).hasSize(1);
        assertThat(settings.problems().getFirst().toString())
                .contains("MODEL_PRICES", text, "model=input/output");
    }

    private static PriceTable from(String text) {
        return PriceSettings.from(new Settings(Map.of("MODEL_PRICES", text)));
    }

    private BigDecimal cost(String model, long prompt) {
        return Optional.of(prices)
                .flatMap(table -> table.cost("anthropic", model, input(prompt)))
                .orElseThrow();
    }

    private static CountedTokens input(long tokens) {
        return new CountedTokens(new Usage(tokens, 0, 0, 0), 0);
    }
}
