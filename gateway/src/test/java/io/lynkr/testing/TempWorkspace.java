package io.lynkr.testing;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A folder of its own with a real git repository and a first commit in it, gone when closed. */
public final class TempWorkspace implements AutoCloseable {
    private static final byte[] RED_DOT =
            Base64.getDecoder()
                    .decode(
                            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Dw"
                                    + "HwAFBQIAX8jx0gAAAABJRU5ErkJggg==");

    private final Path path;

    private TempWorkspace(Path path) {
        this.path = path;
    }

    /** With a readme, a Java file and a picture, committed on branch main. */
    public static TempWorkspace create() {
        var workspace = empty();
        workspace.write("README.md", "# A workspace for tests\n");
        workspace.write(
                "src/Greeter.java",
                """
                class Greeter {
                    String greet(String name) {
                        return "Hello " + name;
                    }
                }
                """);
        workspace.writeBytes("red.png", RED_DOT);
        workspace.git("add", "--all");
        workspace.git("commit", "--quiet", "--message", "Start");
        return workspace;
    }

    /** A repository without any file or commit. */
    public static TempWorkspace empty() {
        try {
            var path = Files.createTempDirectory("lynkr-workspace-").toRealPath();
            var workspace = new TempWorkspace(path);
            workspace.git("init", "--quiet", "--initial-branch=main");
            workspace.git("config", "user.name", "Test");
            workspace.git("config", "user.email", "test@workspace.example");
            workspace.git("config", "commit.gpgsign", "false");
            return workspace;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Absolute, without links in it. */
    public Path path() {
        return path;
    }

    public Path path(String relative) {
        return path.resolve(relative);
    }

    public boolean exists(String relative) {
        return Files.exists(path(relative));
    }

    public String read(String relative) {
        try {
            return Files.readString(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path write(String relative, String text) {
        return writeBytes(relative, text.getBytes(StandardCharsets.UTF_8));
    }

    public Path writeBytes(String relative, byte[] bytes) {
        try {
            var file = path(relative);
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What git prints, without the line end; a failure tells what git said. */
    public String git(String... arguments) {
        var command = new ArrayList<>(List.of("git", "-C", path.toString()));
        command.addAll(List.of(arguments));
        var run = Command.of(command).environment("LC_ALL", "C").environment(GIT_ALONE).run();
        if (run.exitCode() != 0) {
            throw new AssertionError(
                    command + " ended with " + run.exitCode() + ": " + run.stderr());
        }
        return run.stdout().stripTrailing();
    }

    /** No settings from outside, no questions. */
    private static final Map<String, String> GIT_ALONE =
            Map.of(
                    "GIT_CONFIG_GLOBAL", "/dev/null",
                    "GIT_CONFIG_NOSYSTEM", "1",
                    "GIT_TERMINAL_PROMPT", "0");

    @Override
    public void close() {
        delete(path);
    }

    /** With everything in it; what a program that is just ending takes away itself is no error. */
    public static void delete(Path folder) {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.deleteIfExists(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path visited, @Nullable IOException e) throws IOException {
                            Files.deleteIfExists(visited);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
