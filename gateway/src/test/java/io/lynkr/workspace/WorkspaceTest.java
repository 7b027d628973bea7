package io.lynkr.workspace;

import static io.lynkr.workspace.WorkspaceException.Reason.BAD_PATH;
import static io.lynkr.workspace.WorkspaceException.Reason.BINARY;
import static io.lynkr.workspace.WorkspaceException.Reason.CASE;
import static io.lynkr.workspace.WorkspaceException.Reason.CHANGED;
import static io.lynkr.workspace.WorkspaceException.Reason.FAILED;
import static io.lynkr.workspace.WorkspaceException.Reason.LINK;
import static io.lynkr.workspace.WorkspaceException.Reason.MISSING;
import static io.lynkr.workspace.WorkspaceException.Reason.PROTECTED;
import static io.lynkr.workspace.WorkspaceException.Reason.TOO_LARGE;
import static io.lynkr.workspace.WorkspaceException.Reason.WRONG_KIND;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.testing.TempWorkspace;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

class WorkspaceTest {
    private static final PathGuard NO_GUARD = (access, path) -> Optional.empty();

    private final TempWorkspace files = TempWorkspace.create();
    private final AtomicInteger swaps = new AtomicInteger();
    @TempDir private Path outside;
    private Workspace workspace;

    @BeforeEach
    void open() throws WorkspaceException, IOException {
        workspace =
                Workspace.open(
                        files.path(),
                        new WorkspaceLimits(1000, 50, Duration.ofSeconds(10)),
                        NO_GUARD);
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createDirectories(Path.of(files.path() + "-evil"));
        Files.writeString(Path.of(files.path() + "-evil", "secret"), "secret");
    }

