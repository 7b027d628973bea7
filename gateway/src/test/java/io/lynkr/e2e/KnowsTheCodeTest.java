package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Repository intelligence, through the whole gateway. */
class KnowsTheCodeTest {
    private final TempWorkspace files = TempWorkspace.empty();

    @TempDir private Path data;

    @BeforeEach
    void write() {
        files.write(
                "src/shop/price.ts",
                """
                export class Price {
                  constructor(readonly cents: number) {}
                  show(): string {
                    return format(this.cents);
                  }
                }
                export function format(cents: number): string {
                  return `${cents / 100}`;
                }
                """);
        files.write("src/shop/index.ts", "export { Price } from './price';\n");
        files.write(
                "src/cart.ts",
                """
                import { Price } from './shop';
                const first = new Price(5);
                console.log(first.show());
                """);
        files.write(
                "src/clock.ts",
                """
                class Clock { show() { return format(1); } }
                function format(n: number) { return n; }
                """);
        files.write(".gitignore", "ignored/\n");
        files.write("ignored/price.ts", "export class Price {}\n");
        files.write(
                "package.json",
                "{\"scripts\":{\"test\":\"vitest\"},\"devDependencies\":{\"vitest\":\"1\"}}");
    }

    @AfterEach
    void close() {
        files.close();
    }

    private TestGateway gateway(String... settings) {
        var all = new String[settings.length + 8];
        System.arraycopy(settings, 0, all, 8, settings.length);
        all[0] = "MODEL_PROVIDER";
        all[1] = "demo";
        all[2] = "WORKSPACE_ROOT";
        all[3] = files.path().toString();
        all[4] = "SESSION_DB_PATH";
        all[5] = data.resolve("lynkr.db").toString();
        all[6] = "DATA_DIR";
        all[7] = data.toString();
        return TestGateway.with(all);
    }

    private static JsonObject result(TestGateway gateway, String tool, String arguments) {
        var body =
                JsonObject.of("jsonrpc", "2.0")
                        .with("id", 1)
                        .with("method", "tools/call")
                        .with(
                                "params",
                                JsonObject.of("name", tool)
                                        .with("arguments", JsonObject.parse(arguments)));
        return JsonObject.parse(gateway.post("/mcp", body.toString()).body())
                .object("result")
                .orElseThrow();
    }

    private static String text(TestGateway gateway, String tool, String arguments) {
        var result = result(gateway, tool, arguments);
        assertThat(result.isTrue("isError")).as(result.toString()).isFalse();
        return result.objects("content").getFirst().string("text").orElseThrow();
    }

    @Test
    void findsDefinitionsAndLeavesIgnoredFilesOut() {
        try (var gateway = gateway()) {
            assertThat(text(gateway, "workspace_symbol_search", "{\"query\":\"Price\"}"))
                    .isEqualTo("src/shop/price.ts:1 class Price\n  export class Price {");
            assertThat(text(gateway, "workspace_symbol_search", "{\"query\":\"Clock.show\"}"))
                    .contains("src/clock.ts:1 method Clock.show");
            assertThat(text(gateway, "workspace_outline", "{\"path\":\"src/shop/price.ts\"}"))
                    .contains("1: export class Price {", "  3: show(): string {");
            assertThat(
                            text(
                                    gateway,
                                    "workspace_goto_definition",
                                    "{\"path\":\"src/cart.ts\",\"line\":3,\"column\":19}"))
                    .startsWith("src/shop/price.ts:3 method Price.show");
        }
    }

    @Test
    void tellsUsesOfTheSameNameApart() {
        try (var gateway = gateway()) {
            assertThat(text(gateway, "workspace_symbol_references", "{\"symbol\":\"Price\"}"))
                    .contains(
                            "src/cart.ts\n  1: import",
                            "  2: const first",
                            "src/shop/index.ts\n  1:")
                    .contains("3 resolved, 0 likely");
            assertThat(text(gateway, "workspace_symbol_references", "{\"symbol\":\"Price.show\"}"))
                    .contains("src/cart.ts\n  3: console.log(first.show());")
                    .doesNotContain("clock");
            assertThat(
                            text(
                                    gateway,
                                    "workspace_symbol_references",
                                    "{\"symbol\":\"format\",\"path\":\"src/shop/price.ts\"}"))
                    .contains("  4: return format(this.cents);  (in Price.show)")
                    .doesNotContain("clock");
        }
    }

