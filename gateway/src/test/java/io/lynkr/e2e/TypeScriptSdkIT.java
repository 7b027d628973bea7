package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Json;
import io.lynkr.testing.NeedsRealClients;
import io.lynkr.testing.NodeClient;
import io.lynkr.testing.Reply;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;

/** The official TypeScript SDK through the gateway, in front of every shape of backend. */
@NeedsRealClients
@ParameterizedClass
@EnumSource(BackendShape.class)
class TypeScriptSdkIT {
    /** Scripts ask with {@code ask(prompt, more)}, and see a failure as {@code failure(error)}. */
    private static final String FRAME =
            """
            const ask = (prompt, more = {}) => ({
                model: 'claude-opus-4-8',
                max_tokens: 4000,
                messages: [{role: 'user', content: prompt}],
                ...more,
            });
            const failure = error => ({
                kind: error.constructor.name,
                status: error.status ?? 0,
                type: error.error?.error?.type ?? '',
                message: error.message,
            });
            const attempt = async action => {
                try {
                    print({kind: 'none', got: await action()});
                } catch (error) {
                    print(failure(error));
                }
            };
            """;

    @Parameter BackendShape shape;

    private FakeUpstream upstream;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        upstream = new FakeUpstream();
        gateway = shape.inFrontOf(upstream);
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private List<Json> run(String script) {
        return NodeClient.against(gateway.url()).run(FRAME + script);
    }

    @Test
    void getsAWholeMessageAndTheSameAsAStream() {
        var printed =
                run(
                        """
                        const prompt = ask('[[text:Grüße, 世界 😀. More than one piece of text.]]');
                        const whole = await client.messages.create(prompt);
                        const stream = client.messages.stream(prompt);
                        let text = '';
                        stream.on('text', piece => text += piece);
                        const folded = await stream.finalMessage();
                        print([whole, folded]);
                        print([text, whole._request_id, stream.request_id]);
                        """);

        var text = "Grüße, 世界 😀. More than one piece of text.";
        for (var message : printed.get(0).items()) {
            assertThat(message.text("id")).startsWith("msg_");
            assertThat(message.text("role")).isEqualTo("assistant");
            assertThat(message.get("content").items()).hasSize(1);
            assertThat(message.get("content").at(0).text("text")).isEqualTo(text);
            assertThat(message.text("stop_reason")).isEqualTo("end_turn");
            assertThat(message.get("usage").number("output_tokens")).isPositive();
            assertThat(prompt(message)).isPositive();
        }
        assertThat(printed.get(1).at(0).text()).isEqualTo(text);
        assertThat(printed.get(1).at(1).text()).isNotEmpty();
        assertThat(printed.get(1).at(2).text()).isNotEmpty();
    }

    private static long prompt(Json message) {
        var usage = message.get("usage");
        return usage.number("input_tokens")
                + usage.number("cache_read_input_tokens")
                + usage.number("cache_creation_input_tokens");
    }

    @Test
    void callsToolsSideBySideAndBringsTheirResultsBack() {
        var printed =
                run(
                        """
                        const tool = name => ({
                            name,
                            description: 'does ' + name,
                            input_schema: {
                                type: 'object',
                                properties: {city: {type: 'string'}, n: {type: 'number'}},
                            },
                        });
                        const base = ask(
                            '[[parallel:tool:weather|{"city":"Zürich \\\\"old\\\\" town","n":1.5};tool:clock|{}]]',
                            {tools: [tool('weather'), tool('clock')]});
                        for (const streamed of [true, false]) {
                            const send = params => streamed
                                ? client.messages.stream(params).finalMessage()
                                : client.messages.create(params);
                            const first = await send(base);
                            const calls = first.content.filter(block => block.type === 'tool_use');
                            const last = await send({...base, messages: [
                                ...base.messages,
                                {role: 'assistant', content: first.content},
                                {role: 'user', content: calls.map(call => ({
                                    type: 'tool_result',
                                    tool_use_id: call.id,
                                    content: call.name + ' says ' + JSON.stringify(call.input),
                                }))},
                            ]});
                            print({
                                stop: first.stop_reason,
                                ids: calls.map(call => call.id),
                                names: calls.map(call => call.name),
                                end: last.stop_reason,
                                text: last.content[0].text,
                            });
                        }
                        """);

        assertThat(printed).hasSize(2);
        for (var seen : printed) {
            assertThat(seen.text("stop")).isEqualTo("tool_use");
            assertThat(seen.get("names")).isEqualTo(Json.array("weather", "clock"));
            assertThat(seen.get("ids").items().stream().map(Json::text))
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .allMatch(id -> !id.isBlank());
            assertThat(seen.text("end")).isEqualTo("end_turn");
            assertThat(seen.text("text"))
                    .isEqualTo(
                            "Tools said: weather says {\"city\":\"Zürich \\\"old\\\""
                                    + " town\",\"n\":1.5}\n---\nclock says {}");
        }
    }

