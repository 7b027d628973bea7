package io.lynkr.tool.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Reply;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class WebFetchToolTest {
    private final FakeUpstream site = new FakeUpstream();

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void readsHtmlAsMarkdown() throws Exception {
        var page =
                fetch(
                        Reply.html(
                                200,
                                """
                                <!doctype html><title>A page</title>
                                <body><nav>menu menu</nav><script>alert(1)</script>
                                <main><h1>The  Title</h1><p>Some <b>bold</b> and <a href="/x">a link</a>.</p>
                                <ul><li>one<ul><li>deep</li></ul></li><li><p>two</p></li></ul>
                                <ol><li>first</li><li>second</li></ol>
                                <pre><code>a  b
                                 c</code></pre>
                                <blockquote><p>quoted</p></blockquote>
                                <table><tr><th>k</th><th>v</th></tr><tr><td>a</td><td>1</td></tr></table>
                                <p style="display: none">hidden</p><p>x<br>y</p></main></body>
                                """));

        assertThat(page.string("title")).hasValue("A page");
        assertThat(page.string("text_content").orElseThrow())
                .isEqualTo(
                        """
                        # The Title

                        Some **bold** and [a link](http://site.test:%d/x).

                        - one
                          - deep
                        - two

                        1. first
                        2. second

                        ```
                        a  b
                         c
                        ```

                        > quoted

                        | k | v |
                        | --- | --- |
                        | a | 1 |

                        x
                        y\
                        """
                                .formatted(site.port()));
    }

    @Test
    void takesTheCharsetThatTheServerTheDocumentOrTheBytesTell() throws Exception {
        assertThat(text(body("text/plain; charset=iso-8859-2", "żółw", "iso-8859-2")))
                .isEqualTo("żółw");
        assertThat(
                        text(
                                body(
                                        "text/html",
                                        "<meta charset=windows-1251><p>Привет</p>",
                                        "windows-1251")))
                .isEqualTo("Привет");
        assertThat(text(body("text/plain", "grüße — 日本", "utf-8"))).isEqualTo("grüße — 日本");
        assertThat(text(body("text/plain", "これは日本語の文章です。漢字とかな。", "shift_jis")))
                .isEqualTo("これは日本語の文章です。漢字とかな。");
    }

    @Test
    void readsThePagesOfAPdf() throws Exception {
        var page = fetch(bytes("application/pdf", pdf("Hello from page one", "And page two")));

        assertThat(page.string("text_content").orElseThrow())
                .contains("## Page 1", "Hello from page one", "## Page 2", "And page two");
        assertThat(page.string("content_type")).hasValue("application/pdf");
    }

    @Test
    void readsALongPageInPiecesAndAsksTheSiteOnce() throws Exception {
        site.answerWhen(_ -> true, _ -> Reply.of(200, "text/plain", "0123456789".repeat(30)));
        var tool = tool();

        var first = json(tool, url().with("max_chars", 200));
        var rest = json(tool, url().with("start", first.integer("next_start").orElseThrow()));

        assertThat(first.string("text_content").orElseThrow()).hasSize(200);
        assertThat(rest.string("text_content").orElseThrow()).hasSize(100);
        assertThat(rest.has("next_start")).isFalse();
        assertThat(site.requests()).hasSize(1);
    }

    @Test
    void cutsWhatIsTooLarge() throws Exception {
        var page =
                fetch(
                        Reply.of(200, "text/plain", "x".repeat(50_000)),
                        "WEB_FETCH_MAX_BYTES",
                        "1000");

        assertThat(page.integer("text_length")).hasValue(1_000);
        assertThat(page.isTrue("cut")).isTrue();
    }

    @Test
    void tellsOfAnErrorPage() throws Exception {
        site.answerWhen(_ -> true, _ -> Reply.html(404, "<p>Nothing here</p>"));

        var result = WebTrial.call(tool(), url());

        assertThat(result).isInstanceOf(ToolResult.Unsuccessful.class);
        assertThat(WebTrial.json(result).integer("status")).hasValue(404);
    }

    @Test
    void stripsWhatHidesText() throws Exception {
        assertThat(text(body("text/plain", "a\u202eb\u200bc\u0007d", "utf-8"))).isEqualTo("abcd");
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatThrownBy(
                        () -> fetch(bytes("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0})))
                .hasMessageContaining("no text");
        assertThatThrownBy(
                        () -> fetch(bytes("application/pdf", "%PDF-1.4 nonsense".getBytes(UTF_8))))
                .hasMessageContaining("PDF is broken");
        assertThatThrownBy(() -> fetch(Reply.html(200, "<p>x").gzipped()))
                .hasMessageContaining("gzip");
    }

    @Test
    void givesUpInTime() {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> fetch(Reply.silence(), "WEB_SEARCH_TIMEOUT_MS", "200"))
                .hasMessageContaining("WEB_SEARCH_TIMEOUT_MS");
        assertThatThrownBy(
                        () ->
                                fetch(
                                        Reply.stream(
                                                        "text/plain",
                                                        List.of("a", "b", "c", "d", "e", "f"))
                                                .delayBetween(Duration.ofMillis(150)),
                                        "WEB_SEARCH_TIMEOUT_MS",
                                        "200"))
                .isInstanceOf(ToolException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void followsARedirectAndSaysWhereItEnded() throws Exception {
        site.answerWhen(_ -> true, _ -> Reply.of(200, "text/plain", "there"));
        site.answerWhen(
                request -> request.path().equals("/"),
                _ -> Reply.of(301, "text/plain", "").header("location", "/there?a=b#c"));

        var page = json(tool(), url());

        assertThat(page.string("url")).hasValue("http://site.test:" + site.port() + "/there?a=b");
        assertThat(page.string("text_content")).hasValue("there");
    }

    private JsonObject fetch(Reply reply, String... settings) throws Exception {
        site.answerWhen(_ -> true, _ -> reply);
        return json(tool(settings), url());
    }

    private String text(Reply reply) throws Exception {
        return fetch(reply).string("text_content").orElseThrow();
    }

    private static JsonObject json(WebFetchTool tool, JsonObject input) throws Exception {
        return WebTrial.json(WebTrial.call(tool, input));
    }

    private JsonObject url() {
        return JsonObject.of("url", "http://site.test:" + site.port() + "/");
    }

    private WebFetchTool tool(String... more) {
        var settings = new String[more.length + 2];
        System.arraycopy(more, 0, settings, 2, more.length);
        settings[0] = "WEB_FETCH_PRIVATE_HOSTS";
        settings[1] = "site.test:" + site.port();
        return WebFetchTool.of(
                WebTrial.settings(settings),
                WebTrial.resolver(Map.of("site.test", List.of("127.0.0.1"))));
    }

    private static Reply body(String type, String text, String charset) {
        return bytes(type, text.getBytes(Charset.forName(charset)));
    }

    private static Reply bytes(String type, byte[] body) {
        return Reply.of(200, type, "").withFrames(List.of(body));
    }

    private static byte[] pdf(String... pages) throws IOException {
        try (var document = new PDDocument()) {
            for (var text : pages) {
                var page = new PDPage();
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(FontName.HELVETICA), 12);
                    content.newLineAtOffset(50, 700);
                    content.showText(text);
                    content.endText();
                }
            }
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }
}
