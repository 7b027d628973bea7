package io.lynkr.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.provider.Translation;
import io.lynkr.testing.GoldenFile;
import io.lynkr.testing.ManualClock;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

class AnthropicDialectTest {
    private static final String HELLO =
            "{\"model\":\"claude-opus-4-8\",\"max_tokens\":64000,%s\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private final ManualClock clock = new ManualClock();
    private final LearnedLimits limits = new LearnedLimits(clock);

    static Stream<Arguments> goldenCases() {
        var backends =
                List.of(
                        Capabilities.ANTHROPIC,
                        Capabilities.DATABRICKS,
                        Capabilities.AZURE,
                        Capabilities.COMPATIBLE);
        return GoldenFile.cases("anthropic").stream()
                .flatMap(
                        name ->
                                backends.stream()
                                        .map(
                                                backend ->
                                                        Arguments.of(
                                                                name, backend.backend(), backend)));
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("goldenCases")
    void editsForEachBackendWhatItWouldRefuse(String name, String backend, Capabilities to) {
        var folder = "anthropic/" + name + "/";
        byte[] body = GoldenFile.of(folder + "request.json").read().strip().getBytes(UTF_8);
        var betas = GoldenFile.of(folder + "betas.txt").read().strip();

        var translation = dialect(to).translate(request(body), betas(betas));

        var said = new StringBuilder();
        translation.edits().forEach(edit -> said.append(edit).append('\n'));
        said.append("anthropic-beta: ")
                .append(translation.headers().first("anthropic-beta").orElse("(none)"))
                .append('\n')
                .append(new String(translation.body(), UTF_8))
                .append('\n');
        GoldenFile.of(folder + backend + ".txt").holds(said.toString());
    }

    @Property
    void passesAnyRequestToAnthropicByteForByte(@ForAll("requests") String body) {
        var request = request(body.getBytes(UTF_8));

        var translation = dialect(Capabilities.ANTHROPIC).translate(request, Headers.NONE);

        assertThat(translation.body()).isSameAs(request.bytes());
        assertThat(translation.edits()).isEmpty();
    }

    @Property
    void keepsEveryUnknownFieldWhenItEdits(@ForAll("requests") String body) {
        var request = request(body.getBytes(UTF_8));

        var translation = dialect(Capabilities.DATABRICKS).translate(request, Headers.NONE);

        assertThat(JsonObject.parse(translation.body())).isEqualTo(request.json());
        assertThat(translation.edits()).isEmpty();
    }

    /** Requests with fields at every level that nobody has heard of. */
    @Provide
    Arbitrary<String> requests() {
        var scalars =
                Arbitraries.of(
                        "null",
                        "true",
                        "1.50",
                        "-0",
                        "1e400",
                        "123456789012345678901234567890",
                        "\"\\u00e9 \\\"\\n\"",
                        "\"✓\"",
                        " [ ] ",
                        "{ }");
        Arbitrary<String> values =
                Arbitraries.lazyOf(
                        () -> scalars,
                        () -> scalars,
                        () -> scalars.map(value -> "[" + value + " ,1]"),
                        () -> extra(scalars).map(fields -> "{\"a\":1" + fields + "}"));
        return Combinators.combine(extra(values), extra(values), extra(values), extra(values))
                .as(
                        (top, message, block, tool) ->
                                """
                                { "model":"m", "max_tokens":1%s, "system":[{"type":"text","text":"s"%s}],
                                 "messages": [ {"role":"user"%s,"content":[{"type":"tomorrow"%s}]} ],
                                 "tools":[{"name":"t"%s}] }\
                                """
                                        .formatted(top, block, message, block, tool));
    }

    private static Arbitrary<String> extra(Arbitrary<String> values) {
        return Combinators.combine(Arbitraries.of("x_one", "x two", "x_né"), values)
                .as((key, value) -> ", \"" + key + "\" : " + value);
    }

    @Test
    void passesTheClientsHeadersAndFillsInAVersion() {
        var client =
                Headers.of("anthropic-beta", "a-1, b-2")
                        .with("anthropic-beta", "c-3")
                        .with("x-api-key", "client-key")
                        .with("user-agent", "claude-cli/2.1.197");

        var headers =
                dialect(Capabilities.ANTHROPIC).translate(request(HELLO, ""), client).headers();

        assertThat(headers.all("anthropic-beta")).containsExactly("a-1, b-2", "c-3");
        assertThat(headers.first("user-agent")).contains("claude-cli/2.1.197");
        assertThat(headers.first("anthropic-version")).contains("2023-06-01");
        assertThat(headers.first("content-type")).contains("application/json");
        assertThat(headers.has("x-api-key")).isFalse();
    }

    @Test
    void keepsTheClientsVersion() {
        var headers =
                dialect(Capabilities.AZURE)
                        .translate(
                                request(HELLO, ""), Headers.of("anthropic-version", "2026-10-21"))
                        .headers();

        assertThat(headers.all("anthropic-version")).containsExactly("2026-10-21");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]}",
                "{\"tools\":[{\"name\":\"a\"},{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}],"
                    + "\"tool_choice\":{\"type\":\"tool\",\"name\":\"web_search\"}}"
            })
    void refusesARequestWhoseToolTheBackendDoesNotHave(String fields) {
        var inside = fields.substring(1, fields.length() - 1) + ",";

        assertThatThrownBy(
                        () ->
                                dialect(Capabilities.DATABRICKS)
                                        .translate(request(HELLO, inside), Headers.NONE))
                .isInstanceOf(ApiException.class)
                .hasMessageContainingAll("web_search_20250305", "databricks");
    }

    @Test
    void avoidsForTheFutureWhatWasRefusedOnce() {
        var dialect = dialect(Capabilities.ANTHROPIC);
        var request = request(HELLO, "\"context_management\":{\"edits\":[]},");
        var betas = betas("context-management-2025-06-27,effort-2025-11-24");
        var refused = dialect.translate(request, betas);

        var corrected =
                refused.correctedAfter(
                                ApiError.invalidRequest(
                                        "context_management: Extra inputs are not permitted"))
                        .orElseThrow();
        var later = dialect.translate(request, betas);

        assertThat(corrected.body()).isEqualTo(request(HELLO, "").bytes());
        assertThat(corrected.headers().first("anthropic-beta")).contains("effort-2025-11-24");
        assertThat(corrected.edits())
                .containsExactly(
                        "drop:context_management", "drop-beta:context-management-2025-06-27");
        assertThat(later.edits()).isEqualTo(corrected.edits());
        assertThat(
                        corrected.correctedAfter(
                                ApiError.invalidRequest(
                                        "context_management: Extra inputs are not permitted")))
                .isEmpty();

        clock.advance(Duration.ofDays(2));

        assertThat(dialect.translate(request, betas).edits()).isEmpty();
    }

    @Test
    void remembersForThisModelOnly() {
        var dialect = dialect(Capabilities.ANTHROPIC);
        dialect.translate(request(HELLO, "\"speed\":\"fast\","), Headers.NONE)
                .correctedAfter(ApiError.invalidRequest("speed: Extra inputs are not permitted"));

        var other =
                request(HELLO.replace("claude-opus-4-8", "claude-opus-5"), "\"speed\":\"fast\",");

        assertThat(dialect.translate(other, Headers.NONE).edits()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"400, true", "422, true", "429, false", "500, false"})
    void learnsFromBadRequestsOnly(int status, boolean learns) {
        var refused =
                dialect(Capabilities.ANTHROPIC)
                        .translate(request(HELLO, "\"speed\":\"fast\","), Headers.NONE);

        var corrected =
                refused.correctedAfter(
                        new ApiError(status, "x", "speed: Extra inputs are not permitted"));

        assertThat(corrected.isPresent()).isEqualTo(learns);
    }

    @Test
    void leavesAClientsMistakeToAnthropicAndCorrectsItForOthers() {
        var error = ApiError.invalidRequest("foo.bar: Extra inputs are not permitted");
        var request = request(HELLO, "\"foo\":{\"bar\":1,\"baz\":2},");

        var atAnthropic =
                dialect(Capabilities.ANTHROPIC)
                        .translate(request, Headers.NONE)
                        .correctedAfter(error);
        var elsewhere =
                dialect(Capabilities.DATABRICKS)
                        .translate(request, Headers.NONE)
                        .correctedAfter(error);

        assertThat(atAnthropic).isEmpty();
        assertThat(elsewhere.map(Translation::edits)).contains(List.of("drop:foo.bar"));
    }

    @Test
    void followsTheBackendWhereItContradictsTheTable() {
        var dialect = dialect(Capabilities.AZURE);
        var request =
                request(
                        HELLO.replace("claude-opus-4-8", "claude-haiku-4-5"),
                        "\"thinking\":{\"type\":\"adaptive\"},");
        var budgeted = dialect.translate(request, Headers.NONE);

        var adaptive =
                budgeted.correctedAfter(
                                ApiError.invalidRequest(
                                        "\"thinking.type.enabled\" is not supported for this model."
                                                + " Use \"thinking.type.adaptive\""))
                        .orElseThrow();

        assertThat(budgeted.edits()).containsExactly("thinking:adaptive-to-enabled");
        assertThat(adaptive.edits()).isEmpty();
        assertThat(adaptive.body()).isEqualTo(request.bytes());
    }

    @Test
    void capsMaxTokensAndTheBudgetInThem() {
        var refused =
                dialect(Capabilities.ANTHROPIC)
                        .translate(
                                request(
                                        HELLO,
                                        "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":31999},"),
                                Headers.NONE);

        var corrected =
                refused.correctedAfter(
                                ApiError.invalidRequest(
                                        "max_tokens: 64000 > 8192, which is the maximum allowed"
                                                + " number of output tokens for this model"))
                        .orElseThrow();

        assertThat(corrected.edits())
                .containsExactly("cap:max_tokens=8192", "cap:thinking.budget_tokens");
        assertThat(JsonObject.parse(corrected.body()).object("thinking"))
                .contains(JsonObject.of("type", "enabled").with("budget_tokens", 8191));
    }

    @Test
    void givesUpCorrectingWhenNothingWouldBeLeft() {
        var refused =
                dialect(Capabilities.AZURE)
                        .translate(
                                request(
                                        HELLO,
                                        "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}],"),
                                Headers.NONE);

        assertThat(
                        refused.correctedAfter(
                                ApiError.invalidRequest(
                                        "server-side web search is not available:"
                                                + " web_search_20250305")))
                .isEmpty();
    }

    @Test
    void passesAWholeMessageAsItCame() throws Exception {
        byte[] body = "{ \"type\" : \"message\", \"x\":1.0 }".getBytes(UTF_8);

        assertThat(translation().whole(body)).isSameAs(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "{\"type\":\"message\"",
                "<html>busy</html>",
                "{\"error\":\"boom\"}",
                "{\"choices\":[]}"
            })
    void callsAnythingElseGarbled(String body) {
        var failure =
                catchThrowableOfType(
                        ProviderException.class, () -> translation().whole(body.getBytes(UTF_8)));

        assertThat(failure.what()).isEqualTo(Cause.GARBLED);
        assertThat(failure.error().status()).isEqualTo(502);
        assertThat(failure.error().type()).isEqualTo("api_error");
    }

    @Test
    void findsTheStatusOfAnErrorThatCameAsAnAnswer() {
        var body =
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\"}}";

        var failure =
                catchThrowableOfType(
                        ProviderException.class, () -> translation().whole(body.getBytes(UTF_8)));

        assertThat(failure.what()).isEqualTo(Cause.STATUS);
        assertThat(failure.error().status()).isEqualTo(429);
        assertThat(failure.body()).isPresent();
    }

    @Property
    void readsAnyWholeAnswerOrSaysWhyNot(@ForAll byte[] body) {
        var failure = catchThrowableOfType(Throwable.class, () -> translation().whole(body));

        assertThat(failure).isInstanceOf(ProviderException.class);
    }

    private Translation translation() {
        return dialect(Capabilities.ANTHROPIC).translate(request(HELLO, ""), Headers.NONE);
    }

    private AnthropicDialect dialect(Capabilities capabilities) {
        return new AnthropicDialect(capabilities, limits, "2023-06-01");
    }

    private static Headers betas(String values) {
        return Headers.of("anthropic-beta", values);
    }

    private static MessagesRequest request(String template, String fields) {
        return request(template.formatted(fields).getBytes(UTF_8));
    }

    private static MessagesRequest request(byte[] body) {
        return MessagesRequest.parse(body);
    }
}