    @Test
    void withoutAColumnALineMeansWhatItDefines() {
        try (var gateway = gateway()) {
            assertThat(
                            text(
                                    gateway,
                                    "workspace_symbol_references",
                                    "{\"path\":\"src/shop/price.ts\",\"line\":1}"))
                    .contains("src/cart.ts\n  1: import");
            assertThat(
                            text(
                                    gateway,
                                    "workspace_goto_definition",
                                    "{\"path\":\"src/cart.ts\",\"line\":1}"))
                    .startsWith("src/shop/price.ts:1 class Price");
        }
    }

    @Test
    void tellsASummaryOfADiffHowMuchAFileIsUsed() throws IOException {
        try (var gateway = gateway()) {
            files.write("src/core.ts", "export function core() {\n  return 1;\n}\n");
            for (int i = 0; i < 12; i++) {
                files.write("src/use" + i + ".ts", "import { core } from \"./core\";\ncore();\n");
            }
            files.git("add", "-A");
            files.git("commit", "-qm", "a function that all use");
            files.write("src/core.ts", "export function core() {\n  return 2;\n}\n");

            var summary = text(gateway, "workspace_diff_summary", "{}");

            assertThat(summary).contains("src/core.ts", "used in 24 other places");
        }
    }

    @Test
    void followsTheFileSystem() throws IOException {
        try (var gateway = gateway()) {
            assertThat(text(gateway, "workspace_symbol_search", "{\"query\":\"Basket\"}"))
                    .startsWith("no definition");

            files.write("src/deep/er/basket.py", "class Basket:\n    pass\n");
            waitFor(gateway, "Basket", "src/deep/er/basket.py:1 class Basket");
            files.write("src/deep/er/basket.py", "class Hamper:\n    pass\n");
            waitFor(gateway, "Hamper", "src/deep/er/basket.py:1 class Hamper");
            Files.delete(files.path("src/deep/er/basket.py"));
            waitFor(gateway, "Hamper", "no definition");
        }
    }

    private static void waitFor(TestGateway gateway, String name, String answer) {
        long end = System.nanoTime() + 5_000_000_000L;
        var said = "";
        while (System.nanoTime() < end && !said.startsWith(answer)) {
            said = text(gateway, "workspace_symbol_search", "{\"query\":\"" + name + "\"}");
        }
        assertThat(said).startsWith(answer);
    }

