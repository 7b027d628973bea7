package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.message.MessagesRequest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads the files {@code golden/FOLDER/ID.json}. */
final class GoldenCases {
    private GoldenCases() {}

    /**
     * The cases of one kind, in order.
     *
     * @param kind how their names begin: R for requests, S for streams
     */
    static <T> Stream<T> in(String folder, String kind, BiFunction<String, JsonObject, T> make) {
        try (var files = Files.list(path(folder))) {
            return files
                    .filter(file -> name(file).startsWith(kind))
                    .sorted()
                    .map(file -> make.apply(name(file), read(file)))
                    .toList()
                    .stream();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The case's request, with what it leaves out. */
    static MessagesRequest request(JsonObject golden, String model) {
        var defaults =
                JsonObject.of("model", model)
                        .with("max_tokens", 1000)
                        .with(
                                "messages",
                                JsonArray.of(JsonObject.of("role", "user").with("content", "hi")));
        var members = defaults.members();
        members.putAll(golden.object("request").orElse(JsonObject.EMPTY).members());
        return MessagesRequest.parse(JsonObject.copyOf(members).toBytes());
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }

    private static Path path(String folder) {
        try {
            var found = GoldenCases.class.getResource("/golden/" + folder);
            return Path.of(Objects.requireNonNull(found).toURI());
        } catch (URISyntaxException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static JsonObject read(Path file) {
        try {
            return JsonObject.parse(Files.readAllBytes(file));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
