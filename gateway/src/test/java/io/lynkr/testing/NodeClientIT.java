package io.lynkr.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The official TypeScript SDK straight against the fake. */
@NeedsRealClients
class NodeClientIT {

    @Test
    void streamsWithTheSdk() {
        try (var upstream = new FakeUpstream()) {
            var printed =
                    NodeClient.against(upstream.url())
                            .run(
                                    """
                                    const stream = client.messages.stream({
                                        model: 'claude-opus-4-8',
                                        max_tokens: 100,
                                        messages: [{role: 'user', content: '[[text:Grüße]]'}],
                                    });
                                    const message = await stream.finalMessage();
                                    print(message);
                                    print(stream.request_id);
                                    """);

            assertThat(printed.get(0).get("content").at(0).text("text")).isEqualTo("Grüße");
            assertThat(printed.get(0).text("stop_reason")).isEqualTo("end_turn");
            assertThat(printed.get(1).text()).startsWith("req_");
        }
    }

    @Test
    void seesErrorsWithTheSdk() {
        try (var upstream = new FakeUpstream()) {
            var printed =
                    NodeClient.against(upstream.url())
                            .run(
                                    """
                                    try {
                                        await client.messages.create({
                                            model: 'claude-opus-4-8',
                                            max_tokens: 100,
                                            messages: [{role: 'user', content: '[[error:429]]'}],
                                        });
                                    } catch (error) {
                                        print({
                                            kind: error.constructor.name,
                                            status: error.status,
                                            type: error.error.error.type,
                                            id: error.requestID,
                                        });
                                    }
                                    """);

            assertThat(printed.getFirst())
                    .isEqualTo(
                            Json.object(
                                    "kind", "RateLimitError",
                                    "status", 429,
                                    "type", "rate_limit_error",
                                    "id", "req_fake_failure"));
        }
    }
}
