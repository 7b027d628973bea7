package io.lynkr.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ControlGroupTest {
    @TempDir Path machine;

    @Test
    void readsAContainersOwnGroup() throws IOException {
        group("", "memory.max", "1000", "memory.current", "800");
        memoryStat("", "anon 1\ninactive_file 300\nactive_file 2\n");

        var group = find("0::/\n");

        assertThat(group.used()).hasValue(0.5);
    }

    @Test
    void readsTheOlderVersion() throws IOException {
        group("memory/docker/x", "memory.limit_in_bytes", "1000", "memory.usage_in_bytes", "600");
        memoryStat("memory/docker/x", "inactive_file 9\ntotal_inactive_file 100\n");

        var group = find("9:cpuset:/\n4:memory:/docker/x\n0::/\n");

        assertThat(group.used()).hasValue(0.5);
    }

    @Test
    void takesTheNearestGroupThatHasALimit() throws IOException {
        group("pod", "memory.max", "1000", "memory.current", "250");
        group("pod/container", "memory.max", "max", "memory.current", "100");

        var group = find("0::/pod/container/inner\n");

        assertThat(group.used()).hasValue(0.25);
    }

    @Test
    void findsTheMountWhereTheOutersPathIsNotVisible() throws IOException {
        group("memory", "memory.limit_in_bytes", "1000", "memory.usage_in_bytes", "700");

        var group = find("4:memory:/kubepods/pod1/c1\n");

        assertThat(group.used()).hasValue(0.7);
    }

    @Test
    void aLimitBeyondAllMachinesIsNone() throws IOException {
        group(
                "memory",
                "memory.limit_in_bytes",
                "9223372036854771712",
                "memory.usage_in_bytes",
                "700");

        assertThat(ControlGroup.ofProcess(membership("4:memory:/\n"), machine)).isEmpty();
    }

    @Test
    void knowsOfNoLimitWhereThereIsNone() throws IOException {
        group("", "memory.max", "max", "memory.current", "100");

        assertThat(ControlGroup.ofProcess(membership("0::/\n"), machine)).isEmpty();
    }

    @Test
    void knowsNothingOnOtherSystems() {
        assertThat(ControlGroup.ofProcess(machine.resolve("nowhere"), machine)).isEmpty();
    }

    @Test
    void saysNothingWhenTheGroupGoesAway() throws IOException {
        group("", "memory.max", "1000", "memory.current", "100");
        var group = find("0::/\n");

        Files.delete(machine.resolve("memory.current"));

        assertThat(group.used()).isEmpty();
    }

    @Test
    void staysBelowTheMount() throws IOException {
        Files.writeString(machine.resolve("memory.max"), "1");
        Files.createDirectories(machine.resolve("mount"));

        assertThat(ControlGroup.ofProcess(membership("0::/../..\n"), machine.resolve("mount")))
                .isEmpty();
    }

    private ControlGroup find(String memberships) throws IOException {
        return ControlGroup.ofProcess(membership(memberships), machine).orElseThrow();
    }

    private Path membership(String lines) throws IOException {
        return Files.writeString(machine.resolve("self"), lines);
    }

    private void group(String name, String... filesAndContents) throws IOException {
        var folder = Files.createDirectories(machine.resolve(name));
        for (int i = 0; i < filesAndContents.length; i += 2) {
            Files.writeString(folder.resolve(filesAndContents[i]), filesAndContents[i + 1] + "\n");
        }
    }

    private void memoryStat(String name, String lines) throws IOException {
        Files.writeString(machine.resolve(name).resolve("memory.stat"), lines);
    }
}
