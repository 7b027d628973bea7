package io.lynkr.agent;

import io.lynkr.json.JsonObject;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What models cost. A price that the table does not have is unknown, which is not the same as
 * nothing.
 *
 * @param asOf when its prices were looked up
 * @param prices the first that fits counts
 */
public record PriceTable(LocalDate asOf, List<Price> prices) {
    private static final String RESOURCE = "prices.json";
    private static final String ANY = "*";

    /** What backends put around a model's name. */
    private static final Pattern PREFIX =
            Pattern.compile(
                    "^(?:(?:us|eu|apac|global|jp|au)\\.|databricks-|system\\.ai\\.|anthropic\\.)+");

    private static final Pattern SUFFIX =
            Pattern.compile(
                    "(?:\\[1m]|-latest|[-@]\\d{8}|-\\d{4}-\\d\\d-\\d\\d|-v\\d+(?::\\d+)?)+$");

    /**
     * What the tokens of one model cost at one backend.
     *
     * @param provider a provider's name, or {@code *} for all
     * @param model a model's name without what backends put around it, or {@code *} for all
     * @param upTo the longest prompt in tokens that is charged so; empty for any
     */
    public record Price(String provider, String model, OptionalLong upTo, Rates rates) {

        private boolean fits(String askedProvider, String askedModel, long prompt) {
            return (provider.equals(ANY) || provider.equals(askedProvider))
                    && (model.equals(ANY) || model.equals(askedModel))
                    && (upTo.isEmpty() || prompt <= upTo.getAsLong());
        }
    }

    /** US dollars for a million tokens each. */
    public record Rates(
            BigDecimal input,
            BigDecimal output,
            BigDecimal cacheWrite,
            BigDecimal longCacheWrite,
            BigDecimal cacheRead) {

        /** Where a backend knows no cache, its tokens are prompt tokens like any other. */
        public static Rates plain(BigDecimal input, BigDecimal output) {
            return new Rates(input, output, input, input, input);
        }

        BigDecimal of(CountedTokens used) {
            var usage = used.usage();
            long longWrites = Math.min(used.longWrites(), usage.cacheCreation());
            return times(usage.input(), input)
                    .add(times(usage.output(), output))
                    .add(times(usage.cacheCreation() - longWrites, cacheWrite))
                    .add(times(longWrites, longCacheWrite))
                    .add(times(usage.cacheRead(), cacheRead))
                    .movePointLeft(6);
        }

        private static BigDecimal times(long tokens, BigDecimal rate) {
            return BigDecimal.valueOf(tokens).multiply(rate);
        }
    }

    public PriceTable {
        prices = List.copyOf(prices);
    }

    /** The table that comes with the gateway. */
    public static PriceTable ours() {
        try (InputStream in = PriceTable.class.getResourceAsStream(RESOURCE)) {
            return parse(Objects.requireNonNull(in, RESOURCE).readAllBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException("the resource " + RESOURCE, impossible);
        }
    }

    static PriceTable parse(byte[] text) {
        var json = JsonObject.parse(text);
        return new PriceTable(
                LocalDate.parse(json.string("asOf").orElseThrow()),
                json.objects("prices").stream().map(PriceTable::price).toList());
    }

    private static Price price(JsonObject json) {
        var input = json.number("input").orElseThrow();
        var cacheWrite = json.number("cacheWrite").orElse(input);
        return new Price(
                json.string("provider").orElse(ANY),
                json.string("model").orElse(ANY),
                json.integer("upTo"),
                new Rates(
                        input,
                        json.number("output").orElseThrow(),
                        cacheWrite,
                        json.number("longCacheWrite").orElse(cacheWrite),
                        json.number("cacheRead").orElse(input)));
    }

    /** The same with prices that go before all others. */
    public PriceTable correctedBy(List<Price> own) {
        var all = new ArrayList<>(own);
        all.addAll(prices);
        return new PriceTable(asOf, all);
    }

    /** What an answer costs in US dollars; empty if the price is unknown. */
    public Optional<BigDecimal> cost(String provider, String model, CountedTokens used) {
        var lower = model.toLowerCase(Locale.ROOT);
        var rates = rates(provider, lower, used.usage().prompt());
        return rates.or(() -> rates(provider, bare(lower), used.usage().prompt()))
                .map(found -> found.of(used));
    }

    private Optional<Rates> rates(String provider, String model, long prompt) {
        for (var price : prices) {
            if (price.fits(provider, model, prompt)) {
                return Optional.of(price.rates());
            }
        }
        return Optional.empty();
    }

    /** The model's name without what backends put around it. */
    static String bare(String model) {
        var name = PREFIX.matcher(model).replaceFirst("");
        return SUFFIX.matcher(name).replaceFirst("");
    }
}
