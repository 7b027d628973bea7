package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The tools for files and tasks, through the whole gateway. */
class WorksOnFilesTest {
    private final TempWorkspace files = TempWorkspace.create();

    @TempDir private Path data;

    @AfterEach
    void close() {
        files.close();
    }

    private TestGateway gateway(String... settings) {
        var all = new String[settings.length + 6];
        System.arraycopy(settings, 0, all, 6, settings.length);
        all[0] = "MODEL_PROVIDER";
        all[1] = "demo";
        all[2] = "WORKSPACE_ROOT";
        all[3] = files.path().toString();
        all[4] = "SESSION_DB_PATH";
        all[5] = data.resolve("lynkr.db").toString();
        return TestGateway.with(all);
    }

    private static String call(TestGateway gateway, String tool, String arguments) {
        var body =
                JsonObject.of("jsonrpc", "2.0")
                        .with("id", 1)
                        .with("method", "tools/call")
                        .with(
                                "params",
                                JsonObject.of("name", tool)
                                        .with("arguments", JsonObject.parse(arguments)));
        return gateway.post("/mcp", body.toString(), "x-session-id", "s1").body();
    }

    private static JsonObject result(TestGateway gateway, String tool, String arguments) {
        var result =
                JsonObject.parse(call(gateway, tool, arguments)).object("result").orElseThrow();
        assertThat(result.isTrue("isError")).as(result.toString()).isFalse();
        return JsonObject.parse(result.objects("content").getFirst().string("text").orElseThrow());
    }

    @Test
    void editsAndRevertsOverARestart() {
        try (var gateway = gateway()) {
            result(
                    gateway,
                    "edit_patch",
                    "{\"path\":\"README.md\",\"patch\":\"@@ -1 +1 @@\\n"
                            + "-# A workspace for tests\\n"
                            + "+# Changed\\n"
                            + "\"}");
            result(gateway, "workspace_task_create", "{\"title\":\"remember me\"}");
        }
        assertThat(files.read("README.md")).isEqualTo("# Changed\n");

        try (var gateway = gateway()) {
            var edit = result(gateway, "workspace_edit_history", "{}").objects("edits").getFirst();
            assertThat(edit.string("diff").orElseThrow()).contains("+# Changed");
            assertThat(edit.string("sessionId")).contains("s1");
            result(
                    gateway,
                    "workspace_edit_revert",
                    "{\"id\":" + edit.integer("id").orElseThrow() + "}");
            assertThat(result(gateway, "workspace_tasks_list", "{}").toString())
                    .contains("remember me");
        }
        assertThat(files.read("README.md")).isEqualTo("# A workspace for tests\n");
    }

    @Test
    void obeysThePolicyUnderEveryName() {
        files.write("private/a.txt", "hunter2\n");
        files.write(".env", "hunter2\n");

        try (var gateway =
                gateway(
                        "POLICY_FILE_BLOCKED_PATHS",
                        "private",
                        "POLICY_DISALLOWED_TOOLS",
                        "Edit")) {
            assertThat(call(gateway, "fs_read", "{\"path\":\"private/a.txt\"}"))
                    .contains("POLICY_FILE_BLOCKED_PATHS");
            assertThat(call(gateway, "workspace_search", "{\"query\":\"hunter2\"}"))
                    .contains("\\\"total\\\":0");
            assertThat(
                            call(
                                    gateway,
                                    "edit_patch",
                                    "{\"path\":\"README.md\",\"patch\":\"@@ -1 +1 @@\\n"
                                            + "-a\\n"
                                            + "+b\\n"
                                            + "\"}"))
                    .contains("POLICY_DISALLOWED_TOOLS");
        }
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void showsPicturesToMcpClients() {
        try (var gateway = gateway()) {
            assertThat(call(gateway, "fs_read", "{\"path\":\"red.png\"}"))
                    .contains("\"type\":\"image\"", "\"mimeType\":\"image/png\"", "iVBORw0KGgo");
        }
    }

    @Test
    void writesInATurnWhenTheRequestNamesTheTool() {
        try (var upstream = new FakeUpstream();
                var gateway =
                        TestGateway.inFrontOf(
                                upstream, "WORKSPACE_ROOT", files.path().toString())) {
            var answer =
                    gateway.messages(
                            JsonObject.of("model", "claude-x")
                                    .with("max_tokens", 100)
                                    .with(
                                            "tools",
                                            JsonObject.parse(
                                                            "{\"t\":[{\"name\":\"fs_write\",\"input_schema\":{\"type\":\"object\"}}]}")
                                                    .get("t")
                                                    .orElseThrow())
                                    .with(
                                            "messages",
                                            JsonObject.parse(
                                                            "{\"m\":[{\"role\":\"user\",\"content\":\"[[tool:fs_write|{\\\"path\\\":\\\"made.txt\\\",\\\"content\\\":\\\"by"
                                                                + " a model\\\"}]]\"}]}")
                                                    .get("m")
                                                    .orElseThrow())
                                    .toString());

            assertThat(answer.body()).contains("mcp_tool_use", "fs_write", "edit_id");
        }
        assertThat(files.read("made.txt")).isEqualTo("by a model");
    }
}