    @Test
    void showsThinking() {
        var printed =
                run(
                        """
                        const prompt = ask('[[thinking:Let me see, carefully.]][[text:Done.]]',
                            {thinking: {type: 'enabled', budget_tokens: 2000}});
                        print(await client.messages.create(prompt));
                        print(await client.messages.stream(prompt).finalMessage());
                        """);

        for (var message : printed) {
            var content = message.get("content");
            assertThat(content.at(0).text("type")).isEqualTo("thinking");
            assertThat(content.at(0).text("thinking")).isEqualTo("Let me see, carefully.");
            assertThat(content.at(1).text("text")).isEqualTo("Done.");
        }
    }

    @Test
    void showsTheModelAPicture() {
        var printed =
                run(
                        """
                        const message = await client.messages.create(ask([
                            {type: 'image', source: {
                                type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo='}},
                            {type: 'text', text: 'What is it?'},
                        ]));
                        print(message.content[0].text);
                        """);

        assertThat(printed.getFirst().text()).contains("Images seen: 1");
    }

    @Test
    void countsTokensAndListsModels() {
        var printed =
                run(
                        """
                        const {model, messages} = ask('How many tokens may this be?');
                        print((await client.messages.countTokens({model, messages})).input_tokens);
                        const ids = [];
                        for await (const model of client.models.list()) {
                            ids.push(model.id);
                        }
                        print(ids);
                        print(await client.models.retrieve('claude-sonnet-4-5'));
                        await attempt(() => client.models.retrieve('no-such-model'));
                        """);

        assertThat(printed.get(0).number()).isBetween(1L, 1000L);
        assertThat(printed.get(1).items().stream().map(Json::text)).contains("claude-sonnet-4-5");
        assertThat(printed.get(2).text("id")).isEqualTo("claude-sonnet-4-5");
        assertThat(printed.get(2).text("type")).isEqualTo("model");
        assertThat(printed.get(3).text("kind")).isEqualTo("NotFoundError");
    }

    @Test
    void seesErrorsAsTheSdksOwnTypes() {
        var printed =
                run(
                        """
                        for (const status of [400, 404, 413, 429, 500, 529]) {
                            await attempt(() => client.messages.create(ask(`[[error:${status}]]`)));
                            await attempt(() =>
                                client.messages.stream(ask(`[[error:${status}]]`)).finalMessage());
                        }
                        """);

        assertThat(printed.stream().map(seen -> seen.text("kind") + " " + seen.text("type")))
                .containsExactly(
                        "BadRequestError invalid_request_error",
                        "BadRequestError invalid_request_error",
                        "NotFoundError not_found_error",
                        "NotFoundError not_found_error",
                        "ContentTooLargeError request_too_large",
                        "ContentTooLargeError request_too_large",
                        "RateLimitError rate_limit_error",
                        "RateLimitError rate_limit_error",
                        "InternalServerError api_error",
                        "InternalServerError api_error",
                        "OverloadedError overloaded_error",
                        "OverloadedError overloaded_error");
        assertThat(printed)
                .allSatisfy(
                        seen -> assertThat(seen.text("message")).contains("a scripted failure"));
    }

