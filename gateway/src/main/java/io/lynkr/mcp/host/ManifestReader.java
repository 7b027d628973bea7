package io.lynkr.mcp.host;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the files that name MCP servers: Lynkr's own ({@code {servers: [{id, command, …}]}} or the
 * bare array), Claude Code's and Claude Desktop's ({@code {mcpServers: {name: {…}}}}), and those of
 * VS Code ({@code {servers: {name: {…}}}}). An entry that is wrong is named, and the others are
 * read.
 */
final class ManifestReader {
    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9_-]+");
    private static final int LONGEST_NAME = 40;

    private final Expansion expansion;
    private final boolean ofProject;
    private final Path workspace;

    /**
     * @param ofProject whether the files came with a project
     * @param workspace for which a user's file may name further servers
     */
    ManifestReader(Expansion expansion, boolean ofProject, Path workspace) {
        this.expansion = expansion;
        this.ofProject = ofProject;
        this.workspace = workspace;
    }

    /**
     * What a file says.
     *
     * @param problems entries that are wrong, each with its reason
     */
    record Manifest(List<ServerEntry> entries, List<String> problems) {
        Manifest {
            entries = List.copyOf(entries);
            problems = List.copyOf(problems);
        }

        static Manifest unreadable(String problem) {
            return new Manifest(List.of(), List.of(problem));
        }
    }

    Manifest read(Path source, byte[] text) {
        try {
            return read(source, JsonValue.parse(text));
        } catch (JsonException notJson) {
            return Manifest.unreadable(source + " is not JSON: " + notJson.getMessage());
        }
    }

    private Manifest read(Path source, JsonValue json) {
        var entries = new ArrayList<ServerEntry>();
        var problems = new ArrayList<String>();
        for (var named : named(json)) {
            try {
                entries.add(entry(source, named.name(), named.json()));
            } catch (ManifestException wrong) {
                problems.add(
                        "%s: the server '%s': %s"
                                .formatted(source, named.name(), wrong.getMessage()));
            }
        }
        if (entries.isEmpty() && problems.isEmpty() && !isEmptyList(json)) {
            problems.add(source + " has neither 'servers' nor 'mcpServers'");
        }
        return new Manifest(entries, problems);
    }

    private static boolean isEmptyList(JsonValue json) {
        return switch (json) {
            case JsonObject object ->
                    object.has("servers") || object.has("mcpServers") || object.has("projects");
            case JsonArray array -> array.isEmpty();
            default -> false;
        };
    }

    private record Named(String name, JsonObject json) {}

    private List<Named> named(JsonValue json) {
        return switch (json) {
            case JsonArray list -> fromList(list);
            case JsonObject object -> {
                var all = new ArrayList<Named>();
                object.object("projects")
                        .flatMap(projects -> projects.object(workspace.toString()))
                        .flatMap(local -> local.object("mcpServers"))
                        .ifPresent(map -> all.addAll(fromMap(map)));
                object.array("servers").ifPresent(list -> all.addAll(fromList(list)));
                object.object("servers").ifPresent(map -> all.addAll(fromMap(map)));
                object.object("mcpServers").ifPresent(map -> all.addAll(fromMap(map)));
                yield all;
            }
            default -> List.of();
        };
    }

    private static List<Named> fromList(JsonArray list) {
        var all = new ArrayList<Named>();
        for (var each : list) {
            var json = each.asObject().orElse(JsonObject.EMPTY);
            var name =
                    json.string("id")
                            .or(() -> json.string("name"))
                            .or(() -> json.string("label"))
                            .orElse("");
            all.add(new Named(name, json));
        }
        return all;
    }

    private static List<Named> fromMap(JsonObject map) {
        var all = new ArrayList<Named>();
        map.forEach(
                (name, value) ->
                        all.add(new Named(name, value.asObject().orElse(JsonObject.EMPTY))));
        return all;
    }

    private ServerEntry entry(Path source, String given, JsonObject json) throws ManifestException {
        var name = UNFIT.matcher(given).replaceAll("_");
        if (name.isEmpty() || name.equals("_")) {
            throw new ManifestException("it has no name ('id' or 'name')");
        }
        if (name.length() > LONGEST_NAME) {
            throw new ManifestException("its name has more than " + LONGEST_NAME + " characters");
        }
        return new ServerEntry(
                name,
                json.string("description").orElse(""),
                source,
                ofProject,
                fingerprint(json),
                launch(json),
                json.bool("sandbox"),
                json.isTrue("network"),
                timeout(json),
                json.isTrue("disabled") || json.bool("enabled").equals(Optional.of(false)));
    }

    private static Optional<Duration> timeout(JsonObject json) {
        var millis = json.integer("timeout");
        return millis.isPresent() && millis.getAsLong() > 0
                ? Optional.of(Duration.ofMillis(millis.getAsLong()))
                : Optional.empty();
    }

    private Launch launch(JsonObject json) throws ManifestException {
        var kind =
                json.string("type")
                        .or(() -> json.string("transport"))
                        .orElse(json.has("command") || !json.has("url") ? "stdio" : "http");
        return switch (kind) {
            case "stdio" -> stdio(json);
            case "http", "streamable-http", "streamableHttp", "streamable_http" ->
                    new Launch.Http(url(json), headers(json));
            case "sse" -> new Launch.Sse(url(json), headers(json));
            default ->
                    throw new ManifestException(
                            "the transport '" + kind + "' is none of stdio, http and sse");
        };
    }

    private Launch.Stdio stdio(JsonObject json) throws ManifestException {
        var command = expansion.expand(json.string("command").orElse(""));
        if (command.isBlank()) {
            throw new ManifestException("it has no 'command'");
        }
        var arguments = new ArrayList<String>();
        for (var argument : json.array("args").orElse(JsonArray.EMPTY)) {
            arguments.add(expansion.expand(text(argument)));
        }
        var folder = json.string("cwd").orElse("");
        return new Launch.Stdio(
                command, arguments, expanded(json, "env"), expansion.expand(folder));
    }

    private URI url(JsonObject json) throws ManifestException {
        var text = expansion.expand(json.string("url").orElse(""));
        try {
            var url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException broken) {
            // said below
        }
        throw new ManifestException("its 'url' is no http or https address");
    }

    private Map<String, String> headers(JsonObject json) throws ManifestException {
        var headers = expanded(json, "headers");
        for (var header : headers.entrySet()) {
            if (!header.getKey().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
                    || !header.getValue().matches("[\\t\\x20-\\x7e\\x80-\\xff]*")) {
                throw new ManifestException("the header '" + header.getKey() + "' cannot be sent");
            }
        }
        return headers;
    }

    private Map<String, String> expanded(JsonObject json, String member) throws ManifestException {
        var given = json.object(member).orElse(JsonObject.EMPTY).members();
        var values = new LinkedHashMap<String, String>();
        for (var each : given.entrySet()) {
            values.put(each.getKey(), expansion.expand(text(each.getValue())));
        }
        return values;
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.value() : value.toString();
    }

    /** SHA-256 of what is said, in whatever order; variables are not put in. */
    static String fingerprint(JsonValue json) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(canonical(json).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonValue canonical(JsonValue json) {
        return switch (json) {
            case JsonObject object -> {
                var sorted = new TreeMap<String, JsonValue>();
                object.forEach((key, value) -> sorted.put(key, canonical(value)));
                yield JsonObject.copyOf(sorted);
            }
            case JsonArray array ->
                    JsonArray.copyOf(
                            array.values().stream().map(ManifestReader::canonical).toList());
            default -> json;
        };
    }
}
