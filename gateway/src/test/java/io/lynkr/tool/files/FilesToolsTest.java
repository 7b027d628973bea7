package io.lynkr.tool.files;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.ToolTrial;
import io.lynkr.tool.Tool;
import io.lynkr.workspace.ChildEnvironment;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.Workspace;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class FilesToolsTest {
    private static final String ALONE = "";
    private static final String WITH_RIPGREP = "/usr/local/bin:/usr/bin:/bin";

    private final ProcessRunner processes = new ProcessRunner();
    private final List<String> recorded = new ArrayList<>();
    private ToolTrial trial;

    @BeforeEach
    void open() {
        trial =
                ToolTrial.of(
                        workspace -> tools(workspace, ALONE),
                        "POLICY_FILE_BLOCKED_PATHS",
                        "private");
    }

    private List<Tool> tools(Workspace workspace, String path) {
        return List.of(
                new FsRead(workspace),
                new FsWrite(
                        workspace,
                        (session, tool, file, before, after) -> {
                            recorded.add(tool + " " + file + " " + before.isPresent());
                            return recorded.size();
                        }),
                new WorkspaceList(workspace),
                WorkspaceSearch.in(
                        workspace, processes, new ChildEnvironment(Map.of("PATH", path))));
    }

    @AfterEach
    void close() {
        trial.close();
        processes.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    fs_read  | {}                                          | invalid_arguments: fs_read: 'path' is missing
                    fs_read  | {"path":"README.md","lines":3}              | 'lines' is no parameter of this tool
                    fs_read  | {"path":"README.md","offset":"x"}           | 'offset' must be a whole number
                    fs_read  | {"path":"README.md","limit":0}              | 'limit' must be from 1
                    fs_read  | {"path":"README.md","file":"a"}             | given twice
                    fs_read  | {"path":"README.md","encoding":"latin1"}    | must be one of utf8
                    fs_read  | {"path":""}                                 | the path is empty
                    fs_read  | {"path":"nothing.txt"}                      | not_found: there is no 'nothing.txt'
                    fs_read  | {"path":"no/such/folder.txt"}               | not_found:
                    fs_read  | {"path":"src"}                              | is a folder, not a file
                    fs_read  | {"path":"../outside"}                       | is outside the workspace
                    fs_read  | {"path":"/etc/passwd"}                      | is outside the workspace
                    fs_read  | {"path":"src/../../x"}                      | is outside the workspace
                    fs_read  | {"path":"~/.ssh/id_rsa"}                    | no meaning here
                    fs_read  | {"path":"a\\u0000b"}                        | control character
                    fs_read  | {"path":"leads-out"}                        | leads out of the workspace
                    fs_read  | {"path":"folder-out/passwd"}                | leads out of the workspace
                    fs_read  | {"path":"in-circles"}                       | too many links
                    fs_read  | {"path":".env"}                             | denied_by_policy: '.env' usually holds secrets
                    fs_read  | {"path":"link-to-env"}                      | denied_by_policy: '.env' usually holds secrets
                    fs_read  | {"path":"private/notes.txt"}                | POLICY_FILE_BLOCKED_PATHS
                    fs_read  | {"path":"a.bin"}                            | is a binary file
                    fs_read  | {"path":"README.md","offset":99}            | has 1 lines, so none is at offset 99
                    fs_read  | {"path":"huge.txt"}                         | too_large:
                    fs_write | {"content":"x"}                             | 'path' is missing
                    fs_write | {"path":"a.txt","content":7}                | 'content' must be a text
                    fs_write | {"path":"a.txt","content":"\\ud800"}        | not well-formed Unicode
                    fs_write | {"path":"README.md"}                        | 'content' is missing
                    fs_write | {"path":"../a","content":"x"}               | is outside the workspace
                    fs_write | {"path":"/tmp/a","content":"x"}             | is outside the workspace
                    fs_write | {"path":"src","content":"x"}                | is a folder
                    fs_write | {"path":".","content":"x"}                  | is a folder
                    fs_write | {"path":"README.md/a","content":"x"}        | is not a folder
                    fs_write | {"path":"leads-out","content":"x"}          | leads out of the workspace
                    fs_write | {"path":"folder-out/a","content":"x"}       | leads out of the workspace
                    fs_write | {"path":"link-to-readme","content":"x"}     | is a link
                    fs_write | {"path":".git/hooks/post-commit","content":"x"} | denied_by_policy: '.git/hooks/post-commit' is never written
                    fs_write | {"path":".GIT/config","content":"x"}        | denied_by_policy
                    fs_write | {"path":".env","content":"x"}               | denied_by_policy
                    fs_write | {"path":"readme.MD","content":"x"}          | conflict: there is already 'README.md'
                    fs_write | {"path":"new/a","content":"x","create_parents":false} | there is no folder 'new'
                    fs_write | {"path":"huge.txt","content":"x"}           | too_large:
                    workspace_list | {"path":"nothing"}                    | not_found:
                    workspace_list | {"path":".."}                         | is outside the workspace
                    workspace_list | {"limit":0}                           | 'limit' must be from 1
                    workspace_list | {"patterns":[1]}                      | must be a list of texts
                    workspace_search | {}                                  | 'query' is missing
                    workspace_search | {"query":""}                        | must have from 1
                    workspace_search | {"query":"a\\nb"}                   | single lines
                    workspace_search | {"query":"(","regex":true}          | no good regular expression
                    workspace_search | {"query":"x","path":"../"}          | is outside the workspace
                    workspace_search | {"query":"x","path":"nothing"}      | not_found: there is no 'nothing'
                    workspace_search | {"query":"x","limit":201}           | 'limit' must be from 1 to 200
                    """)
    void refusesBadCallsWithAClearWord(String tool, String input, String expected)
            throws IOException {
        addStrangeThings();
        var before = trial.files().git("status", "--porcelain", "--ignored");

        var result = trial.call(tool, input);

        assertThat(ToolTrial.error(result)).contains(expected);
        assertThat(trial.files().git("status", "--porcelain", "--ignored")).isEqualTo(before);
        assertThat(recorded).isEmpty();
    }

    private void addStrangeThings() throws IOException {
        var files = trial.files();
        Files.createSymbolicLink(files.path("leads-out"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(files.path("folder-out"), Path.of("/etc"));
        Files.createSymbolicLink(files.path("in-circles"), Path.of("in-circles"));
        Files.createSymbolicLink(files.path("link-to-env"), Path.of(".env"));
        Files.createSymbolicLink(files.path("link-to-readme"), Path.of("README.md"));
        files.write(".env", "SECRET=hunter2\n");
        files.write("private/notes.txt", "hunter2\n");
        files.writeBytes("a.bin", new byte[] {1, 0, 2});
        files.writeBytes("huge.txt", new byte[(10 << 20) + 1]);
    }

    @Test
    void readsATextAsItIs() {
        trial.files().write("a.txt", "one\ntwo\r\nthree");

        assertThat(trial.text("fs_read", "{\"file\":\"a.txt\"}")).isEqualTo("one\ntwo\r\nthree");
        assertThat(trial.text("fs_read", "{\"path\":\"./src/../a.txt\"}")).startsWith("one");
    }

    @Test
    void readsSomeLines() {
        trial.files().write("a.txt", "one\ntwo\nthree\nfour\n");

        assertThat(trial.text("fs_read", "{\"path\":\"a.txt\",\"offset\":2,\"limit\":\"2\"}"))
                .isEqualTo("two\nthree\n[lines 2 to 3 of 4; go on with offset 4]");
        assertThat(trial.text("fs_read", "{\"path\":\"a.txt\",\"offset\":4,\"line_numbers\":true}"))
                .isEqualTo("     4\tfour\n");
    }

    @Test
    void cutsALongTextAtALineAndSaysHowToGoOn() {
        trial.files().write("a.txt", "0123456789\n".repeat(20_000));

        var first = trial.text("fs_read", "{\"path\":\"a.txt\"}");

        assertThat(first).endsWith("[lines 1 to 8181 of 20000; go on with offset 8182]");
        assertThat(first.lines().limit(8_181)).containsOnly("0123456789");
    }

    @Test
    void cutsALineThatIsTooLong() {
        trial.files().write("a.js", "x".repeat(200_000) + "\nrest\n");

        assertThat(trial.text("fs_read", "{\"path\":\"a.js\"}"))
                .contains("[line 1 has 200,001 characters")
                .hasSizeLessThan(100_000);
        assertThat(trial.text("fs_read", "{\"path\":\"a.js\",\"offset\":2}")).isEqualTo("rest\n");
    }

    @Test
    void neverAnswersWithAnEmptyText() {
        trial.files().write("empty.txt", "");

        assertThat(trial.text("fs_read", "{\"path\":\"empty.txt\"}"))
                .isEqualTo("[empty.txt is empty]");
    }

    @Test
    void showsPictures() {
        var block = trial.call("fs_read", "{\"path\":\"red.png\"}").content().getFirst();

        assertThat(block.type()).isEqualTo("image");
        var source = block.object("source").orElseThrow();
        assertThat(source.string("media_type")).contains("image/png");
        assertThat(source.string("data").orElseThrow()).startsWith("iVBORw0KGgo");
    }

    @Test
    void writesANewFileWithItsFolders() {
        var told = trial.json("fs_write", "{\"file_path\":\"a/b/c.txt\",\"contents\":\"hä\\n\"}");

        assertThat(trial.files().read("a/b/c.txt")).isEqualTo("hä\n");
        assertThat(told.string("path")).contains("a/b/c.txt");
        assertThat(told.integer("bytes")).hasValue(4);
        assertThat(told.string("resolved_path"))
                .contains(trial.files().path("a/b/c.txt").toString());
        assertThat(told.integer("edit_id")).hasValue(1);
        assertThat(recorded).containsExactly("fs_write a/b/c.txt false");
    }

    @Test
    void keepsModeAndLineEndsOfAFile() throws IOException {
        var file = trial.files().write("run.sh", "a\r\nb\r\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));

        trial.text("fs_write", "{\"path\":\"run.sh\",\"content\":\"c\\nd\\n\"}");

        assertThat(trial.files().read("run.sh")).isEqualTo("c\r\nd\r\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void recordsNothingWhereNothingChanges() {
        trial.files().write("a.txt", "same\n");

        var told = trial.json("fs_write", "{\"path\":\"a.txt\",\"content\":\"same\\n\"}");

        assertThat(told.bool("changed")).contains(false);
        assertThat(recorded).isEmpty();
    }

    @Test
    void listsFilesThatGitDoesNotIgnore() {
        trial.files().write(".gitignore", "target/\n*.log\n!keep.log\n");
        trial.files().write("target/out.class", "");
        trial.files().write("a.log", "");
        trial.files().write("keep.log", "");
        trial.files().write(".hidden", "");

        assertThat(paths("{}"))
                .containsExactly("README.md", "keep.log", "red.png", "src/Greeter.java");
        assertThat(paths("{\"include_hidden\":true}")).contains(".gitignore", ".hidden");
        assertThat(paths("{\"include_ignored\":true}")).contains("a.log", "target/out.class");
        assertThat(paths("{\"include_directories\":true}")).contains("src");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"patterns":"*.java"}               | src/Greeter.java
                    {"patterns":["**/*.java"]}          | src/Greeter.java
                    {"patterns":["./*.java"]}           | ''
                    {"patterns":["./*.md"]}             | README.md
                    {"patterns":["*.{md,png}"]}         | README.md,red.png
                    {"patterns":["src/**","*.md"]}      | README.md,src/Greeter.java
                    {"ignore":["src","*.png"]}          | README.md
                    {"ignore":"src/**","path":"src"}    | ''
                    {"path":"src"}                      | src/Greeter.java
                    {"limit":1}                         | README.md
                    {"limit":1,"offset":1}              | red.png
                    """)
    void listsWhatIsAskedFor(String input, String expected) {
        assertThat(String.join(",", paths(input))).isEqualTo(expected);
    }

    @Test
    void saysThatAListIsNotAll() {
        var told = trial.json("workspace_list", "{\"limit\":2,\"with_stats\":true}");

        assertThat(told.isTrue("truncated")).isTrue();
        assertThat(told.integer("total")).hasValue(3);
        var readme = told.objects("entries").getFirst();
        assertThat(readme.string("type")).contains("file");
        assertThat(readme.integer("size")).hasValue(24);
        assertThat(readme.integer("mtimeMs").orElseThrow()).isPositive();
    }

    private List<String> paths(String input) {
        return trial.json("workspace_list", input).objects("entries").stream()
                .map(entry -> entry.string("path").orElseThrow())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {ALONE, WITH_RIPGREP})
    void searchesAlikeWithAndWithoutRipgrep(String path) throws IOException {
        try (var search = ToolTrial.of(workspace -> tools(workspace, path))) {
            fill(search);

            assertThat(search.json("workspace_search", "{\"query\":\"x\"}").string("engine"))
                    .contains(path.equals(ALONE) ? "fallback" : "ripgrep");
            assertThat(matches(search, "{\"query\":\"hello\"}"))
                    .containsExactly(
                            ".hidden:1:1 hello",
                            "keep/b.txt:2:4 ä  hello (world)",
                            "sub/windows.txt:2:1 hello");
            assertThat(matches(search, "{\"query\":\"HELLO\",\"ignore_case\":true}")).hasSize(5);
            assertThat(matches(search, "{\"query\":\"(world)\"}"))
                    .containsExactly("keep/b.txt:2:10 ä  hello (world)");
            assertThat(matches(search, "{\"query\":\"^h.llo$\",\"regex\":true}"))
                    .containsExactly(".hidden:1:1 hello", "sub/windows.txt:2:1 hello");
            assertThat(matches(search, "{\"query\":\"hello\",\"path\":\"keep\"}")).hasSize(1);
            assertThat(matches(search, "{\"query\":\"hello\",\"path\":\"keep/b.txt\"}")).hasSize(1);
            assertThat(matches(search, "{\"query\":\"hello\",\"glob\":\"*.txt\"}")).hasSize(2);
            assertThat(matches(search, "{\"query\":\"hello\",\"ignore\":[\"keep\"]}")).hasSize(2);
            assertThat(matches(search, "{\"query\":\"hello\",\"limit\":1,\"offset\":1}"))
                    .containsExactly("keep/b.txt:2:4 ä  hello (world)");
            assertThat(
                            search.json("workspace_search", "{\"query\":\"hello\",\"limit\":1}")
                                    .integer("total"))
                    .hasValue(3);
            assertThat(matches(search, "{\"query\":\"--files\"}")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ALONE, WITH_RIPGREP})
    void neverShowsWhatMayNotBeRead(String path) throws IOException {
        try (var search =
                ToolTrial.of(
                        workspace -> tools(workspace, path),
                        "POLICY_FILE_BLOCKED_PATHS",
                        "private/**")) {
            search.files().write(".env", "KEY=hunter2\n");
            search.files().write("deep/.env.local", "KEY=hunter2\n");
            search.files().write("server.pem", "hunter2\n");
            search.files().write("private/a.txt", "hunter2\n");
            search.files().write("ok.txt", "hunter2\n");
            Files.createSymbolicLink(search.files().path("link.txt"), Path.of(".env"));

            assertThat(matches(search, "{\"query\":\"hunter2\"}"))
                    .containsExactly("ok.txt:1:1 hunter2");
            for (var folder : List.of(".env", "deep", "server.pem", "private", "link.txt")) {
                var input = JsonObject.of("query", "hunter2").with("path", folder);
                assertThat(search.json("workspace_search", input.toString()).integer("total"))
                        .as(folder)
                        .hasValue(0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ALONE, WITH_RIPGREP})
    void saysWhyARegularExpressionIsWrong(String path) {
        try (var search = ToolTrial.of(workspace -> tools(workspace, path))) {
            var wrong = search.call("workspace_search", "{\"query\":\"a(b\",\"regex\":true}");

            assertThat(ToolTrial.error(wrong)).startsWith("invalid_arguments: ").contains("(");
        }
    }

    @Test
    void showsALongLineAroundTheMatch() {
        trial.files().write("min.js", "a".repeat(5_000) + "needle" + "b".repeat(5_000));

        var match =
                trial.json("workspace_search", "{\"query\":\"needle\"}")
                        .objects("matches")
                        .getFirst();

        assertThat(match.integer("column")).hasValue(5_001);
        assertThat(match.string("match").orElseThrow()).contains("aneedleb").hasSize(402);
    }

    private static void fill(ToolTrial search) throws IOException {
        var files = search.files();
        files.write(".gitignore", "out/\n");
        files.write("out/a.txt", "hello\n");
        files.write(".hidden", "hello\n");
        files.write("keep/b.txt", "x\nä  hello (world)\nHello\n");
        files.write("sub/windows.txt", "x\r\nhello\r\n");
        files.writeBytes("keep/binary", "hello\0hello\n".getBytes(UTF_8));
        files.write("keep/large.txt", "hello\n".repeat(200_000));
        Files.createSymbolicLink(files.path("link.txt"), Path.of("keep/b.txt"));
    }

    private static List<String> matches(ToolTrial search, String input) {
        return search.json("workspace_search", input).objects("matches").stream()
                .map(
                        match ->
                                "%s:%d:%d %s"
                                        .formatted(
                                                match.string("path").orElseThrow(),
                                                match.integer("line").orElseThrow(),
                                                match.integer("column").orElseThrow(),
                                                match.string("match").orElseThrow()))
                .toList();
    }
}
