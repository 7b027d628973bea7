package io.lynkr.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class ChildEnvironmentTest {
    private static final Map<String, String> GATEWAY =
            Map.of("PATH", "/usr/bin", "LANG", "de_DE.UTF-8", "DATABRICKS_API_KEY", "dapi-secret");

    @Test
    void passesOnWhatIsNamed() {
        var environment = ChildEnvironment.of(GATEWAY, ChildEnvironment.USUAL_NAMES);

        assertThat(environment.variables())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("PATH", "/usr/bin", "LANG", "de_DE.UTF-8"));
    }

    @Test
    void hasAPathInAnyCase() {
        assertThat(ChildEnvironment.of(Map.of(), List.of()).variables()).containsOnlyKeys("PATH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LD_PRELOAD", "ld_preload", "LD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "PATH",
                        "BASH_ENV",
                "ENV", "PYTHONSTARTUP", "PYTHONPATH", "NODE_OPTIONS", "GIT_SSH_COMMAND", "GIT_DIR",
                "JAVA_TOOL_OPTIONS", "PERL5OPT", "RUBYOPT", "PROMPT_COMMAND", "BASH_FUNC_ls%%",
                        "SHELLOPTS",
                "A B", "A=B", "", "1A", "A\0B"
            })
    void takesNoVariableFromTheModelThatLoadsCode(String name) {
        var environment =
                ChildEnvironment.of(GATEWAY, List.of("PATH")).withAsked(Map.of(name, "x"));

        assertThat(environment.variables()).isEqualTo(Map.of("PATH", "/usr/bin"));
    }

    @Test
    void takesOthers() {
        var environment = ChildEnvironment.of(GATEWAY, List.of()).withAsked(Map.of("CI", "true"));

        assertThat(environment.variables()).containsEntry("CI", "true");
    }
}
