package io.lynkr.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a translation is expected to say, kept beside its input. With {@code -Dgolden.write=true}
 * the files are written anew; then look at the difference before you believe it.
 */
public record GoldenFile(Path path) {
    private static final Path ROOT = Path.of("src/test/resources/golden");

    /** A file below the golden files. */
    public static GoldenFile of(String name) {
        return new GoldenFile(ROOT.resolve(name));
    }

    /** The names of the folders in a folder. */
    public static List<String> cases(String folder) {
        try (Stream<Path> paths = Files.list(ROOT.resolve(folder))) {
            return paths.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public boolean exists() {
        return Files.exists(path);
    }

    public String read() {
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Compares, or writes when told to. */
    public void holds(String actual) {
        if (Boolean.getBoolean("golden.write")) {
            write(actual);
        }
        assertThat(actual).as(path.toString()).isEqualTo(exists() ? read() : "");
    }

    private void write(String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
