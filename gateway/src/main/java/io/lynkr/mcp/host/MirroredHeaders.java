package io.lynkr.mcp.host;

import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Arguments that a tool's schema marks with {@code x-mcp-header}: they are said in a header {@code
 * Mcp-Param-<Name>}, too. A tool whose marks make no sense must not be offered.
 */
final class MirroredHeaders {
    private static final String MARK = "x-mcp-header";
    private static final Set<String> PLAIN = Set.of("string", "integer", "boolean");

    private MirroredHeaders() {}

    /** The headers of a call. */
    static Map<String, String> of(JsonObject definition, JsonObject arguments) {
        var headers = new LinkedHashMap<String, String>();
        var properties = properties(definition);
        properties.forEach(
                (name, schema) ->
                        schema.asObject()
                                .flatMap(marked -> marked.string(MARK))
                                .ifPresent(
                                        header ->
                                                arguments
                                                        .get(name)
                                                        .filter(MirroredHeaders::isPlain)
                                                        .ifPresent(
                                                                value ->
                                                                        headers.put(
                                                                                "mcp-param-"
                                                                                        + header,
                                                                                text(value)))));
        return headers;
    }

    private static JsonObject properties(JsonObject definition) {
        return definition
                .object("inputSchema")
                .flatMap(schema -> schema.object("properties"))
                .orElse(JsonObject.EMPTY);
    }

    private static boolean isPlain(JsonValue value) {
        return value instanceof JsonString
                || value instanceof JsonNumber
                || value instanceof JsonBool;
    }

    private static String text(JsonValue value) {
        return HttpTransport.safe(
                value instanceof JsonString string ? string.value() : value.toString());
    }

    /** Whether all marks are names of headers, each once, on plain values. */
    static boolean areValid(JsonObject definition) {
        var seen = new HashSet<String>();
        for (var schema : properties(definition).members().values()) {
            var property = schema.asObject().orElse(JsonObject.EMPTY);
            if (property.has(MARK)) {
                var header = property.string(MARK).orElse("");
                if (!header.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
                        || !PLAIN.contains(property.type())
                        || !seen.add(header.toLowerCase(Locale.ROOT))) {
                    return false;
                }
            }
        }
        return true;
    }
}
