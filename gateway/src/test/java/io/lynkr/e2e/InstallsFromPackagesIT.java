package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.testing.Json;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What {@code ./dev package} makes, each installed where nothing else is: the demo answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstallsFromPackagesIT {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PACKAGES = CHECKOUT.resolve("target/package");
    private static final int PATIENCE_MINUTES = 8;

    @BeforeAll
    void build() throws IOException, InterruptedException {
        run(CHECKOUT, "deploy/package/build");
    }

    @Test
    void theArchiveNeedsNothingButItsFolder(@TempDir Path empty)
            throws IOException, InterruptedException {
        run(empty, "tar", "-xzf", only(PACKAGES, ".tar.gz").toString());

        var program = only(empty, "").resolve("bin/lynkr");

        assertThat(version(program.toString())).startsWith("lynkr ");
        answers(empty, program.toString(), "demo");
    }

    @Test
    void theArchiveUsesItsCacheWhereverItLies(@TempDir Path empty)
            throws IOException, InterruptedException {
        run(empty, "tar", "-xzf", only(PACKAGES, ".tar.gz").toString());
        var home = only(empty, "");

        // With this option a cache that does not fit is an error.
        var said =
                run(
                        empty,
                        "env",
                        "LYNKR_JAVA_OPTS=-XX:AOTMode=on",
                        home.resolve("bin/lynkr").toString(),
                        "--version");

        assertThat(said).startsWith("lynkr ");
    }

    @Test
    void theDebianPackageRunsInABareDebian(@TempDir Path empty)
            throws IOException, InterruptedException {
        var root = empty.resolve("root").toString();
        run(empty, "mmdebstrap", "--quiet", "--variant=apt", "bookworm", root);

        run(empty, "dpkg", "--root=" + root, "-i", only(PACKAGES, ".deb").toString());

        answers(
                empty,
                "bwrap",
                "--bind",
                root,
                "/",
                "--proc",
                "/proc",
                "--dev",
                "/dev",
                "--tmpfs",
                "/tmp",
                "--chdir",
                "/tmp",
                "--die-with-parent",
                "/usr/bin/lynkr",
                "demo");
        run(empty, "dpkg", "--root=" + root, "--purge", "lynkr");
        assertThat(Path.of(root, "usr/lib/lynkr")).doesNotExist();
        run(empty, "rm", "-rf", root); // its links would puzzle whoever removes the folder
    }

    @Test
    void npmBringsThePackageOfThisPlatform(@TempDir Path empty)
            throws IOException, InterruptedException {
        var thin = only(PACKAGES.resolve("npm"), "lynkr-0", ".tgz");
        var full = only(PACKAGES.resolve("npm"), "lynkr-linux", ".tgz");

        run(
                empty,
                "npm",
                "install",
                "--silent",
                "--offline",
                "--omit=optional",
                "--no-save",
                "--prefix",
                empty.toString(),
                full.toString(),
                thin.toString());

        var program = empty.resolve("node_modules/.bin/lynkr").toString();
        assertThat(run(empty, "env", "LYNKR_JAVA_OPTS=-XX:AOTMode=on", program, "--version"))
                .startsWith("lynkr ");
        answers(empty, program, "demo");
    }

    private static String version(String program) throws IOException, InterruptedException {
        return run(CHECKOUT, program, "--version");
    }

    /** Starts a gateway, asks it, and ends it as a supervisor would. */
    private static void answers(Path folder, String... words)
            throws IOException, InterruptedException {
        var builder = bare(folder, words).redirectError(folder.resolve("stderr.txt").toFile());
        builder.environment().put("PORT", "0");
        builder.environment().put("SESSION_DB_PATH", ":memory:");
        var process = builder.start();
        try (var out = process.inputReader(UTF_8)) {
            var reply = ask(address(out, folder));

            assertThat(Json.parse(reply).text("type")).isEqualTo("message");
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ended").isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static URI address(BufferedReader out, Path folder) throws IOException {
        while (true) {
            var line = out.readLine();
            assertThat(line)
                    .as("it ended: %s", Files.readString(folder.resolve("stderr.txt")))
                    .isNotNull();
            var json = Json.parse(line);
            if (json.text("message").equals("the gateway listens")) {
                return URI.create(json.text("address"));
            }
        }
    }

    private static String ask(URI gateway) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(gateway.resolve("/v1/messages"))
                            .timeout(Duration.ofSeconds(60))
                            .header("content-type", "application/json")
                            .POST(BodyPublishers.ofString(TestGateway.asking("hello", false)))
                            .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    /** What it printed. */
    private static String run(Path folder, String... words)
            throws IOException, InterruptedException {
        var process = bare(folder, words).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    /** Of the surroundings only where programs are; in particular no JAVA_HOME. */
    private static ProcessBuilder bare(Path folder, String... words) {
        var builder = new ProcessBuilder(words).directory(folder.toFile());
        var path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        // Maven's repository is at home, when something has to be built; the packages see none.
        builder.environment()
                .put(
                        "HOME",
                        folder.equals(CHECKOUT)
                                ? System.getProperty("user.home")
                                : folder.toString());
        return builder;
    }

    private static Path only(Path folder, String end) throws IOException {
        return only(folder, "", end);
    }

    private static Path only(Path folder, String begin, String end) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (name.startsWith(begin) && name.endsWith(end)) {
                    found.add(file);
                }
            }
        }
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
