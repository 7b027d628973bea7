package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Reply;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The official Java SDK through the gateway, in front of every shape of backend. It is strict: it
 * checks that each answer has the fields that the API promises.
 */
@ParameterizedClass
@EnumSource(BackendShape.class)
class JavaSdkIT {
    @Parameter BackendShape shape;

    private final List<AnthropicClient> clients = new ArrayList<>();
    private FakeUpstream upstream;
    private TestGateway gateway;
    private AnthropicClient client;

    @BeforeEach
    void start() {
        upstream = new FakeUpstream();
        gateway = shape.inFrontOf(upstream);
        client = client(gateway, "any", 0);
    }

    @AfterEach
    void stop() {
        clients.forEach(AnthropicClient::close);
        gateway.close();
        upstream.close();
    }

    private AnthropicClient client(TestGateway of, String token, int retries) {
        var made =
                AnthropicOkHttpClient.builder()
                        .baseUrl(of.url().toString())
                        .authToken(token)
                        .maxRetries(retries)
                        .responseValidation(true)
                        .timeout(Duration.ofSeconds(20))
                        .build();
        clients.add(made);
        return made;
    }

    private static MessageCreateParams.Builder asking(String prompt) {
        return MessageCreateParams.builder()
                .model("claude-opus-4-8")
                .maxTokens(4000)
                .addUserMessage(prompt);
    }

    private Message whole(MessageCreateParams params) {
        return client.messages().create(params).validate();
    }

    private Message streamed(MessageCreateParams params) {
        var accumulator = MessageAccumulator.create();
        try (var events = client.messages().createStreaming(params)) {
            events.stream().forEach(event -> accumulator.accumulate(event.validate()));
        }
        return accumulator.message().validate();
    }

    private List<Message> bothWays(MessageCreateParams params) {
        return List.of(whole(params), streamed(params));
    }

    @Test
    void getsAWholeMessageAndTheSameAsAStream() {
        var text = "Grüße, 世界 😀. More than one piece of text.";

        for (var message : bothWays(asking("[[text:" + text + "]]").build())) {
            assertThat(message.content()).hasSize(1);
            assertThat(message.content().getFirst().asText().text()).isEqualTo(text);
            assertThat(message.stopReason()).contains(StopReason.END_TURN);
            assertThat(message.usage().outputTokens()).isPositive();
            assertThat(
                            message.usage().inputTokens()
                                    + message.usage().cacheReadInputTokens().orElse(0L)
                                    + message.usage().cacheCreationInputTokens().orElse(0L))
                    .isPositive();
        }
    }

    @Test
    void callsToolsSideBySideAndBringsTheirResultsBack() {
        var params =
                asking(
                                "[[parallel:tool:weather|{\"city\":\"Zürich \\\"old\\\""
                                        + " town\"};tool:clock|{}]]")
                        .addTool(tool("weather"))
                        .addTool(tool("clock"))
                        .build();

        for (var first : bothWays(params)) {
            assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
            var calls = calls(first);
            assertThat(calls).extracting(ToolUseBlock::name).containsExactly("weather", "clock");
            assertThat(calls).extracting(ToolUseBlock::id).doesNotHaveDuplicates();
            assertThat(calls.getFirst()._input())
                    .isEqualTo(JsonValue.from(Map.of("city", "Zürich \"old\" town")));
            assertThat(calls.getLast()._input()).isEqualTo(JsonValue.from(Map.of()));

            var results =
                    calls.stream().map(call -> result(call, call.name() + " is done")).toList();
            var next =
                    params.toBuilder()
                            .addMessage(first)
                            .addUserMessageOfContentBlockParams(results)
                            .build();
            for (var last : bothWays(next)) {
                assertThat(last.content().getFirst().asText().text())
                        .isEqualTo("Tools said: weather is done\n---\nclock is done");
            }
        }
    }

    private static Tool tool(String name) {
        var properties =
                Tool.InputSchema.Properties.builder()
                        .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                        .build();
        return Tool.builder()
                .name(name)
                .description("does " + name)
                .inputSchema(Tool.InputSchema.builder().properties(properties).build())
                .build();
    }

    private static List<ToolUseBlock> calls(Message message) {
        return message.content().stream()
                .filter(ContentBlock::isToolUse)
                .map(ContentBlock::asToolUse)
                .toList();
    }

    private static ContentBlockParam result(ToolUseBlock call, String text) {
        return ContentBlockParam.ofToolResult(
                ToolResultBlockParam.builder().toolUseId(call.id()).content(text).build());
    }

    @Test
    void showsThinking() {
        var params =
                asking("[[thinking:Let me see, carefully.]][[text:Done.]]")
                        .enabledThinking(2000)
                        .build();

        for (var message : bothWays(params)) {
            assertThat(message.content().getFirst().asThinking().thinking())
                    .isEqualTo("Let me see, carefully.");
            assertThat(message.content().getLast().asText().text()).isEqualTo("Done.");
        }
    }

