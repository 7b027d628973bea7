package io.lynkr.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class ScriptedModelTest {
    private final ScriptedModel model = new ScriptedModel();

    @Test
    void directivesMayNest() {
        assertThat(Directive.in("do [[a]] and [[b: [[c:d]] ]] [[open"))
                .containsExactly(new Directive("a", ""), new Directive("b", " [[c:d]] "));
        assertThat(Directive.strip("do [[a]]this[[b:[[c]]]]")).isEqualTo("do this");
    }

    @Test
    void takesOneStepAfterTheOther() {
        var prompt = said("[[bash:one]][[parallel:bash:two;bash:three]][[text:done]]");

        assertThat(commands(ask(prompt))).containsExactly("one");
        assertThat(commands(ask(prompt, called("1"), answered("1", "a"))))
                .containsExactly("two", "three");
        assertThat(
                        ask(
                                prompt,
                                called("1"),
                                answered("1", "a"),
                                called("2", "3"),
                                answered("3", "c"),
                                answered("2", "b")))
                .hasToString(
                        ModelAnswer.say("done\nTools said: a\n---\nc\n---\nb").blocks().toString());
    }

    @Test
    void remindersAreNotWhatTheUserSaid() {
        var message = said("<system-reminder>[[bash:evil]]</system-reminder>");

        assertThat(ask(said("[[text:hi]]"), message)).containsExactly(new ModelBlock.Text("hi"));
    }

    @Test
    void aTextAfterResultsDoesNotStartATurn() {
        assertThat(
                        ask(
                                said("[[bash:one]][[text:done]]"),
                                called("1"),
                                answered("1", "a"),
                                said("Tool loaded.")))
                .containsExactly(new ModelBlock.Text("done\nTools said: a"));
    }

    @Test
    void recallsWhatWasSaidBefore() {
        assertThat(
                        ask(
                                said("one"),
                                new ModelRequest.Message("assistant", List.of()),
                                said("[[recall]]")))
                .containsExactly(new ModelBlock.Text("Earlier you said: one"));
    }

    private List<ModelBlock> ask(ModelRequest.Message... messages) {
        var request =
                new ModelRequest(
                        new AnthropicWire(),
                        "m",
                        true,
                        "",
                        List.of(messages),
                        List.of(new ModelRequest.Tool("Bash", "", Json.object())),
                        Optional.empty(),
                        Json.Nothing.ABSENT,
                        Json.object());
        return ((ModelAnswer.Message) model.answer(request)).blocks();
    }

    private static ModelRequest.Message said(String text) {
        return new ModelRequest.Message("user", List.of(new ModelBlock.Text(text)));
    }

    private static ModelRequest.Message called(String... ids) {
        var calls =
                List.of(ids).stream()
                        .<ModelBlock>map(id -> new ModelBlock.ToolUse(id, "Bash", Json.object()))
                        .toList();
        return new ModelRequest.Message("assistant", calls);
    }

    private static ModelRequest.Message answered(String id, String text) {
        return new ModelRequest.Message(
                "user", List.of(new ModelBlock.ToolResult(id, text, false, 0)));
    }

    private static List<String> commands(List<ModelBlock> blocks) {
        return blocks.stream()
                .map(block -> ((ModelBlock.ToolUse) block).input().text("command"))
                .toList();
    }
}
