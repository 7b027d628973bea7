package io.lynkr.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** The fake keeps its promises: each wire shape, each fault, and what it remembers. */
@Timeout(30)
class FakeUpstreamTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final FakeUpstream upstream = new FakeUpstream();

    @AfterEach
    void close() {
        upstream.close();
    }

    private static Json anthropic(String prompt) {
        return Json.object(
                "model",
                "claude-opus-4-8",
                "max_tokens",
                1000,
                "messages",
                Json.array(user(prompt)),
                "tools",
                Json.array(tool("Bash")));
    }

    private static Json tool(String name) {
        return Json.object("name", name, "input_schema", Json.object("type", "object"));
    }

    private static Json openAi(String prompt) {
        var function = Json.object("name", "Bash", "parameters", Json.object("type", "object"));
        return Json.object(
                "model", "gpt-4o",
                "messages", Json.array(user(prompt)),
                "tools", Json.array(Json.object("type", "function", "function", function)));
    }

    private static Json user(String prompt) {
        return Json.object("role", "user", "content", prompt);
    }

    private RawClient ask(String path, Json body) {
        return RawClient.to(upstream.url()).post(path, body);
    }

    private static String joined(List<RawClient.Event> events, String deltaField) {
        return events.stream()
                .map(event -> event.json().get("delta").text(deltaField))
                .collect(Collectors.joining());
    }

    @Nested
    class AnthropicShape {

        @Test
        void streamsNamedEventsInTheDocumentedOrder() throws IOException {
            var body = anthropic("[[text:Hello]]").with("stream", true);

            try (var client = ask("/v1/messages?beta=true", body)) {
                assertThat(client.header("content-type").orElse("")).contains("event-stream");
                assertThat(client.header("request-id")).isPresent();
                assertThat(client.events())
                        .extracting(RawClient.Event::name)
                        .containsExactly(
                                "message_start",
                                "ping",
                                "content_block_start",
                                "content_block_delta",
                                "content_block_stop",
                                "message_delta",
                                "message_stop");
            }
        }

        @Test
        void streamsTheInputOfAToolInFragments() throws IOException {
            var body = anthropic("[[bash:echo hi there]]").with("stream", true);

            try (var client = ask("/v1/messages", body)) {
                var events = client.events();

                assertThat(Json.parse(joined(events, "partial_json")).text("command"))
                        .isEqualTo("echo hi there");
                assertThat(joined(events, "stop_reason")).isEqualTo("tool_use");
                assertThat(events.get(2).json().get("content_block").get("input"))
                        .isEqualTo(Json.object());
            }
        }

        @Test
        void answersTheSameAsAWhole() {
            var reply =
                    RawClient.post(upstream.url("/v1/messages"), anthropic("[[bash:echo hi]]"))
                            .json();

            assertThat(reply.get("content").at(0).get("input").text("command"))
                    .isEqualTo("echo hi");
            assertThat(reply.text("stop_reason")).isEqualTo("tool_use");
            assertThat(reply.get("usage").number("output_tokens")).isPositive();
            assertThat(reply.get("usage").number("cache_creation_input_tokens")).isPositive();
        }

        @Test
        void saysWhatTheToolAnswered() {
            var call = Json.object("type", "tool_use", "id", "t1", "name", "Bash");
            var result = Json.object("type", "tool_result", "tool_use_id", "t1", "content", "42");
            var body =
                    anthropic("")
                            .with(
                                    "messages",
                                    Json.array(
                                            user("[[bash:answer]]"),
                                            Json.object(
                                                    "role",
                                                    "assistant",
                                                    "content",
                                                    Json.array(call.with("input", Json.object()))),
                                            Json.object(
                                                    "role",
                                                    "user",
                                                    "content",
                                                    Json.array(result))));

            var reply = RawClient.post(upstream.url("/v1/messages"), body).json();

            assertThat(reply.get("content").at(0).text("text")).isEqualTo("Tools said: 42");
            assertThat(reply.get("usage").number("cache_read_input_tokens")).isPositive();
            assertThat(upstream.lastRequest().toolResult()).isEqualTo("42");
        }

        @Test
        void refusesWhatTheRealServiceRefuses() {
            var url = upstream.url("/v1/messages");
            var forged = Json.object("type", "thinking", "thinking", "hm", "signature", "mine");
            var history =
                    Json.array(
                            user("a"),
                            Json.object("role", "assistant", "content", Json.array(forged)),
                            user("b"));

            assertThat(RawClient.post(url, anthropic("x").without("max_tokens")).text())
                    .contains("max_tokens: Field required");
            assertThat(RawClient.post(url, anthropic("x").with("messages", history)).text())
                    .contains("Invalid `signature` in `thinking` block");
            assertThat(
                            RawClient.post(
                                            url,
                                            anthropic("x")
                                                    .with(
                                                            "tools",
                                                            Json.array(tool("A"), tool("A"))))
                                    .text())
                    .contains("must be unique");
        }

        @Test
        void worksUnderAnyPrefix() {
            for (var prefix : List.of("/anthropic", "/serving-endpoints/anthropic", "/a/b")) {
                var url = upstream.url(prefix + "/v1/messages");
                assertThat(RawClient.post(url, anthropic("x")).status()).isEqualTo(200);
                var counted =
                        RawClient.post(
                                upstream.url(prefix + "/v1/messages/count_tokens"), anthropic("x"));
                assertThat(counted.json().number("input_tokens")).isPositive();
            }
        }

        @Test
        void servesASearchInTheModelsOwnService() {
            var search = Json.object("type", "web_search_20250305", "name", "web_search");
            var body =
                    anthropic("Perform a web search for the query: herons")
                            .with("tools", Json.array(search));

            var reply = RawClient.post(upstream.url("/v1/messages"), body).json();

            assertThat(reply.get("content").items())
                    .extracting(block -> block.text("type"))
                    .containsExactly("server_tool_use", "web_search_tool_result", "text");
            assertThat(reply.get("usage").get("server_tool_use").number("web_search_requests"))
                    .isEqualTo(1);
        }

        @Test
        void fillsASchemaForSideRequests() {
            var schema =
                    Json.parse(
                            """
                            {"type":"object","required":["title"],
                             "properties":{"title":{"type":"string"}}}
                            """);
            var format = Json.object("type", "json_schema", "schema", schema);
            var body =
                    anthropic("a title, please")
                            .with("tools", List.of())
                            .with("output_config", Json.object("format", format));

            var reply = RawClient.post(upstream.url("/v1/messages"), body).json();

            assertThat(Json.parse(reply.get("content").at(0).text("text")).text("title"))
                    .isNotEmpty();
        }
    }

    @Nested
    class OpenAiShape {

        @Test
        void streamsChunksWithUsageTrailerAndDone() throws IOException {
            var body =
                    openAi("[[bash:echo hi there]]")
                            .with("stream", true)
                            .with("stream_options", Json.object("include_usage", true));

            try (var client = ask("/v1/chat/completions", body)) {
                var events = client.events();
                var chunks =
                        events.subList(0, events.size() - 1).stream().map(e -> e.json()).toList();

                assertThat(events.getLast().data()).isEqualTo("[DONE]");
                assertThat(chunks.getLast().get("choices").items()).isEmpty();
                assertThat(chunks.getLast().get("usage").number("prompt_tokens")).isPositive();
                assertThat(Json.parse(arguments(chunks)).text("command"))
                        .isEqualTo("echo hi there");
                assertThat(chunks.get(chunks.size() - 2).get("choices").at(0).text("finish_reason"))
                        .isEqualTo("tool_calls");
            }
        }

        private static String arguments(List<Json> chunks) {
            return chunks.stream()
                    .map(chunk -> chunk.get("choices").at(0).get("delta").get("tool_calls").at(0))
                    .map(call -> call.get("function").text("arguments"))
                    .collect(Collectors.joining());
        }

        @Test
        void hasNoUsageInAStreamUnlessAsked() throws IOException {
            try (var client =
                    ask("/v1/chat/completions", openAi("[[text:hi]]").with("stream", true))) {
                assertThat(client.events()).noneMatch(e -> e.data().contains("prompt_tokens"));
            }
        }

        @Test
        void databricksStartsACallWithAPlaceholderAndReasonsInAList() throws IOException {
            var body =
                    openAi("[[thinking:hm]][[bash:echo hi]]").without("model").with("stream", true);

            try (var client = ask("/serving-endpoints/my-claude/invocations", body)) {
                var events = client.events();
                var chunks =
                        events.subList(0, events.size() - 1).stream().map(e -> e.json()).toList();

                assertThat(arguments(chunks)).startsWith("{}{");
                assertThat(chunks.getFirst().text("model")).isEqualTo("my-claude");
                assertThat(chunks.toString()).contains("summary_text").contains("signature");
            }
        }

        @Test
        void azureKnowsTheModelByThePathAndFiltersFirst() throws IOException {
            var body = openAi("[[text:hi]]").without("model").with("stream", true);
            var path = "/openai/deployments/my-gpt/chat/completions?api-version=1";

            try (var client = ask(path, body)) {
                var first = client.nextEvent().orElseThrow().json();

                assertThat(first.get("choices").items()).isEmpty();
                assertThat(first.has("prompt_filter_results")).isTrue();
                assertThat(first.text("model")).isEqualTo("my-gpt");
            }
        }

        @Test
        void answersTheSameAsAWhole() {
            var url = upstream.url("/v1/chat/completions");
            var reply = RawClient.post(url, openAi("[[thinking:hm]][[bash:echo hi]]")).json();
            var choice = reply.get("choices").at(0);

            assertThat(choice.text("finish_reason")).isEqualTo("tool_calls");
            assertThat(choice.get("message").get("content")).isEqualTo(Json.Nothing.NULL);
            assertThat(choice.get("message").text("reasoning_content")).isEqualTo("hm");
        }

        @Test
        void saysWhatTheToolAnswered() {
            var function = Json.object("name", "Bash", "arguments", "{}");
            var call = Json.object("id", "c1", "type", "function", "function", function);
            var messages =
                    Json.array(
                            user("[[bash:answer]]"),
                            Json.object("role", "assistant", "tool_calls", Json.array(call)),
                            Json.object("role", "tool", "tool_call_id", "c1", "content", "42"));

            var url = upstream.url("/v1/chat/completions");
            var reply = RawClient.post(url, openAi("").with("messages", messages)).json();

            assertThat(reply.get("choices").at(0).get("message").text("content"))
                    .isEqualTo("Tools said: 42");
        }

        @Test
        void refusesWhatTheRealServiceRefuses() {
            var url = upstream.url("/v1/chat/completions");
            var orphan = Json.object("role", "tool", "tool_call_id", "c9", "content", "42");

            assertThat(RawClient.post(url, openAi("x").with("thinking", "on")).text())
                    .contains("Unrecognized request argument supplied: thinking");
            assertThat(RawClient.post(url, openAi("x").with("tools", List.of())).text())
                    .contains("[] is too short - 'tools'");
            assertThat(RawClient.post(url, openAi("x").with("messages", Json.array(orphan))).text())
                    .contains("must be a response to a preceeding message");
        }

        @Test
        void failsInTheWordsOfTheService() {
            var openAi =
                    RawClient.post(upstream.url("/v1/chat/completions"), openAi("[[error:429]]"));
            var url = upstream.url("/serving-endpoints/x/invocations");
            var databricks = RawClient.post(url, openAi("[[error:429]]"));

            assertThat(openAi.json().get("error").text("code")).isEqualTo("rate_limit_exceeded");
            assertThat(databricks.json().text("error_code")).isEqualTo("REQUEST_LIMIT_EXCEEDED");
            assertThat(databricks.status()).isEqualTo(429);
        }
    }

    @Nested
    class OllamaShape {

        @Test
        void streamsOneJsonALineWithWholeCalls() throws IOException {
            try (var client = ask("/api/chat", openAi("[[thinking:hm]][[bash:echo hi]]"))) {
                var lines =
                        new String(client.rest(), StandardCharsets.UTF_8)
                                .lines()
                                .map(Json::parse)
                                .toList();
                var calls = lines.get(1).get("message").get("tool_calls");

                assertThat(lines.getFirst().get("message").text("thinking")).isEqualTo("hm");
                assertThat(calls.at(0).get("function").get("arguments").text("command"))
                        .isEqualTo("echo hi");
                assertThat(calls.at(0).has("id")).isFalse();
                assertThat(lines.getLast().isTrue("done")).isTrue();
                assertThat(lines.getLast().number("prompt_eval_count")).isPositive();
            }
        }

        @Test
        void answersAWholeWhenStreamIsOff() {
            var body = openAi("[[text:hi]]").with("stream", false);
            var reply = RawClient.post(upstream.url("/api/chat"), body).json();

            assertThat(reply.get("message").text("content")).isEqualTo("hi");
            assertThat(reply.text("done_reason")).isEqualTo("stop");
        }

        @Test
        void listsModelsAndVersion() {
            upstream.models("qwen3:latest");

            assertThat(RawClient.get(upstream.url("/api/tags")).text()).contains("qwen3:latest");
            assertThat(RawClient.get(upstream.url("/api/version")).json().has("version")).isTrue();
        }
    }

    @Nested
    class OtherRoutes {

        @Test
        void listsModelsInEitherForm() {
            assertThat(RawClient.get(upstream.url("/v1/models?limit=1000")).json().has("has_more"))
                    .isTrue();
            upstream.openAiModels();
            assertThat(RawClient.get(upstream.url("/v1/models")).json().text("object"))
                    .isEqualTo("list");
        }

        @Test
        void handsOutATokenForClientCredentials() {
            upstream.requireKey("secret");

            try (var client = RawClient.to(upstream.url()).header("authorization", "Basic eDp5")) {
                var form = "grant_type=client_credentials&scope=all-apis";
                var reply = client.send("POST", "/oidc/v1/token", form).response();

                assertThat(reply.json().text("access_token")).isEqualTo("secret");
            }
        }

        @Test
        void asksForTheKey() {
            upstream.requireKey("secret");
            var url = upstream.url("/api/2.0/serving-endpoints");

            assertThat(RawClient.get(url).status()).isEqualTo(401);
            try (var client = RawClient.to(url).header("Authorization", "Bearer secret")) {
                assertThat(client.send("GET", "", "").response().status()).isEqualTo(200);
            }
        }

        @Test
        void refusesFieldsThatAnOlderServiceDoesNotKnow() {
            upstream.refuseFields("context_management");
            var body = anthropic("x").with("context_management", Json.object());

            assertThat(RawClient.post(upstream.url("/v1/messages"), body).text())
                    .contains("context_management: Extra inputs are not permitted");
        }
    }

    @Nested
    class Rules {

        @Test
        void refusesByAnyRule() {
            upstream.refuseWhen(r -> r.bodyText().contains("cat"), "no cats");

            assertThat(RawClient.post(upstream.url("/v1/messages"), anthropic("a cat")).json())
                    .extracting(json -> json.get("error").text("message"))
                    .isEqualTo("no cats");
            assertThat(RawClient.post(upstream.url("/v1/messages"), anthropic("a dog")).status())
                    .isEqualTo(200);
        }

        @Test
        void refusesWhatIsNotJson() {
            assertThat(RawClient.post(upstream.url("/v1/messages"), "{").status()).isEqualTo(400);
        }

        @Test
        void takesAnythingWhenLenient() {
            upstream.lenient();
            var body = anthropic("x").without("max_tokens");

            assertThat(RawClient.post(upstream.url("/v1/messages"), body).status()).isEqualTo(200);
        }
    }

    @Nested
    class Script {

        @Test
        void queuedRepliesComeFirstAndOnlyForQuestions() {
            upstream.reply(Reply.json(503, "{}"));

            assertThat(RawClient.get(upstream.url("/v1/models")).status()).isEqualTo(200);
            assertThat(RawClient.post(upstream.url("/v1/messages"), anthropic("x")).status())
                    .isEqualTo(503);
            assertThat(RawClient.post(upstream.url("/v1/messages"), anthropic("x")).status())
                    .isEqualTo(200);
        }

        @Test
        void answersByFunctionAndStillHasTheModelsReply() {
            upstream.answerWith(r -> upstream.modelReply(r).header("x-spoilt", r.path()));

            var reply = RawClient.post(upstream.url("/v1/messages"), anthropic("[[text:hi]]"));

            assertThat(reply.header("x-spoilt")).contains("/v1/messages");
            assertThat(reply.text()).contains("\"hi\"");
        }

        @Test
        void decidesOnceForEveryShape() {
            upstream.willAsk(ModelBlock.toolUse("workspace_git_push", Json.object()))
                    .thenSay("done");

            assertThat(RawClient.post(upstream.url("/v1/messages"), anthropic("x")).text())
                    .contains("workspace_git_push");
            assertThat(RawClient.post(upstream.url("/v1/chat/completions"), openAi("x")).text())
                    .contains("\"content\":\"done\"");
        }

        @Test
        void aMistakeInAScriptIsSeen() {
            upstream.answerWith(
                    _ -> {
                        throw new IllegalStateException("oops");
                    });

            assertThat(RawClient.post(upstream.url("/v1/messages"), anthropic("x")).text())
                    .contains("oops");
        }
    }

    @Nested
    class Memory {

        @Test
        void remembersEverythingOfARequest() {
            try (var client =
                    RawClient.to(upstream.url()).header("X-Twice", "1").header("x-twice", "2")) {
                client.post("/v1/messages?beta=true&a=%20", anthropic("hello")).response();
            }

            var request = upstream.last();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/v1/messages");
            assertThat(request.queryValue("a")).contains(" ");
            assertThat(request.headerValues("x-twice")).containsExactly("1", "2");
            assertThat(request.json()).isEqualTo(anthropic("hello"));
            assertThat(request.model().turn().prompt()).isEqualTo("hello");
        }

        @Test
        void readsAChunkedBody() {
            var chunk = anthropic("hello").toString();
            var wire =
                    "POST /v1/messages HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
                            + Integer.toHexString(chunk.length())
                            + "\r\n"
                            + chunk
                            + "\r\n0\r\n\r\n";

            try (var client = RawClient.to(upstream.url())) {
                client.sendRaw(wire.getBytes(StandardCharsets.UTF_8)).response();
            }

            assertThat(upstream.last().bodyText()).isEqualTo(chunk);
        }

        @Test
        void servesManyRequestsOnOneConnection() {
            try (var client = RawClient.to(upstream.url())) {
                client.post("/v1/messages", anthropic("1")).response();
                client.post("/v1/messages", anthropic("2").with("stream", true)).response();
                client.post("/v1/messages", anthropic("3")).response();
            }

            assertThat(upstream.calls()).extracting(RecordedRequest::connection).containsOnly(1);
            assertThat(upstream.calls()).allMatch(r -> r.disconnectedNanos().isEmpty());
        }

        @Test
        void waitsForRequestsOfOtherThreads() throws InterruptedException {
            var thread =
                    Thread.startVirtualThread(
                            () -> RawClient.post(upstream.url("/v1/messages"), anthropic("x")));

            assertThat(upstream.awaitCalls(1)).hasSize(1);
            thread.join();
        }

        @Test
        void seesAtOnceThatThePeerLeft() throws IOException {
            var gate = new Gate();
            upstream.answerWith(r -> upstream.modelReply(r).holdBefore(2, gate));

            var client = ask("/v1/messages", anthropic("x").with("stream", true));
            client.nextEvent();
            long left = System.nanoTime();
            client.close();

            long seen = upstream.lastRequest().awaitDisconnect(SOON);
            assertThat(Duration.ofNanos(seen - left)).isLessThan(Duration.ofSeconds(2));
        }

        @Test
        void seesAResetBeforeTheHead() throws IOException {
            upstream.reply(Reply.silence());

            var client = ask("/v1/messages", anthropic("x"));
            upstream.awaitCalls(1);
            client.reset();

            upstream.lastRequest().awaitDisconnect(SOON);
        }
    }

    @Nested
    class Faults {
        private final Reply reply =
                Reply.sse(List.of("data: one\n\n", "data: two\n\n", "data: three\n\n"));

        private RawClient faulty(Reply faulty) {
            upstream.reply(faulty);
            return ask("/v1/messages", anthropic("x"));
        }

        @Test
        void statusBodyAndHeaders() {
            try (var client = faulty(Reply.json(418, "{\"a\":1}").header("retry-after", "7"))) {
                var response = client.response();

                assertThat(response.status()).isEqualTo(418);
                assertThat(response.text()).isEqualTo("{\"a\":1}");
                assertThat(response.header("retry-after")).contains("7");
            }
        }

        @Test
        void gatesHoldHeadEventsAndEnd() throws IOException {
            var head = new Gate();
            var second = new Gate();
            var end = new Gate();

            try (var client =
                    faulty(reply.holdHead(head).holdBefore(1, second).holdBefore(3, end))) {
                var request = upstream.awaitCalls(1).getFirst();
                assertThat(request.framesSent()).isZero();
                head.open();
                assertThat(client.nextEvent().orElseThrow().data()).isEqualTo("one");
                assertThat(request.framesSent()).isLessThanOrEqualTo(1);
                second.open();
                assertThat(client.nextEvent().orElseThrow().data()).isEqualTo("two");
                assertThat(client.nextEvent().orElseThrow().data()).isEqualTo("three");
                end.open();
                assertThat(client.nextEvent()).isEmpty();
            }
        }

        @Test
        void delays() throws IOException {
            var slow =
                    reply.delayHead(Duration.ofMillis(30))
                            .delayFirst(Duration.ofMillis(40))
                            .delayBetween(Duration.ofMillis(50));
            long start = System.nanoTime();

            try (var client = faulty(slow)) {
                client.status();
                long head = System.nanoTime();
                client.nextEvent();
                long first = System.nanoTime();
                client.events();
                long last = System.nanoTime();

                assertThat(head - start).isGreaterThan(30_000_000L);
                assertThat(first - start).isGreaterThan(70_000_000L);
                assertThat(last - start).isGreaterThan(170_000_000L);
            }
        }

        @Test
        void resetAfterEvents() throws IOException {
            try (var client = faulty(reply.cutAfterFrames(2))) {
                client.nextEvent();
                client.nextEvent();
                assertThatThrownBy(client::nextEvent).isInstanceOf(SocketException.class);
            }
        }

        @Test
        void closeAfterBytes() throws IOException {
            try (var client = faulty(reply.cutAfterBytes(16).ending(Reply.Ending.CLOSE))) {
                client.nextEvent();
                assertThatThrownBy(client::nextEvent).isInstanceOf(EOFException.class);
                assertThat(upstream.lastRequest().bytesSent()).isEqualTo(16);
            }
        }

        @Test
        void resetBeforeAnyByte() {
            try (var client = faulty(Reply.reset())) {
                assertThatThrownBy(client::status).isInstanceOf(IOException.class);
            }
        }

        @Test
        void halfClose() throws IOException {
            try (var client = faulty(reply.cutAfterFrames(1).ending(Reply.Ending.HALF_CLOSE))) {
                client.nextEvent();
                assertThatThrownBy(client::nextEvent).isInstanceOf(EOFException.class);
                assertThat(upstream.lastRequest().disconnectedNanos()).isEmpty();
            }
            upstream.lastRequest().awaitDisconnect(SOON);
        }

        @Test
        void truncatedChunk() throws IOException {
            try (var client = faulty(reply.ending(Reply.Ending.TRUNCATED_CHUNK))) {
                client.nextEvent();
                client.nextEvent();
                client.nextEvent();
                assertThatThrownBy(client::nextEvent).isInstanceOf(EOFException.class);
            }
        }

        @Test
        void wrongContentLength() {
            try (var client = faulty(Reply.json(200, "{}").contentLength(10))) {
                assertThatThrownBy(client::rest).isInstanceOf(EOFException.class);
            }
        }

        @Test
        void garbage() {
            var bytes = "SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.US_ASCII);

            try (var client = faulty(Reply.garbage(bytes))) {
                assertThatThrownBy(client::status).hasMessageContaining("not an HTTP reply");
            }
        }

        @Test
        void hangsUntilThePeerLeaves() throws IOException {
            try (var client = faulty(reply.ending(Reply.Ending.HANG))) {
                client.nextEvent();
                client.nextEvent();
                client.nextEvent();
            }
            upstream.lastRequest().awaitDisconnect(SOON);
        }

        @Test
        void endlessBodyStopsWhenThePeerLeaves() throws IOException {
            try (var client = faulty(reply.endless())) {
                for (int i = 0; i < 1000; i++) {
                    client.nextEvent();
                }
            }

            upstream.lastRequest().awaitDisconnect(SOON);
            upstream.lastRequest().awaitReplied(SOON);
            assertThat(upstream.lastRequest().framesSent()).isGreaterThanOrEqualTo(1000);
        }

        @Test
        void splitsInsideCharacters() throws IOException {
            var text = "data: Grüße 世界 👋\n\n";

            try (var client = faulty(Reply.sse(List.of(text)).splitEvery(1))) {
                assertThat(client.nextEvent().orElseThrow().data()).isEqualTo("Grüße 世界 👋");
            }
            try (var client = faulty(Reply.json(200, "äö").splitAt(1, 3))) {
                assertThat(client.response().text()).isEqualTo("äö");
            }
        }

        @Test
        void endsWithTheConnection() throws IOException {
            try (var client = faulty(reply.untilClose())) {
                assertThat(client.events()).hasSize(3);
            }
        }

        @Test
        void gzip() throws IOException {
            try (var client = faulty(reply.gzipped())) {
                assertThat(client.header("content-encoding")).contains("gzip");
                var unpacked = new GZIPInputStream(new ByteArrayInputStream(client.rest()));
                assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(reply.text());
            }
        }

        @Test
        void scriptedCutsAndErrorsHitTheMiddleOfAStream() throws IOException {
            var body = anthropic("[[streamerror:too busy]]").with("stream", true);
            try (var client = ask("/v1/messages", body)) {
                var last = client.events().getLast();
                assertThat(last.name()).isEqualTo("error");
                assertThat(last.json().get("error").text("message")).isEqualTo("too busy");
            }

            try (var client = ask("/v1/messages", anthropic("[[cut]]").with("stream", true))) {
                assertThatThrownBy(client::events).isInstanceOf(SocketException.class);
            }
            var whole = RawClient.post(upstream.url("/v1/messages"), anthropic("[[cut]]"));
            assertThat(whole.status()).isEqualTo(200);
        }

        @Test
        void scriptedErrorsCanPass() {
            var body = anthropic("[[error:529*2:too busy]]");
            var url = upstream.url("/v1/messages");

            assertThat(RawClient.post(url, body).json().get("error").text("type"))
                    .isEqualTo("overloaded_error");
            assertThat(RawClient.post(url, body).text()).contains("too busy");
            assertThat(RawClient.post(url, body).status()).isEqualTo(200);
        }
    }
}
