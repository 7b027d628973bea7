package io.lynkr.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;

class TempWorkspaceTest {

    @Test
    void isARealRepositoryThatIsGoneAfterwards() {
        var workspace = TempWorkspace.create();
        try (workspace) {
            assertThat(workspace.git("log", "--format=%s")).isEqualTo("Start");
            assertThat(workspace.git("branch", "--show-current")).isEqualTo("main");

            workspace.write("a/b.txt", "new");

            assertThat(workspace.git("status", "--porcelain")).isEqualTo("?? a/");
            assertThat(workspace.read("a/b.txt")).isEqualTo("new");
        }
        assertThat(Files.exists(workspace.path())).isFalse();
    }

    @Test
    void tellsWhatGitSaid() {
        try (var workspace = TempWorkspace.empty()) {
            assertThatThrownBy(() -> workspace.git("log"))
                    .hasMessageContaining("does not have any commits yet");
        }
    }
}
