package io.lynkr.testing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server of its own, on a free port, that can be killed and started again. */
public final class PostgresServer implements AutoCloseable {
    private static final Path DEBIANS = Path.of("/usr/lib/postgresql");

    private final Path folder;
    private final Path programs = programs();
    private final int port = freePort();
    private final AtomicInteger databases = new AtomicInteger();

    /**
     * Starts it.
     *
     * @param folder for its files
     */
    public PostgresServer(Path folder) {
        this.folder = folder.resolve("postgres");
        try {
            Files.createDirectory(this.folder);
            // It refuses to run as root; "nobody" then owns the folder and must reach it.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            if (isRoot()) {
                run("chown", "nobody", this.folder.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server("initdb", "-D", data(), "-U", "lynkr", "-A", "trust", "--no-sync", "-E", "UTF8");
        start();
    }

    public void start() {
        server(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p %d -c listen_addresses=127.0.0.1 -k %s -c max_connections=50"
                        .formatted(port, folder),
                "start");
    }

    /** As if the power went. */
    public void kill() {
        server("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    }

    /** An empty database. */
    public String newDatabase() {
        var name = "db" + databases.incrementAndGet();
        server(
                "psql",
                "-h",
                "127.0.0.1",
                "-p",
                "" + port,
                "-U",
                "lynkr",
                "-d",
                "postgres",
                "-c",
                "CREATE DATABASE " + name);
        return "postgresql://lynkr@127.0.0.1:%d/%s".formatted(port, name);
    }

    /** Runs a command of SQL. */
    public String sql(String database, String sql) {
        return server("psql", "-At", "-d", database, "-c", sql);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private String server(String program, String... arguments) {
        var words = new ArrayList<String>();
        if (isRoot()) {
            words.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        words.add(programs.resolve(program).toString());
        words.addAll(Arrays.asList(arguments));
        return run(words.toArray(String[]::new));
    }

    private String run(String... words) {
        try {
            var out = Files.createTempFile("postgres", ".txt");
            // Not a pipe: the server that pg_ctl leaves behind would keep it open.
            var process =
                    new ProcessBuilder(words)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            int exitCode = process.waitFor();
            var said = Files.readString(out, UTF_8);
            Files.delete(out);
            assertThat(exitCode).as(String.join(" ", words) + "\n" + said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Debian's, of the newest version that is installed. */
    private static Path programs() {
        try (var versions = Files.newDirectoryStream(DEBIANS)) {
            var found = new ArrayList<Path>();
            versions.forEach(found::add);
            return found.stream().sorted().toList().getLast().resolve("bin");
        } catch (IOException e) {
            throw new AssertionError("PostgreSQL is missing: apt-get install postgresql", e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
