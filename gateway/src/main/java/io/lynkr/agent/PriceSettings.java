package io.lynkr.agent;

import io.lynkr.agent.PriceTable.Price;
import io.lynkr.agent.PriceTable.Rates;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What models cost, where the gateway's own table is wrong or does not know. */
public final class PriceSettings {

    public static final Setting<List<String>> MODEL_PRICES =
            Setting.list(
                    "MODEL_PRICES",
                    "",
                    "Prices of models, before the gateway's own table: model=input/output, in US"
                            + " dollars for a million tokens, or"
                            + " model=input/output/cacheWrite/cacheRead.");

    private PriceSettings() {}

    /** Reads and checks; problems are left in the settings. */
    public static PriceTable from(Settings settings) {
        var own = new ArrayList<Price>();
        for (var item : settings.get(MODEL_PRICES)) {
            try {
                own.add(read(item));
            } catch (IllegalArgumentException wrong) {
                settings.problem(
                        MODEL_PRICES,
                        "'" + item + "' is not a price",
                        "Write model=input/output, such as my-model=3/15, or"
                                + " model=input/output/cacheWrite/cacheRead");
            }
        }
        return PriceTable.ours().correctedBy(own);
    }

    private static Price read(String item) {
        int equals = item.lastIndexOf('=');
        var model = item.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT);
        var rates =
                Arrays.stream(item.substring(equals + 1).split("/", -1))
                        .map(PriceSettings::rate)
                        .toList();
        if (model.isEmpty()) {
            throw new IllegalArgumentException("no model");
        }
        return new Price("*", model, OptionalLong.empty(), rates(rates));
    }

    private static Rates rates(List<BigDecimal> rates) {
        return switch (rates.size()) {
            case 2 -> Rates.plain(rates.get(0), rates.get(1));
            case 4 ->
                    new Rates(rates.get(0), rates.get(1), rates.get(2), rates.get(2), rates.get(3));
            default -> throw new IllegalArgumentException("2 or 4 rates");
        };
    }

    private static BigDecimal rate(String text) {
        var rate = new BigDecimal(text.strip());
        if (rate.signum() < 0) {
            throw new IllegalArgumentException("negative");
        }
        return rate;
    }
}
