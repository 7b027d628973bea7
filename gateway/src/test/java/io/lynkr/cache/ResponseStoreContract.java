package io.lynkr.cache;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.cache.CachedAnswer.Form;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What every store of answers must do. */
public abstract class ResponseStoreContract {
    private static final CacheKey KEY = new CacheKey("ab");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    protected abstract ResponseStore store();

    /** Lets time pass for the store. */
    protected abstract void pass(Duration time);

    @Test
    void givesWhatWasPut() {
        var store = store();
        store.put(KEY, answer("hello"), MINUTE);

        var found = store.find(KEY).orElseThrow();

        assertThat(found.bytes()).asString().isEqualTo("hello");
        assertThat(found.provider()).isEqualTo("anthropic");
        assertThat(found.model()).isEqualTo("m");
        assertThat(found.form()).isEqualTo(Form.EVENTS);
        assertThat(found.promptTokens()).isEqualTo(7);
        assertThat(store.find(new CacheKey("cd"))).isEmpty();
    }

    @Test
    void forgetsWhenTheTimeIsOver() {
        var store = store();
        store.put(KEY, answer("hello"), MINUTE);

        pass(MINUTE.minusMillis(1));
        assertThat(store.find(KEY)).isPresent();
        pass(Duration.ofMillis(1));

        assertThat(store.find(KEY)).isEmpty();
    }

    /**
     * The original kept the first time for ever, and so an answer hit only until it first ended.
     */
    @Test
    void putAgainIsFreshAgain() {
        var store = store();
        store.put(KEY, answer("old"), MINUTE);
        pass(MINUTE.multipliedBy(2));

        store.put(KEY, answer("new"), MINUTE);
        pass(MINUTE.dividedBy(2));

        assertThat(store.find(KEY).orElseThrow().bytes()).asString().isEqualTo("new");
    }

    protected static CachedAnswer answer(String text) {
        return new CachedAnswer("anthropic", "m", Form.EVENTS, text.getBytes(UTF_8), 7);
    }
}