    @AfterEach
    void close() throws IOException {
        workspace.close();
        files.close();
        Files.delete(Path.of(files.path() + "-evil", "secret"));
        Files.delete(Path.of(files.path() + "-evil"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "./README.md",
                "src/../README.md",
                "src/./../README.md",
                "//README.md//..//README.md",
                "{root}/README.md"
            })
    void readsFilesByEveryPathThatStaysInside(String path) throws WorkspaceException {
        var given = path.startsWith("//") ? path.substring(2) : path;

        var bytes =
                workspace.read(workspace.path(given.replace("{root}", files.path().toString())));

        assertThat(new String(bytes, UTF_8)).startsWith("# A workspace");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    ""                      | BAD_PATH
                    "  "                    | BAD_PATH
                    ..                      | OUTSIDE
                    ../x                    | OUTSIDE
                    src/../../x             | OUTSIDE
                    src/../..               | OUTSIDE
                    /                       | OUTSIDE
                    /etc/passwd             | OUTSIDE
                    /proc/self/root/etc     | OUTSIDE
                    /proc/self/cwd/x        | OUTSIDE
                    {root}-evil/secret      | OUTSIDE
                    {root}/../x             | OUTSIDE
                    {root}/src/../../x      | OUTSIDE
                    ../{name}-evil/secret   | OUTSIDE
                    ~/x                     | BAD_PATH
                    ~root/x                 | BAD_PATH
                    src\\..\\..\\x          | BAD_PATH
                    C:\\x                   | BAD_PATH
                    """)
    void refusesPathsThatLeadOut(String path, WorkspaceException.Reason reason) {
        var given =
                path.replace("{root}", files.path().toString())
                        .replace("{name}", files.path().getFileName().toString());

        refused(reason, () -> workspace.path(given));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "README.md\0.png", "a\nb", "a\u001Bb", "a\u007Fb", "a\uD800b"})
    void refusesStrangeCharacters(String path) {
        refused(BAD_PATH, () -> workspace.path(path));
    }

    @Test
    void refusesOverlongPaths() {
        refused(BAD_PATH, () -> workspace.path("a/".repeat(3000)));
        refused(BAD_PATH, () -> workspace.path("a".repeat(256)));
    }

    @ParameterizedTest
    @CsvSource({
        "out, {outside}, out/secret",
        "file, {outside}/secret, file",
        "up, ../.., up/etc/passwd",
        "root, /, root/etc/passwd",
        "proc, /proc/self/root, proc/etc/passwd",
        "cwd, /proc/self/cwd, cwd/pom.xml",
        "fd, /dev/fd/0, fd",
        "sibling, {root}-evil, sibling/secret",
        "first, second, first",
        "self, self, self",
    })
    void followsNoLinkThatLeadsOutOrNowhere(String link, String target, String path)
            throws Exception {
        link("second", outside.resolve("secret").toString());
        link(
                link,
                target.replace("{outside}", outside.toString())
                        .replace("{root}", files.path().toString()));

        refused(LINK, () -> workspace.read(workspace.path(path)));
        refused(LINK, () -> workspace.write(workspace.path(path), new byte[] {1}));
        assertThat(outside.resolve("secret")).hasContent("secret");
    }

    @Test
    void followsLinksInsideForReadingOnly() throws Exception {
        link("inner", "src");
        link("absolute", files.path("README.md").toString());

        assertThat(workspace.read(workspace.path("inner/Greeter.java"))).isNotEmpty();
        assertThat(workspace.read(workspace.path("absolute"))).isNotEmpty();
        assertThat(workspace.resolve(workspace.path("inner/Greeter.java")))
                .hasToString("src/Greeter.java");
        refused(LINK, () -> workspace.write(workspace.path("inner/New.java"), new byte[0]));
        refused(LINK, () -> workspace.write(workspace.path("absolute"), new byte[0]));
        refused(LINK, () -> workspace.delete(workspace.path("absolute"), new byte[0]));
    }

    @Test
    void opensNeitherPipesNorDevicesNorSockets() throws Exception {
        run("mkfifo", files.path("pipe").toString());

        refused(WRONG_KIND, () -> workspace.read(workspace.path("pipe")));
        refused(WRONG_KIND, () -> workspace.write(workspace.path("pipe"), new byte[0]));
        refused(WRONG_KIND, () -> workspace.read(workspace.path("src")));
        refused(WRONG_KIND, () -> workspace.write(workspace.path("src"), new byte[0]));
        refused(WRONG_KIND, () -> workspace.read(workspace.path("README.md/x")));
        refused(WRONG_KIND, () -> workspace.write(workspace.path("README.md/x"), new byte[0]));
        refused(MISSING, () -> workspace.read(workspace.path("nothing/here")));
        refused(
                WRONG_KIND,
                () ->
                        Workspace.open(Path.of("/proc/self"), WorkspaceLimits.USUAL, NO_GUARD)
                                .close());
        refused(
                FAILED,
                () ->
                        Workspace.open(outside.resolve("none"), WorkspaceLimits.USUAL, NO_GUARD)
                                .close());
    }

    /** Somebody swaps a folder for a link while files in it are read and written. */
    @Test
    void winsTheRaceAgainstSwappedFolders() throws Exception {
        files.write("swap/secret", "inside");
        var path = workspace.path("swap/secret");
        var running = new AtomicBoolean(true);
        var swapper =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (running.get()) {
                                        swap();
                                    }
                                });

        for (int i = 0; i < 2000; i++) {
            try {
                assertThat(new String(workspace.read(path), UTF_8)).isIn("inside", "written");
                workspace.write(path, "written".getBytes(UTF_8));
            } catch (WorkspaceException refused) {
                assertThat(refused.reason()).isIn(LINK, MISSING, FAILED, CHANGED);
            }
        }
        running.set(false);
        swapper.join();

        assertThat(swaps).hasPositiveValue();
        assertThat(outside.resolve("secret")).hasContent("secret");
        try (var names = Files.list(outside)) {
            assertThat(names).hasSize(1);
        }
    }

    private void swap() {
        try {
            Files.move(files.path("swap"), files.path("aside"));
            Files.createSymbolicLink(files.path("swap"), outside);
            Files.delete(files.path("swap"));
            Files.move(files.path("aside"), files.path("swap"));
            swaps.incrementAndGet();
        } catch (IOException writerMadeAFolder) {
            takeBack();
        }
    }

    /**
     * The writer makes missing folders; the one it made gives way to the one that was put aside.
     */
    private void takeBack() {
        try {
            if (Files.isDirectory(files.path("aside"))) {
                Files.deleteIfExists(files.path("aside/secret"));
                Files.deleteIfExists(files.path("aside"));
            }
        } catch (IOException writerIsBusy) {
            // the next swap comes here again
        }
    }

    @Test
    void writesWholeFilesAndKeepsPermissions() throws Exception {
        Files.setPosixFilePermissions(
                files.write("run.sh", "old"), PosixFilePermissions.fromString("rwxr-x--x"));

        workspace.write(workspace.path("run.sh"), "new".getBytes(UTF_8));
        workspace.write(workspace.path("a/b/c.txt"), "deep".getBytes(UTF_8));

        assertThat(files.read("run.sh")).isEqualTo("new");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(files.path("run.sh"))))
                .isEqualTo("rwxr-x--x");
        assertThat(files.read("a/b/c.txt")).isEqualTo("deep");
        assertThat(files.git("status", "--short", "--untracked-files=all"))
                .isEqualTo("?? a/b/c.txt\n?? run.sh");
    }

    @Test
    void leavesTheOldFileWhenTheNewOneIsRefused() throws Exception {
        refused(TOO_LARGE, () -> workspace.write(workspace.path("README.md"), new byte[1001]));
        refused(
                CHANGED,
                () -> workspace.replace(workspace.path("README.md"), new byte[1], new byte[2]));
        refused(CHANGED, () -> workspace.delete(workspace.path("README.md"), new byte[1]));

        assertThat(files.read("README.md")).startsWith("# A workspace");
    }

    @Test
    void replacesAndDeletesWhatIsAsExpected() throws Exception {
        var path = workspace.path("README.md");

        workspace.replace(path, workspace.read(path), "two".getBytes(UTF_8));
        assertThat(files.read("README.md")).isEqualTo("two");
        workspace.delete(path, "two".getBytes(UTF_8));

        assertThat(workspace.find(path)).isEmpty();
    }

    @Test
    void refusesNamesThatDifferByCaseOnly() {
        refused(CASE, () -> workspace.write(workspace.path("readme.MD"), new byte[0]));
        refused(CASE, () -> workspace.write(workspace.path("SRC/x"), new byte[0]));
    }

    @Test
    void asksTheGuardAboutWhatIsReallyReached() throws Exception {
        link("innocent", "src/Greeter.java");
        PathGuard guard =
                (access, path) ->
                        path.name().equals("Greeter.java")
                                ? Optional.of("not this one")
                                : Optional.empty();
        try (var guarded = Workspace.open(files.path(), WorkspaceLimits.USUAL, guard)) {
            refused(PROTECTED, () -> guarded.read(guarded.path("innocent")));
            refused(PROTECTED, () -> guarded.write(guarded.path("src/Greeter.java"), new byte[0]));
            refused(PROTECTED, () -> guarded.delete(guarded.path("src/Greeter.java"), new byte[0]));
        }
    }

    @Test
    void refusesWhatIsTooLargeOrNotText() {
        files.writeBytes("large", new byte[1001]);

        refused(TOO_LARGE, () -> workspace.read(workspace.path("large")));
        refused(BINARY, () -> workspace.readText(workspace.path("red.png")));
    }

    @Test
    void keepsLineEndsMarksAndCharsets() throws Exception {
        files.writeBytes("windows.txt", "\uFEFFa\r\nb\r\n".getBytes(UTF_8));
        files.writeBytes("latin.txt", new byte[] {'a', (byte) 0xE9, '\n'});
        files.write("mixed.txt", "a\r\nb\n");

        for (var name : List.of("windows.txt", "latin.txt", "mixed.txt")) {
            var path = workspace.path(name);
            var text = workspace.readText(path);
            assertThat(text.encode(text.text())).isEqualTo(workspace.read(path));
        }
        var windows = workspace.readText(workspace.path("windows.txt"));
        assertThat(windows.text()).isEqualTo("a\nb\n");
        assertThat(windows.encode("c\nd\r\n")).isEqualTo("\uFEFFc\r\nd\r\n".getBytes(UTF_8));
    }

    @Test
    void listsWhatGitDoesNotIgnore() throws Exception {
        files.write(".gitignore", "target/\n*.log\n!keep.log\n/only-here\nsub/**/deep\nname\\ \n");
        files.write(".git/info/exclude", "excluded\n");
        files.write("src/.gitignore", "*\n!.gitignore\n!Greeter.java\n");
        for (var name :
                List.of(
                        "target/a",
                        "a.log",
                        "keep.log",
                        "only-here",
                        "sub/only-here",
                        "sub/x/y/deep",
                        "sub/deep",
                        "excluded",
                        "src/Other.java",
                        "src/target/x",
                        "name ",
                        "umlaut ä \"q\"")) {
            files.write(name, "x");
        }
        link("loop", ".");

        var listing = workspace.list(WorkspacePath.ROOT, Listing.Request.ALL);

        var shown =
                listing.entries().stream()
                        .filter(entry -> entry.kind() != FileEntry.Kind.FOLDER)
                        .map(entry -> entry.path().toString())
                        .sorted()
                        .toList();
        var gits =
                List.of(
                        files.git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
                                .split("\0", -1));
        assertThat(shown)
                .containsExactlyElementsOf(
                        gits.stream().filter(n -> !n.isEmpty()).sorted().toList());
        assertThat(listing.cut()).isFalse();
    }

    @Test
    void listsAsDeepAndAsLongAsAskedFor() throws Exception {
        for (int i = 0; i < 60; i++) {
            files.write("many/" + i, "x");
        }

        var shallow = workspace.list(WorkspacePath.ROOT, new Listing.Request(1, 100, true));
        var full = workspace.list(workspace.path("many"), Listing.Request.ALL);

        assertThat(shallow.entries())
                .extracting(entry -> entry.path().toString())
                .containsExactly(".git", "README.md", "many", "red.png", "src");
        assertThat(full.entries()).hasSize(50);
        assertThat(full.cut()).isTrue();
    }

    private void link(String name, String target) throws IOException {
        if (!Files.exists(files.path(name), LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(files.path(name), Path.of(target));
        }
    }

    private static void refused(WorkspaceException.Reason reason, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        WorkspaceException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static void run(String... words) throws Exception {
        try (var runner = new ProcessRunner()) {
            var spec =
                    ProcessSpec.of(List.of(words), Path.of("/"), Map.of("PATH", "/usr/bin:/bin"));
            assertThat(runner.run(spec, OutputListener.NONE).succeeded()).isTrue();
        }
    }
}