    @Test
    void showsTheModelAPicture() {
        var picture =
                Base64ImageSource.builder()
                        .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                        .data("iVBORw0KGgo=")
                        .build();
        var params =
                MessageCreateParams.builder()
                        .model("claude-opus-4-8")
                        .maxTokens(100)
                        .addUserMessageOfContentBlockParams(
                                List.of(
                                        ContentBlockParam.ofImage(picture),
                                        ContentBlockParam.ofText("What is it?")))
                        .build();

        assertThat(whole(params).content().getFirst().asText().text()).contains("Images seen: 1");
    }

    @Test
    void countsTokensAndListsModels() {
        var count =
                client.messages()
                        .countTokens(
                                MessageCountTokensParams.builder()
                                        .model("claude-opus-4-8")
                                        .addUserMessage("How many tokens may this be?")
                                        .build());
        var ids = new ArrayList<String>();
        client.models().list().autoPager().forEach(model -> ids.add(model.validate().id()));

        assertThat(count.validate().inputTokens()).isBetween(1L, 1000L);
        assertThat(ids).contains("claude-sonnet-4-5");
        assertThat(client.models().retrieve("claude-sonnet-4-5").validate().id())
                .isEqualTo("claude-sonnet-4-5");
        assertThatThrownBy(() -> client.models().retrieve("no-such-model"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void seesErrorsAsTheSdksOwnTypes() {
        var seen =
                Stream.of(400, 404, 413, 429, 500, 529)
                        .flatMap(status -> failuresOf("[[error:" + status + "]]"))
                        .map(failure -> failure.getClass().getSimpleName())
                        .toList();

        assertThat(seen)
                .containsExactly(
                        "BadRequestException",
                        "BadRequestException",
                        "NotFoundException",
                        "NotFoundException",
                        "ContentTooLargeException",
                        "ContentTooLargeException",
                        "RateLimitException",
                        "RateLimitException",
                        "InternalServerException",
                        "InternalServerException",
                        "OverloadedException",
                        "OverloadedException");
    }

    private Stream<AnthropicServiceException> failuresOf(String prompt) {
        var params = asking(prompt).build();
        return Stream.of(
                        catchThrowableOfType(AnthropicServiceException.class, () -> whole(params)),
                        catchThrowableOfType(
                                AnthropicServiceException.class, () -> streamed(params)))
                .peek(
                        failure -> {
                            assertThat(failure.apiMessage())
                                    .hasValueSatisfying(
                                            text ->
                                                    assertThat(text)
                                                            .contains("a scripted failure"));
                            assertThat(failure.requestId()).isPresent();
                        });
    }

    @Test
    void seesThatItsTokenIsRefused() {
        try (var guarded = shape.inFrontOf(upstream, "ACCESS_TOKENS", "me:right")) {
            var params = asking("hi").build();

            assertThatThrownBy(() -> client(guarded, "wrong", 0).messages().create(params))
                    .isInstanceOf(UnauthorizedException.class);
            assertThat(client(guarded, "right", 0).messages().create(params).content())
                    .isNotEmpty();
        }
    }

    @Test
    void waitsAsLongAsTheBackendWants() {
        upstream.reply(
                Reply.json(429, "{\"error\":{\"message\":\"slow down\"}}")
                        .header("retry-after", "1"));

        var message = client(gateway, "any", 1).messages().create(asking("hi").build());

        assertThat(message.content().getFirst().asText().text()).isEqualTo("You said: hi");
        var calls = upstream.calls();
        assertThat(calls).hasSize(2);
        assertThat(Duration.ofNanos(calls.get(1).receivedNanos() - calls.get(0).receivedNanos()))
                .isBetween(Duration.ofMillis(990), Duration.ofSeconds(10));
    }

    @Test
    void neverTakesACutAnswerForAWholeOne() {
        var cut = asking("[[cut:always]]").build();

        assertThatThrownBy(() -> whole(cut)).isInstanceOf(AnthropicServiceException.class);
        assertThatThrownBy(() -> streamed(cut)).isInstanceOf(AnthropicException.class);
        assertThatThrownBy(() -> streamed(asking("[[streamerror:gone]]").build()))
                .isInstanceOf(AnthropicException.class);
    }

    @Test
    void cancelsTheBackendsWorkWhenItCloses() {
        long left;
        try (var events = client.messages().createStreaming(asking("[[slow:400,25]]").build())) {
            assertThat(events.stream().filter(event -> event.isContentBlockDelta()).findFirst())
                    .isPresent();
            left = System.nanoTime();
        }

        long noticed = upstream.lastRequest().awaitDisconnect(Duration.ofSeconds(5));
        assertThat(Duration.ofNanos(noticed - left)).isLessThan(Duration.ofSeconds(1));
    }
}