    @Test
    void seesTheGatewaysOwnRefusals() {
        try (var guarded =
                shape.inFrontOf(
                        upstream, "ACCESS_TOKENS", "me:right", "REQUEST_JSON_LIMIT", "2000")) {
            var client = NodeClient.against(guarded.url());
            var script =
                    FRAME
                            + """
                            await attempt(() => client.messages.create(ask('hi')));
                            await attempt(() => client.messages.create(ask('x'.repeat(3000))));
                            await attempt(() => client.messages.create(ask('hi', {max_tokens: -1})));
                            """;

            assertThat(client.token("wrong").run(script))
                    .extracting(seen -> seen.text("kind") + " " + seen.text("type"))
                    .containsOnly("AuthenticationError authentication_error");
            assertThat(client.token("right").run(script))
                    .extracting(seen -> seen.text("kind") + " " + seen.text("type"))
                    .containsExactly(
                            "none ",
                            "ContentTooLargeError request_too_large",
                            "BadRequestError invalid_request_error");
        }
        assertThat(upstream.calls()).hasSize(1);
    }

    @Test
    void isToldThatTheGatewaysKeyIsRefused() {
        upstream.requireKey("another");

        var printed =
                NodeClient.against(gateway.url())
                        .maxRetries(2)
                        .run(FRAME + "await attempt(() => client.messages.create(ask('hi')));");

        assertThat(printed.getFirst().text("kind")).isEqualTo("InternalServerError");
        assertThat(printed.getFirst().text("message")).contains("own credentials");
        assertThat(upstream.calls()).as("x-should-retry: false").hasSize(1);
    }

    @Test
    void waitsAsLongAsTheBackendWants() {
        upstream.reply(
                Reply.json(429, "{\"error\":{\"message\":\"slow down\"}}")
                        .header("retry-after", "1"));

        var printed =
                NodeClient.against(gateway.url())
                        .maxRetries(1)
                        .run(
                                FRAME
                                        + """
                                        const message = await client.messages.create(ask('hi'));
                                        print(message.content[0].text);
                                        """);

        assertThat(printed.getFirst().text()).isEqualTo("You said: hi");
        var calls = upstream.calls();
        assertThat(calls).hasSize(2);
        assertThat(Duration.ofNanos(calls.get(1).receivedNanos() - calls.get(0).receivedNanos()))
                .isBetween(Duration.ofMillis(990), Duration.ofSeconds(10));
    }

    @Test
    void neverTakesACutAnswerForAWholeOne() {
        var printed =
                run(
                        """
                        const prompt = ask('[[cut:always]]');
                        await attempt(() => client.messages.create(prompt));
                        await attempt(() => client.messages.stream(prompt).finalMessage());
                        await attempt(async () => {
                            const kinds = [];
                            const events = await client.messages.create({...prompt, stream: true});
                            for await (const event of events) {
                                kinds.push(event.type);
                            }
                            return kinds;
                        });
                        await attempt(() =>
                            client.messages.stream(ask('[[streamerror:gone]]')).finalMessage());
                        """);

        assertThat(printed).hasSize(4);
        assertThat(printed.getFirst().text("kind")).isEqualTo("InternalServerError");
        assertThat(printed)
                .allSatisfy(
                        seen -> {
                            assertThat(seen.text("kind")).endsWith("Error");
                            assertThat(seen.text("type"))
                                    .isIn("api_error", "overloaded_error", "timeout_error");
                        });
    }

    @Test
    void cancelsTheBackendsWorkWhenItAborts() {
        var printed =
                run(
                        """
                        const stream = client.messages.stream(ask('[[slow:400,25]]'));
                        let left = 0;
                        stream.on('text', () => {
                            left = left || Date.now();
                            stream.abort();
                        });
                        await attempt(() => stream.finalMessage());
                        print(left);
                        // The connection shall end because of the abort, not with the process.
                        await new Promise(resolve => setTimeout(resolve, 1200));
                        """);

        assertThat(printed.getFirst().text("kind")).isEqualTo("APIUserAbortError");
        long noticed = upstream.lastRequest().awaitDisconnect(Duration.ofSeconds(5));
        long clock = System.currentTimeMillis() - System.nanoTime() / 1_000_000;
        assertThat(noticed / 1_000_000 + clock - printed.get(1).number()).isLessThan(1_000);
    }
}
