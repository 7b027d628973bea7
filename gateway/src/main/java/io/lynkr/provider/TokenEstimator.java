package io.lynkr.provider;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.Usage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Estimates how many tokens a prompt has, and learns from what backends say it had.
 *
 * <p>The estimate counts bytes, each kind with a weight: text by the tokenizer's bytes per token,
 * JSON (tool schemas, tool input) a little less, images and documents by their size rules, and a
 * few tokens for each message, tool and block. What a backend reports for a prompt gives the ratio
 * of true to estimated tokens, remembered for each model as a moving average. Before the first
 * report the estimate of ordinary text is within about 25 %; on prompts like those it has seen,
 * within a few percent ({@code TokenEstimatorTest}). Safe for many threads.
 */
public final class TokenEstimator {
    private static final int MAX_MODELS = 500;
    private static final double NEW_WEIGHT = 0.2;

    /** In a smaller prompt what the backend adds by itself weighs more than the text. */
    private static final long SMALLEST_LESSON = 200;

    /** A ratio beyond this tells of something else: a prompt cut by the backend, another model. */
    private static final double LARGEST_RATIO = 4;

    private static final int PER_MESSAGE = 4;
    private static final int PER_BLOCK = 2;
    private static final int PER_TOOL = 12;

    /** The instructions that come with tools, by Anthropic's table of them. */
    private static final int TOOLS_PREAMBLE = 346;

    /** Keys and punctuation repeat, and take fewer tokens than words do. */
    private static final double JSON_WEIGHT = 0.9;

    private final ReentrantLock lock = new ReentrantLock();

    // True tokens per estimated token, by model; the least recently used goes first. Guarded by the
    // lock.
    private final Map<String, Double> ratios =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Double> eldest) {
                    return size() > MAX_MODELS;
                }
            };

    /** About how many tokens the prompt has. */
    public long estimate(MessagesRequest request) {
        return Math.max(1, Math.round(raw(request) * ratio(request.model())));
    }

    /** About how many tokens a text of this model has. */
    public long estimate(String model, long textBytes) {
        return Math.round(textBytes / TokenizerFamily.of(model).bytesPerToken() * ratio(model));
    }

    /** Learns from what the backend counted for a request. */
    public void learn(MessagesRequest request, Usage usage) {
        if (usage.prompt() < SMALLEST_LESSON) {
            return;
        }
        double ratio = usage.prompt() / raw(request);
        if (ratio > LARGEST_RATIO || ratio < 1 / LARGEST_RATIO) {
            return;
        }
        lock.lock();
        try {
            ratios.merge(request.model(), ratio, (old, now) -> old + NEW_WEIGHT * (now - old));
        } finally {
            lock.unlock();
        }
    }

    private double ratio(String model) {
        lock.lock();
        try {
            return ratios.getOrDefault(model, 1.0);
        } finally {
            lock.unlock();
        }
    }

    private static double raw(MessagesRequest request) {
        var count = new Count();
        request.system().ifPresent(count::content);
        for (var message : request.messages()) {
            count.tokens += PER_MESSAGE;
            message.get("content").ifPresent(count::content);
        }
        request.json().array("tools").filter(tools -> !tools.isEmpty()).ifPresent(count::tools);
        return Math.max(
                1,
                count.bytes / TokenizerFamily.of(request.model()).bytesPerToken() + count.tokens);
    }

    /** What has been counted of one prompt. */
    private static final class Count {
        private double bytes;
        private double tokens;

        void content(JsonValue content) {
            if (content instanceof JsonString text) {
                bytes += text.sizeHint();
            } else if (content instanceof JsonArray blocks) {
                blocks.objects().forEach(this::block);
            }
        }

        void tools(JsonArray tools) {
            tokens += TOOLS_PREAMBLE;
            for (var tool : tools.objects()) {
                tokens += PER_TOOL;
                tool.get("name").ifPresent(this::json);
                tool.get("description").ifPresent(this::content);
                tool.get("input_schema").ifPresent(this::json);
            }
        }

        private void block(JsonObject block) {
            tokens += PER_BLOCK;
            switch (block.type()) {
                case "image" -> tokens += MediaTokens.ofImage(block);
                case "document" -> document(block);
                case "tool_use", "server_tool_use", "mcp_tool_use" -> {
                    block.get("name").ifPresent(this::json);
                    block.get("input").ifPresent(this::json);
                }
                // Its signature is the thinking once more, for the backend's eyes.
                case "thinking" -> block.get("thinking").ifPresent(this::content);
                case "redacted_thinking" -> block.get("data").ifPresent(this::content);
                case "text" -> block.get("text").ifPresent(this::content);
                default -> block.get("content").ifPresentOrElse(this::content, () -> json(block));
            }
        }

        private void document(JsonObject block) {
            var source = block.object("source").orElse(JsonObject.EMPTY);
            switch (source.type()) {
                case "text" -> source.get("data").ifPresent(this::content);
                case "content" -> source.get("content").ifPresent(this::content);
                default -> tokens += MediaTokens.ofPdf(source);
            }
        }

        /** JSON as it would be written; a part that was read is measured without writing it. */
        private void json(JsonValue value) {
            bytes += JSON_WEIGHT * value.sizeHint();
        }
    }
}
