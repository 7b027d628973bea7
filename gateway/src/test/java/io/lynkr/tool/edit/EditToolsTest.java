package io.lynkr.tool.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.store.memory.MemoryEditStore;
import io.lynkr.testing.ToolTrial;
import io.lynkr.tool.ToolResult;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class EditToolsTest {
    private static final Clock NOW = Clock.fixed(Instant.ofEpochMilli(1234), ZoneOffset.UTC);
    private static final String TEN = numbered(1, 10);

    private final ToolTrial trial =
            ToolTrial.of(
                    workspace -> {
                        var log = new EditLog(new MemoryEditStore(), NOW);
                        return List.of(
                                new EditPatch(workspace, log),
                                new EditHistory(workspace, log),
                                new EditRevert(workspace, log));
                    },
                    "POLICY_FILE_BLOCKED_PATHS",
                    "private/**");

    @AfterEach
    void close() {
        trial.close();
    }

    private static String numbered(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }

    private ToolResult patch(String path, String patch) {
        return trial.call("edit_patch", JsonObject.of("path", path).with("patch", patch));
    }

    private String patched(String before, String patch) {
        trial.files().write("a.txt", before);
        trial.text(patch("a.txt", patch));
        return trial.files().read("a.txt");
    }

    private String misfit(String before, String patch) {
        trial.files().write("a.txt", before);
        var error = ToolTrial.error(patch("a.txt", patch));
        assertThat(trial.files().read("a.txt")).isEqualTo(before);
        return error;
    }

    @Test
    void changesWhatThePatchSays() {
        var after =
                patched(
                        TEN,
                        """
                        --- a/a.txt
                        +++ b/a.txt
                        @@ -1,3 +1,3 @@
                         line 1
                        -line 2
                        +LINE 2
                         line 3
                        @@ -8,3 +8,4 @@ somewhere
                         line 8
                         line 9
                        +line 9 and a half
                         line 10
                        """);

        assertThat(after)
                .isEqualTo(
                        TEN.replace("line 2\n", "LINE 2\n")
                                .replace("line 9\n", "line 9\nline 9 and a half\n"));
    }

    @Test
    void forgivesLineNumbersThatAreALittleWrong() {
        assertThat(patched(TEN, "@@ -2,2 +2,2 @@\n line 6\n-line 7\n+seven\n"))
                .contains("line 6\nseven\nline 8\n");
        assertThat(patched(TEN, "@@ -90,2 +90,2 @@\n line 6\n-line 7\n+seven\n"))
                .contains("line 6\nseven\nline 8\n");
        assertThat(patched(TEN, "@@ ... @@\n line 6\n-line 7\n+seven\n"))
                .contains("line 6\nseven\nline 8\n");
    }

    @Test
    void forgivesCountsThatAreWrong() {
        assertThat(patched(TEN, "@@ -6,9 +6,1 @@\n line 6\n-line 7\n+seven\n+and\n\n"))
                .contains("line 6\nseven\nand\nline 8\n");
    }

    @Test
    void forgivesNothingElse() {
        assertThat(misfit(TEN, "@@ -6,2 +6,2 @@\n line 6\n-line  7\n+seven\n"))
                .isEqualTo(
                        "invalid_arguments: nothing was changed: hunk 1 (@@ -6,2 +6,2 @@) does not"
                                + " fit: at line 7 it expects `line  7`, but found `line 7`");
        assertThat(misfit(TEN, "@@ -1,1 +1,1 @@\n-line 1\n+one\n@@ -20,1 +20,1 @@\n-line 20\n+x\n"))
                .contains("hunk 2 (@@ -20,1 +20,1 @@) does not fit")
                .contains("the file has 10 lines");
    }

    @Test
    void refusesToChooseBetweenTwoPlaces() {
        assertThat(misfit("x\nsame\ny\nsame\nz\n", "@@ -1,1 +1,1 @@\n-same\n+other\n"))
                .contains("hunk 1 (@@ -1,1 +1,1 @@) fits at lines 2 and 4");
    }

    @Test
    void keepsWindowsLineEnds() {
        assertThat(patched("a\r\nb\r\nc\r\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"))
                .isEqualTo("a\r\nB\r\nc\r\n");
        assertThat(patched("a\r\nb\r\nc\r\n", "@@ -1,3 +1,3 @@\n a\r\n-b\r\n+B\r\n c\r\n"))
                .isEqualTo("a\r\nB\r\nc\r\n");
        assertThat(patched("a\nb\n", "@@ -1,2 +1,2 @@\r\n a\r\n-b\r\n+B\r\n")).isEqualTo("a\nB\n");
    }

    @Test
    void forgivesAMissingEndOfTheLastLine() {
        assertThat(patched("a\nb", "@@ -1,2 +1,3 @@\n a\n b\n+c\n")).isEqualTo("a\nb\nc\n");
        assertThat(
                        patched(
                                "a\nb",
                                "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n"
                                        + "\\ No newline at end of file\n"))
                .isEqualTo("a\nc");
    }

    @Test
    void makesAndDeletesFiles() {
        trial.text(
                trial.call(
                        "edit_patch",
                        JsonObject.of(
                                "patch",
                                "--- /dev/null\n+++ b/new/b.txt\n@@ -0,0 +1,2 @@\n+one\n+two\n")));
        assertThat(trial.files().read("new/b.txt")).isEqualTo("one\ntwo\n");

        trial.text(
                trial.call(
                        "edit_patch",
                        JsonObject.of(
                                "patch",
                                "--- a/new/b.txt\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-one\n-two\n")));
        assertThat(trial.files().exists("new/b.txt")).isFalse();
    }

    @Test
    void keepsTheMode() throws IOException {
        var file = trial.files().write("a.txt", TEN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));

        trial.text(patch("a.txt", "@@ -1,1 +1,1 @@\n-line 1\n+one\n"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x---");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"path":"README.md"}                                              | 'patch' is missing
                    {"path":"README.md","patch":""}                                   | has no hunk
                    {"path":"README.md","patch":"please change it"}                   | has no hunk
                    {"path":"README.md","patch":"@@ -x +y @@\\n-a\\n"}                | should look like
                    {"path":"README.md","patch":"@@ -1,1 +1,1 @@\\n"}                 | hunk 1 has no lines
                    {"patch":"@@ -1,1 +1,1 @@\\n-a\\n+b\\n"}                          | names the file
                    {"path":"none.txt","patch":"@@ -1,1 +1,1 @@\\n-a\\n+b\\n"}        | not_found: there is no 'none.txt'
                    {"path":"README.md","patch":"--- /dev/null\\n+++ b/x\\n@@ -0,0 +1 @@\\n+b\\n"} | conflict: the patch makes a new file
                    {"path":"README.md","patch":"--- a/x\\n+++ /dev/null\\n@@ -1 +0,0 @@\\n-b\\n"} | does not fit
                    {"path":"README.md","patch":"@@ -1 +1 @@\\n # A workspace for tests\\n"} | changes nothing
                    {"path":"README.md","patch":"@@ -9,0 +9,1 @@\\n+x\\n"}            | inserts after line 9, but the file has 1 lines
                    {"path":"README.md","patch":"rename from a\\nrename to b\\n"}     | cannot rename
                    {"path":"README.md","patch":"diff --git a/a b/a\\n@@ -1 +1 @@\\n-a\\n+b\\ndiff --git a/b b/b\\n"} | more than one file
                    {"path":"red.png","patch":"@@ -1 +1 @@\\n-a\\n+b\\n"}             | binary file
                    {"path":"src","patch":"@@ -1 +1 @@\\n-a\\n+b\\n"}                 | is a folder
                    {"path":"../x","patch":"@@ -1 +1 @@\\n-a\\n+b\\n"}                | outside the workspace
                    {"patch":"--- a/../x\\n+++ b/../x\\n@@ -1 +1 @@\\n-a\\n+b\\n"}    | outside the workspace
                    {"path":"link","patch":"@@ -1 +1 @@\\n-# A workspace for tests\\n+b\\n"} | is a link
                    {"path":".git/config","patch":"@@ -1 +1 @@\\n-a\\n+b\\n"}         | denied_by_policy
                    {"path":".env","patch":"@@ -1 +1 @@\\n-a\\n+b\\n"}                | denied_by_policy
                    {"path":"private/a","patch":"@@ -1 +1 @@\\n-a\\n+b\\n"}           | POLICY_FILE_BLOCKED_PATHS
                    """)
    void refusesBadPatches(String input, String expected) throws IOException {
        Files.createSymbolicLink(trial.files().path("link"), Path.of("README.md"));
        trial.files().write(".env", "a\n");
        trial.files().write("private/a", "a\n");

        var result = trial.call("edit_patch", input);

        assertThat(ToolTrial.error(result)).contains(expected);
        assertThat(trial.files().git("status", "--porcelain")).doesNotContain(" M");
        assertThat(history("{}")).isEmpty();
    }

    private List<JsonObject> history(String input) {
        return trial.json("workspace_edit_history", input).objects("edits");
    }

    @Test
    void remembersWhatItDid() {
        patched("a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
        trial.files().write("other.txt", "x\n");
        trial.text(patch("other.txt", "@@ -1 +1 @@\n-x\n+y\n"));

        assertThat(history("{}")).hasSize(2);
        assertThat(history("{\"limit\":1}").getFirst().string("filePath")).contains("other.txt");
        assertThat(history("{\"session_id\":\"nobody\"}")).isEmpty();
        var edit = history("{\"file\":\"./a.txt\"}").getFirst();
        assertThat(edit.toString())
                .isEqualTo(
                        "{\"id\":1,\"sessionId\":\"s1\",\"filePath\":\"a.txt\",\"createdAt\":1234,\"source\":\"edit_patch\",\"diff\":\"---"
                            + " a/a.txt\\n"
                            + "+++ b/a.txt\\n"
                            + "@@ -1,2 +1,2 @@\\n"
                            + " a\\n"
                            + "-b\\n"
                            + "+c\\n"
                            + "\",\"metadata\":{}}");
    }

    @Test
    void revertsAnEditAndTheRevert() {
        patched("a\r\nb\r\n", "@@ -1,2 +1,2 @@\n a\n-b\n+c\n");

        var told = trial.json("workspace_edit_revert", "{\"editId\":1}");
        assertThat(trial.files().read("a.txt")).isEqualTo("a\r\nb\r\n");
        assertThat(told.get("revertedEditId").map(JsonValue::toString)).contains("1");
        assertThat(told.string("filePath")).contains("a.txt");
        assertThat(history("{}").getFirst().string("source")).contains("revert_edit");

        trial.text("workspace_edit_revert", "{\"id\":2}");
        assertThat(trial.files().read("a.txt")).isEqualTo("a\r\nc\r\n");
    }

    @Test
    void revertsTheMakingAndTheDeletingOfAFile() {
        trial.text(patch("new.txt", "--- /dev/null\n+++ b/new.txt\n@@ -0,0 +1 @@\n+one\n"));

        trial.text("workspace_edit_revert", "{\"id\":1}");
        assertThat(trial.files().exists("new.txt")).isFalse();

        trial.text("workspace_edit_revert", "{\"id\":2}");
        assertThat(trial.files().read("new.txt")).isEqualTo("one\n");
    }

    @Test
    void doesNotRevertOverWhatWasChangedSince() {
        patched("a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
        trial.files().write("a.txt", "a\nc\nby hand\n");

        var error = ToolTrial.error(trial.call("workspace_edit_revert", "{\"id\":1}"));

        assertThat(error).startsWith("conflict: 'a.txt' is no longer").contains("+by hand");
        assertThat(trial.files().read("a.txt")).isEqualTo("a\nc\nby hand\n");

        trial.text("workspace_edit_revert", "{\"id\":1,\"force\":true}");
        assertThat(trial.files().read("a.txt")).isEqualTo("a\nb\n");
    }

    @Test
    void revertsNoUnknownEdit() {
        assertThat(ToolTrial.error(trial.call("workspace_edit_revert", "{\"id\":5}")))
                .contains("there is no edit 5");
        assertThat(ToolTrial.error(trial.call("workspace_edit_revert", "{}")))
                .contains("'id' is missing");
    }

    @Test
    void overwritesNothingThatSomebodyChangedMeanwhile() throws WorkspaceException {
        trial.files().write("a.txt", "a\n");
        var file = ChangedFile.at(trial.workspace(), new WorkspacePath(List.of("a.txt")));
        trial.files().write("a.txt", "by hand\n");

        for (var wanted : List.of(Optional.of("b\n".getBytes(UTF_8)), Optional.<byte[]>empty())) {
            assertThatThrownBy(() -> file.become(wanted))
                    .isInstanceOf(WorkspaceException.class)
                    .hasMessageContaining("has changed since");
        }

        assertThat(trial.files().read("a.txt")).isEqualTo("by hand\n");
    }
}
