package io.lynkr.provider.routing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.message.MessagesRequest;

import org.junit.jupiter.api.Test;

class SignedThinkingTest {
    private final SignedThinking thinking = new SignedThinking("main");

    @Test
    void leavesAloneWhatIsItsOwn() {
        thinking.signedBy("other", "sig-o");
        var request = request(thought("sig-o") + ",{\"type\":\"text\",\"text\":\"x\"}", "\"and?\"");

        assertThat(thinking.without(request, "other")).isSameAs(request);
        assertThat(thinking.without(request, "main").messages().get(1).objects("content"))
                .extracting(block -> block.type())
                .containsExactly("text");
    }

    @Test
    void takesUnknownThinkingForTheMainProviders() {
        var request = request(thought("sig-?") + ",{\"type\":\"text\",\"text\":\"x\"}", "\"and?\"");

        assertThat(thinking.without(request, "main")).isSameAs(request);
        assertThat(thinking.without(request, "other").bytes())
                .asString(UTF_8)
                .doesNotContain("sig-?");
    }

    @Test
    void leavesOutAnAnswerThatWasNothingElse() {
        var stripped = thinking.without(request(thought("sig-1"), "\"and?\""), "other");

        assertThat(stripped.messages()).hasSize(2);
    }

    /** With a budget, the API wants to see the thinking before the calls that wait for results. */
    @Test
    void thinksNoMoreWhereATurnGoesOnAfterForeignThinking() {
        var call = ",{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",\"input\":{}}";
        var waiting =
                request(
                        thought("sig-1") + call,
                        "[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"r\"}]");
        var over = request(thought("sig-1") + call, "\"next question\"");

        assertThat(thinking.without(waiting, "other").json().has("thinking")).isFalse();
        assertThat(thinking.without(over, "other").json().has("thinking")).isTrue();
    }

    private static String thought(String signature) {
        return "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"" + signature + "\"}";
    }

    private static MessagesRequest request(String blocks, String next) {
        return MessagesRequest.parse(
                """
                {"model":"m","max_tokens":9000,"thinking":{"type":"enabled","budget_tokens":2000},"messages":[
                 {"role":"user","content":"hi"},{"role":"assistant","content":[%s]},{"role":"user","content":%s}]}
                """
                        .formatted(blocks, next)
                        .getBytes(UTF_8));
    }
}
