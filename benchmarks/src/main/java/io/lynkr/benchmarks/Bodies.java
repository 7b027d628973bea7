package io.lynkr.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Makes the texts that the benchmarks send and receive: requests in the shape of a coding client's
 * turn, and answers in both wire shapes. All text is made up, and the same every time.
 *
 * <p>It needs nothing but the JDK, so {@code benchmarks/run} can start this file alone: {@code java
 * Bodies.java FOLDER} writes them all.
 */
public final class Bodies {
    private static final int ANSWER_TEXT = 1_600;
    private static final int STREAM_EVENTS = 100;

    /**
     * Around the text deltas of a stream stand these: start, block start, block stop, delta, stop.
     */
    private static final int FRAME_EVENTS = 5;

    private static final String[] WORDS = {
        "the",
        "file",
        "path",
        "tool",
        "returns",
        "when",
        "command",
        "output",
        "use",
        "line",
        "content",
        "error",
        "run",
        "search",
        "pattern",
        "result",
        "must",
        "should",
        "only",
        "before",
        "after",
        "workspace",
        "directory",
        "string",
        "number",
        "optional",
        "default",
        "value",
        "timeout",
        "model"
    };

    private final Random random = new Random(25);

    private Bodies() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: java Bodies.java FOLDER");
            System.exit(2);
        }
        var folder = Files.createDirectories(Path.of(args[0]));
        for (boolean stream : new boolean[] {false, true}) {
            var kind = stream ? "stream" : "whole";
            Files.writeString(folder.resolve("small-" + kind + ".json"), request(1_000, stream));
            Files.writeString(folder.resolve("large-" + kind + ".json"), request(115_000, stream));
        }
        Files.writeString(folder.resolve("anthropic.json"), anthropicAnswer());
        Files.writeString(folder.resolve("anthropic.sse"), anthropicStream());
        Files.writeString(folder.resolve("openai.json"), openAiAnswer());
        Files.writeString(folder.resolve("openai.sse"), openAiStream());
    }

    /**
     * A request of about this many bytes: mostly tool descriptions, as the first turn of a session
     * is.
     */
    public static String request(int bytes, boolean stream) {
        return new Bodies().makeRequest(bytes, stream);
    }

    /** The same for those who work on bytes. */
    public static byte[] requestBytes(int bytes, boolean stream) {
        return request(bytes, stream).getBytes(StandardCharsets.UTF_8);
    }

    /** A whole answer of about 2 KB in the Messages shape. */
    public static String anthropicAnswer() {
        return """
        {"id":"msg_bench","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"%s"}],\
        "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":25000,"cache_creation_input_tokens":0,\
        "cache_read_input_tokens":0,"output_tokens":400}}\
        """
                .formatted(new Bodies().text(ANSWER_TEXT));
    }

    /** A streamed answer of 100 events in the Messages shape. */
    public static String anthropicStream() {
        var bodies = new Bodies();
        var stream = new StringBuilder();
        event(
                stream,
                "message_start",
                "\"message\":{\"id\":\"msg_bench\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"
                    + "\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":25000,"
                    + "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":1}}");
        event(
                stream,
                "content_block_start",
                "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
        for (int i = 0; i < STREAM_EVENTS - FRAME_EVENTS; i++) {
            event(
                    stream,
                    "content_block_delta",
                    "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                            + bodies.text(16)
                            + "\"}");
        }
        event(stream, "content_block_stop", "\"index\":0");
        event(
                stream,
                "message_delta",
                "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":400}");
        event(stream, "message_stop", "");
        return stream.toString();
    }

    /** A whole answer of about 2 KB in the chat-completions shape. */
    public static String openAiAnswer() {
        return """
        {"id":"chatcmpl-bench","object":"chat.completion","created":1760000000,"model":"m","choices":[{"index":0,\
        "message":{"role":"assistant","content":"%s","refusal":null},"logprobs":null,"finish_reason":"stop"}],\
        "usage":{"prompt_tokens":25000,"completion_tokens":400,"total_tokens":25400}}\
        """
                .formatted(new Bodies().text(ANSWER_TEXT));
    }

    /** A streamed answer of 100 chunks in the chat-completions shape. */
    public static String openAiStream() {
        var bodies = new Bodies();
        var stream = new StringBuilder();
        chunk(stream, "{\"role\":\"assistant\",\"content\":\"\"}", "null");
        for (int i = 0; i < STREAM_EVENTS - 3; i++) {
            chunk(stream, "{\"content\":\"" + bodies.text(16) + "\"}", "null");
        }
        chunk(stream, "{}", "\"stop\"");
        return stream.append(
                        "data:"
                            + " {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":25000,\"completion_tokens\":400,\"total_tokens\":25400}}\n\n")
                .append("data: [DONE]\n\n")
                .toString();
    }

    private String makeRequest(int bytes, boolean stream) {
        var request =
                new StringBuilder(
                        "{\"model\":\"claude-opus-4-8\",\"max_tokens\":64000,\"stream\":" + stream);
        boolean large = bytes > 10_000;
        request.append(",\"system\":[")
                .append(block(150))
                .append(',')
                .append(block(large ? 6_000 : 100));
        request.append("],\"messages\":[{\"role\":\"user\",\"content\":[")
                .append(block(large ? 12_000 : 150));
        request.append(
                "]}],\"thinking\":{\"type\":\"adaptive\"},\"metadata\":{\"user_id\":\"bench\"},\"tools\":[");
        for (int i = 0; request.length() < bytes - 400; i++) {
            request.append(i == 0 ? "" : ",").append(tool(i, large ? 3_000 : 40));
        }
        return request.append("]}").toString();
    }

    private String block(int length) {
        return "{\"type\":\"text\",\"text\":\""
                + text(length)
                + "\",\"cache_control\":{\"type\":\"ephemeral\"}}";
    }

    private String tool(int number, int descriptionLength) {
        var tool =
                new StringBuilder(
                        "{\"name\":\"Tool"
                                + number
                                + "\",\"description\":\""
                                + text(descriptionLength));
        tool.append(
                "\",\"input_schema\":{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\",\"properties\":{");
        int properties = descriptionLength > 100 ? 8 : 1;
        for (int i = 0; i < properties; i++) {
            tool.append(i == 0 ? "" : ",")
                    .append(
                            "\"property_"
                                    + i
                                    + "\":{\"description\":\""
                                    + text(60)
                                    + "\",\"type\":\"string\"}");
        }
        return tool.append("},\"required\":[\"property_0\"],\"additionalProperties\":false}}")
                .toString();
    }

    /**
     * The inside of a JSON string: words, with the escapes and the few non-ASCII signs that real
     * texts have.
     */
    private String text(int length) {
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
            text.append(
                    switch (random.nextInt(60)) {
                        case 0, 1, 2 -> ".\\n";
                        case 3 -> " — ";
                        case 4 -> " \\\"it\\\" ";
                        case 5, 6 -> "`, `";
                        default -> " ";
                    });
        }
        return text.toString();
    }

    private static void event(StringBuilder stream, String name, String fields) {
        stream.append("event: ")
                .append(name)
                .append("\ndata: {\"type\":\"")
                .append(name)
                .append('"');
        stream.append(fields.isEmpty() ? "" : ",").append(fields).append("}\n\n");
    }

    private static void chunk(StringBuilder stream, String delta, String finish) {
        stream.append(
                        "data:"
                            + " {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"m\",")
                .append("\"choices\":[{\"index\":0,\"delta\":")
                .append(delta)
                .append(",\"finish_reason\":")
                .append(finish)
                .append("}]}\n\n");
    }
}
