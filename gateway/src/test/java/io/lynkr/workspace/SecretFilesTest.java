package io.lynkr.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class SecretFilesTest {
    @TempDir private Path workspace;
    @TempDir private Path outside;

    @Test
    void findsSecretsAtAnyDepthAndKeysAtTheRoot() throws IOException {
        write(".env", "server.pem", "services/api/.env.local", "a/b/c/id_rsa", "a/.netrc");
        write("README.md", ".env.example", "tests/fixtures/server.pem", "a/environment");

        assertThat(SecretFiles.in(workspace).stream().map(this::name))
                .containsExactlyInAnyOrder(
                        ".env",
                        "server.pem",
                        "services/api/.env.local",
                        "a/b/c/id_rsa",
                        "a/.netrc");
    }

    @Test
    void doesNotEnterWhatProgramsBroughtOrFollowLinks() throws IOException {
        write("node_modules/x/.env", ".git/.env");
        Files.writeString(outside.resolve(".env"), "SECRET=1");
        Files.createSymbolicLink(workspace.resolve("link"), outside);
        Files.createSymbolicLink(workspace.resolve(".env"), outside.resolve(".env"));

        assertThat(SecretFiles.in(workspace)).isEmpty();
    }

    @Test
    void aWorkspaceMayHaveTheNameOfSuchAFolder() throws IOException {
        var build = Files.createDirectory(workspace.resolve("build"));
        Files.writeString(build.resolve(".env"), "SECRET=1");

        assertThat(SecretFiles.in(build)).hasSize(1);
    }

    private String name(Path file) {
        return workspace.relativize(file).toString();
    }

    private void write(String... names) throws IOException {
        for (var name : names) {
            var file = workspace.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "SECRET=1");
        }
    }
}
