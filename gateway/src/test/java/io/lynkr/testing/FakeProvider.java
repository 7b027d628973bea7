package io.lynkr.testing;

import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.EventStream;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Reply;
import io.lynkr.provider.Served;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;

/** A provider that answers what the test says, call after call, and then only good things. */
public final class FakeProvider implements Provider {
    private static final byte[] MESSAGE = "{\"type\":\"message\"}".getBytes(StandardCharsets.UTF_8);

    private final Queue<Answer> script = new ArrayDeque<>();
    private final List<ProviderCall> calls = new ArrayList<>();
    private Answer always = call -> new Reply.Whole(served(call), MESSAGE);

    /** What happens to one call. */
    @FunctionalInterface
    public interface Answer {
        Reply to(ProviderCall call) throws ProviderException, InterruptedException;
    }

    /** What happens when the events of a stream are wanted. */
    @FunctionalInterface
    public interface Push {
        void to(EventSink sink) throws ProviderException, InterruptedException;
    }

    public FakeProvider then(Answer answer) {
        script.add(answer);
        return this;
    }

    public FakeProvider thenFail(ProviderException failure) {
        return then(failing(failure));
    }

    public FakeProvider thenAnswer() {
        return then(always);
    }

    /** What happens to every call that the script does not speak of. */
    public FakeProvider always(Answer answer) {
        always = answer;
        return this;
    }

    public FakeProvider alwaysFail(ProviderException failure) {
        return always(failing(failure));
    }

    private static Answer failing(ProviderException failure) {
        return _ -> {
            throw failure;
        };
    }

    /** An answer that begins as a stream. */
    public static Answer streaming(Push push) {
        return call -> new Reply.Streamed(served(call), stream(push));
    }

    private static EventStream stream(Push push) {
        return new EventStream() {
            @Override
            public void pushTo(EventSink sink) throws ProviderException, InterruptedException {
                push.to(sink);
            }

            @Override
            public void close() {}
        };
    }

    private static Served served(ProviderCall call) {
        return new Served("fake", call.request().model(), Headers.NONE, List.of());
    }

    /** All calls so far. */
    public List<ProviderCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Reply send(ProviderCall call) throws ProviderException, InterruptedException {
        calls.add(call);
        var next = script.poll();
        return (next == null ? always : next).to(call);
    }

    @Override
    public OptionalLong countTokens(ProviderCall call) {
        return OptionalLong.of(42);
    }

    @Override
    public List<ModelInfo> models() {
        return List.of();
    }

    @Override
    public void close() {}
}
