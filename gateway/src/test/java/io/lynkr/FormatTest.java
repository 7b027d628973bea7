package io.lynkr;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Every Java file looks as google-java-format (AOSP style) would write it. {@code ./dev fmt} runs
 * {@link #main} of this same class, without Maven, and rewrites what differs.
 */
class FormatTest {
    private static final List<String> SOURCES = List.of("gateway/src", "benchmarks/src");

    private final Formatter formatter =
            new Formatter(
                    JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build());

    /** The tests start in gateway/, {@code ./dev fmt} starts at the top of the checkout. */
    private final Path checkout = Path.of(Files.isDirectory(Path.of("gateway")) ? "" : "..");

    public static void main(String[] args) throws IOException, FormatterException {
        var format = new FormatTest();
        for (var file : format.unformatted()) {
            Files.writeString(file, format.formatted(file));
            System.out.println("formatted " + file);
        }
    }

    @Test
    void everyFileIsFormatted() throws IOException, FormatterException {
        assertThat(unformatted()).as("files that './dev fmt' would rewrite").isEmpty();
    }

    private List<Path> unformatted() throws IOException, FormatterException {
        var unformatted = new ArrayList<Path>();
        for (var file : javaFiles()) {
            if (!Files.readString(file).equals(formatted(file))) {
                unformatted.add(file);
            }
        }
        return unformatted;
    }

    private String formatted(Path file) throws IOException, FormatterException {
        try {
            return formatter.formatSourceAndFixImports(Files.readString(file));
        } catch (FormatterException e) {
            throw new FormatterException(file + " cannot be read as Java: " + e.getMessage());
        }
    }

    private List<Path> javaFiles() throws IOException {
        var files = new ArrayList<Path>();
        for (var folder : SOURCES) {
            try (var paths = Files.walk(checkout.resolve(folder))) {
                paths.filter(path -> path.toString().endsWith(".java")).forEach(files::add);
            }
        }
        return files;
    }
}
