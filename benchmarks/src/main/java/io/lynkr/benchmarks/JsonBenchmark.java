package io.lynkr.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonLimits;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonPatch;
import io.lynkr.json.JsonString;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;

/** What it costs to read a request, and to change its model; Jackson beside it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class JsonBenchmark {
    private static final byte[] NEW_MODEL = "\"databricks-claude-opus-4-8\"".getBytes(UTF_8);

    @Param({"1000", "115000"})
    private int size;

    private final JsonMapper jackson = JsonMapper.builder().build();
    private byte[] body = {};

    @Setup
    public void make() {
        body = Bodies.requestBytes(size, true);
    }

    @Benchmark
    public JsonObject read() {
        return JsonObject.parse(body, JsonLimits.STRICT);
    }

    @Benchmark
    public byte[] readAndPatchModel() {
        var patch = new JsonPatch(JsonObject.parse(body, JsonLimits.STRICT));
        patch.replace("model", JsonString.of("databricks-claude-opus-4-8"));
        return patch.apply();
    }

    /** Passes over all tokens; strings are checked, but not decoded. */
    @Benchmark
    public int jacksonTokens() {
        int tokens = 0;
        try (var parser = jackson.createParser(body)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
            parser.finishToken();
        }
        return tokens;
    }

    /** The usual splice: look for the model's place in the token stream, copy around it. */
    @Benchmark
    public byte[] jacksonSpliceModel() {
        int from = 0;
        int to = 0;
        int depth = 0;
        boolean next = false;
        try (var parser = jackson.createParser(body)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (next) {
                    from = (int) parser.currentTokenLocation().getByteOffset();
                    parser.finishToken();
                    to = (int) parser.currentLocation().getByteOffset();
                    next = false;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                next =
                        depth == 1
                                && token == JsonToken.PROPERTY_NAME
                                && parser.currentName().equals("model");
            }
        }
        var spliced = new ByteArrayOutputStream(body.length + 64);
        spliced.write(body, 0, from);
        spliced.writeBytes(NEW_MODEL);
        spliced.write(body, to, body.length - to);
        return spliced.toByteArray();
    }

    @Benchmark
    public JsonNode jacksonTree() {
        return jackson.readTree(body);
    }

    @Benchmark
    public byte[] jacksonTreePatchModel() {
        var tree = (ObjectNode) jackson.readTree(body);
        tree.put("model", "databricks-claude-opus-4-8");
        return jackson.writeValueAsBytes(tree);
    }
}