    @Test
    void keepsTheIndexOverARestartAndOutsideTheRepository() throws IOException {
        try (var gateway = gateway()) {
            text(gateway, "workspace_symbol_search", "{\"query\":\"Price\"}");
        }
        files.write("src/late.ts", "export const late = 1;\n");

        try (var gateway = gateway()) {
            assertThat(text(gateway, "workspace_symbol_search", "{\"query\":\"late\"}"))
                    .startsWith("src/late.ts:1");
        }
        try (var kept = Files.list(data.resolve("index"))) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .anyMatch(it -> it.endsWith(".db"));
        }
        assertThat(files.git("status", "--short")).doesNotContain(".db");
    }

    @Test
    void beginsAnewWhenItsDatabaseIsRuined() throws IOException {
        try (var gateway = gateway()) {
            text(gateway, "workspace_symbol_search", "{\"query\":\"Price\"}");
        }
        try (var kept = Files.list(data.resolve("index"))) {
            for (var file : kept.toList()) {
                Files.writeString(file, "no database, whatever its name says".repeat(100));
            }
        }

        try (var gateway = gateway()) {
            assertThat(text(gateway, "workspace_symbol_search", "{\"query\":\"Price\"}"))
                    .startsWith("src/shop/price.ts:1");
        }
    }

    @Test
    void survivesBadFiles() throws IOException {
        files.writeBytes("bad/binary.java", new byte[] {1, 0, 2, 0, 3});
        files.writeBytes(
                "bad/latin.java",
                "class Gr\u00fc\u00dfe { }".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        files.write("bad/broken.java", "class Broken { void half( {{{ \n class Whole { }");
        files.write("bad/deep.js", "f(".repeat(50_000) + ")".repeat(50_000));
        files.write("bad/min.js", "function a(){return 1};".repeat(2_000));
        files.write("bad/huge.ts", "export const x = 1;\n".repeat(70_000));
        Files.createSymbolicLink(files.path("bad/loop"), files.path("bad"));

        try (var gateway = gateway()) {
            assertThat(text(gateway, "workspace_symbol_search", "{\"query\":\"Price\"}"))
                    .startsWith("src/shop/price.ts:1");
            assertThat(text(gateway, "workspace_symbol_search", "{\"query\":\"Gr\u00fc\u00dfe\"}"))
                    .startsWith("bad/latin.java:1");
            assertThat(text(gateway, "workspace_symbol_search", "{\"query\":\"Broken\"}"))
                    .startsWith("bad/broken.java:1");
            assertThat(text(gateway, "project_summary", "{}"))
                    .contains(
                            "bad/binary.java: not a text",
                            "bad/huge.ts: larger than 1 MB",
                            "bad/min.js: minified",
                            "bad/broken.java: has syntax errors");
        }
    }

    @Test
    void writesItsSectionOnAnExplicitRebuildOnly() {
        files.write("CLAUDE.md", "# Mine\n");

        try (var gateway = gateway()) {
            text(gateway, "project_summary", "{}");
            assertThat(files.read("CLAUDE.md")).isEqualTo("# Mine\n");

            assertThat(text(gateway, "workspace_index_rebuild", "{}"))
                    .contains("typescript", "npm run test", "CLAUDE.md: the section")
                    .doesNotContain(files.path().toString());
            text(gateway, "workspace_index_rebuild", "{}");
        }

        assertThat(files.read("CLAUDE.md"))
                .startsWith("# Mine\n\n<!-- lynkr:begin")
                .contains("- Commands: `npm run test` (package.json)")
                .containsOnlyOnce("lynkr:end")
                .hasLineCount(files.read("CLAUDE.md").lines().toList().size());
        assertThat(files.read("CLAUDE.md").lines().count()).isLessThan(42);
    }

    @Test
    void leavesClaudeMdAloneWhenTheSettingSaysSo() {
        try (var gateway = gateway("WORKSPACE_INDEX_CLAUDE_MD", "false")) {
            assertThat(text(gateway, "workspace_index_rebuild", "{}")).contains("left alone");
        }

        assertThat(files.exists("CLAUDE.md")).isFalse();
    }

    @Test
    void leavesProtectedFilesOut() {
        files.write("private/secret.ts", "export class HiddenThing {}\n");

        try (var gateway = gateway("POLICY_FILE_BLOCKED_PATHS", "private")) {
            assertThat(text(gateway, "workspace_symbol_search", "{\"query\":\"HiddenThing\"}"))
                    .startsWith("no definition");
        }
    }

    @Test
    void answersInATurnOfAModel() {
        try (var upstream = new FakeUpstream();
                var gateway =
                        TestGateway.inFrontOf(
                                upstream, "WORKSPACE_ROOT", files.path().toString())) {
            var answer =
                    gateway.messages(
                            """
                            {"model":"claude-x","max_tokens":100,
                             "tools":[{"name":"workspace_symbol_search","input_schema":{"type":"object"}}],
                             "messages":[{"role":"user","content":"[[tool:workspace_symbol_search|{\\"query\\":\\"Price\\"}]]"}]}
                            """);

            assertThat(answer.body()).contains("mcp_tool_use", "src/shop/price.ts:1 class Price");
        }
    }
}
