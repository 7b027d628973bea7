package io.lynkr.testing;

import io.lynkr.message.Headers;
import io.lynkr.provider.EventStream;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.UpstreamClient;
import io.lynkr.provider.UpstreamRequest;
import io.lynkr.provider.UpstreamResponse;
import io.lynkr.resilience.Deadline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** An upstream client without a network: gives prepared answers and remembers what was asked. */
public final class ScriptedClient implements UpstreamClient {

    /** One prepared answer. */
    @FunctionalInterface
    public interface Answer {
        UpstreamResponse to(UpstreamRequest request) throws ProviderException;
    }

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<UpstreamRequest> requests = new ArrayList<>();

    /** The next answer has this status and body. */
    public ScriptedClient willAnswer(int status, String body) {
        return will(_ -> new Whole(status, body));
    }

    public synchronized ScriptedClient will(Answer answer) {
        answers.add(answer);
        return this;
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, Deadline deadline)
            throws ProviderException {
        Answer answer;
        synchronized (this) {
            requests.add(request);
            answer = answers.remove();
        }
        return answer.to(request);
    }

    /** What was asked so far. */
    public synchronized List<UpstreamRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {}

    private record Whole(int status, String text) implements UpstreamResponse {

        @Override
        public Headers headers() {
            return Headers.NONE;
        }

        @Override
        public byte[] body(int limit) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Optional<EventStream> events() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
