package io.lynkr.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.util.Set;

/**
 * What must work for a user of Claude Code, whatever stands between it and the model. A subclass
 * says what that is: nothing, or a gateway in front of one backend shape. Each scenario drives the
 * real client and looks at what the user sees, what changed on disk, and what the model was told.
 */
@Timeout(180)
@NeedsRealClients
public abstract class ClaudeCodeScenarios {

    /** What some backend shapes cannot carry. A subclass names those that its way lacks. */
    protected enum Lack {
        /** Thinking is shown, but does not come back with the next request. */
        THINKING_HISTORY,
        /** No thinking at all. */
        THINKING,
        /** Pictures in tool results do not reach the model. */
        IMAGES,
        /** The model's own service does not search. */
        WEB_SEARCH,
        /** Prompt tokens are not told apart into cached and fresh ones. */
        CACHE_COUNTERS
    }

    protected final FakeUpstream upstream = new FakeUpstream();
    protected final TempWorkspace workspace = TempWorkspace.create();
    private ClaudeCli claude;

    /** Starts whatever stands in between; returns the address for the client. */
    protected abstract URI open(FakeUpstream newUpstream);

    /** Stops it again. */
    protected void shut() {}

    protected Set<Lack> lacks() {
        return Set.of();
    }

    /** Last touches to the client, for example a model name. */
    protected ClaudeCli prepare(ClaudeCli newClaude) {
        return newClaude;
    }

    @BeforeEach
    void start() {
        claude = prepare(ClaudeCli.against(open(upstream), workspace.path()));
    }

    @AfterEach
    void stop() {
        claude.close();
        shut();
        upstream.close();
        workspace.close();
    }

    protected final ClaudeCli claude() {
        return claude;
    }

    @Test
    void chats() {
        var run = claude.ask("[[text:Grüße an 世界 👋]]");

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.resultSubtype()).isEqualTo("success");
        assertThat(run.text()).isEqualTo("Grüße an 世界 👋");
        assertThat(run.usage().number("output_tokens")).isPositive();
        assertThat(upstream.calls()).hasSize(1);
    }

    @Test
    void countsWhatTheModelCounted() {
        var run = claude.ask("[[usage:100,2000,300,40]][[text:counted]]");

        assertThat(run.usage().number("output_tokens")).isEqualTo(40);
        if (lacks().contains(Lack.CACHE_COUNTERS)) {
            assertThat(
                            run.usage().number("input_tokens")
                                    + run.usage().number("cache_read_input_tokens")
                                    + run.usage().number("cache_creation_input_tokens"))
                    .isEqualTo(2400);
        } else {
            assertThat(run.usage().number("input_tokens")).isEqualTo(100);
            assertThat(run.usage().number("cache_read_input_tokens")).isEqualTo(2000);
            assertThat(run.usage().number("cache_creation_input_tokens")).isEqualTo(300);
        }
    }

    @Test
    void runsACommandAndTellsTheModelWhatItPrinted() {
        var run = claude.allow("Bash").ask("[[bash:echo from-$((40 + 2))]]");

        assertThat(run.toolNames()).containsExactly("Bash");
        assertThat(run.text()).isEqualTo("Tools said: from-42");
        assertThat(upstream.lastRequest().toolResult()).isEqualTo("from-42");
    }

    @Test
    void tellsTheModelThatACommandFailed() {
        var run = claude.allow("Bash").ask("[[bash:echo broken; exit 3]]");

        assertThat(run.toolResults().getFirst().isTrue("is_error")).isTrue();
        assertThat(run.text()).contains("Exit code 3").contains("broken");
    }

    @Test
    void readsAndEditsAFile() {
        var file = workspace.path("src/Greeter.java");

        var run =
                claude.allow("Read", "Edit")
                        .ask("[[read:" + file + "]][[edit:" + file + "|Hello|Good day]]");

        assertThat(run.toolNames()).containsExactly("Read", "Edit");
        assertThat(run.text()).contains("class Greeter");
        assertThat(workspace.read("src/Greeter.java")).contains("\"Good day \"");
    }

    @Test
    void writesAFile() {
        var file = workspace.path("notes/new.txt");

        claude.allow("Write").ask("[[write:" + file + "|Zeile \"eins\"\nzwei|\\n]]");

        assertThat(workspace.read("notes/new.txt")).isEqualTo("Zeile \"eins\"\nzwei|\\n");
    }

    @Test
    void runsSeveralToolsAtOnce() {
        var run =
                claude.allow("Bash")
                        .ask("[[parallel:bash:echo one;bash:echo two;bash:echo three]]");

        assertThat(run.toolNames()).containsExactly("Bash", "Bash", "Bash");
        assertThat(run.text()).contains("one").contains("two").contains("three");
        assertThat(upstream.lastRequest().model().turn().results()).hasSize(3);
        assertThat(upstream.calls()).hasSize(2);
    }

    @Test
    void takesManySteps() {
        var prompt = new StringBuilder();
        for (int i = 1; i <= 6; i++) {
            prompt.append("[[bash:echo step-" + i + " >> steps.txt]]");
        }

        claude.allow("Bash").ask(prompt.toString());

        assertThat(workspace.read("steps.txt").lines())
                .containsExactly("step-1", "step-2", "step-3", "step-4", "step-5", "step-6");
        assertThat(upstream.calls()).hasSize(7);
    }

    @Test
    void goesOnWithAConversation() {
        claude.ask("The word is heron");

        var run = claude.goOn("[[recall]]");

        assertThat(run.text()).contains("The word is heron");
    }

    @Test
    void goesOnAfterToolsAndThinking() {
        claude.allow("Bash").ask("[[thinking:Let me look.]][[bash:echo heron]]");

        var run = claude.goOn("[[bash:echo kingfisher]]");

        assertThat(run.text()).isEqualTo("Tools said: kingfisher");
        assertThat(upstream.lastRequest().bodyText()).contains("heron");
    }

    @Test
    void runsASubAgent() {
        var run = claude.allow("Agent", "Task", "Bash").ask("[[agent:[[bash:echo from-agent]] ]]");

        assertThat(run.text()).contains("from-agent");
        assertThat(upstream.calls()).hasSize(4);
    }

    @Test
    void searchesTheWeb() {
        assumeFalse(lacks().contains(Lack.WEB_SEARCH));

        var run = claude.allow("WebSearch").ask("[[websearch:herons]]");

        assertThat(run.text()).contains("A page about herons").contains("https://pages.example/");
    }

    @Test
    void looksAtAPicture() {
        assumeFalse(lacks().contains(Lack.IMAGES));

        var run = claude.allow("Read").ask("[[read:" + workspace.path("red.png") + "]]");

        assertThat(run.text()).contains("Images seen: 1");
    }

    @Test
    void showsThinkingAndBringsItBackUnchanged() {
        assumeFalse(lacks().contains(Lack.THINKING));

        var run = claude.allow("Bash").ask("[[thinking:Let me look.]][[bash:echo x]]");

        assertThat(run.thinking()).contains("Let me look.");
        assertThat(run.text()).isEqualTo("Tools said: x");
        if (!lacks().contains(Lack.THINKING_HISTORY)) {
            assertThat(upstream.lastRequest().bodyText())
                    .contains(AnthropicWire.signature("Let me look."));
        }
    }

    @Test
    void compactsAndStillKnows() {
        claude.ask("The word is heron");
        claude.goOn("And the other is kingfisher");
        var compacted = claude.goOn("/compact");

        var run = claude.goOn("[[recall]]");

        assertThat(compacted.system("compact_boundary")).isNotEmpty();
        assertThat(run.text()).contains("continued from a previous").contains("The word is heron");
    }

    @Test
    void showsTheContext() {
        var run = claude.ask("/context");

        assertThat(run.text()).contains("Context Usage").contains("System prompt");
        assertThat(run.isError()).isFalse();
    }

    @Test
    void answersInASchema() {
        var schema =
                "{\"type\":\"object\",\"properties\":{\"bird\":{\"type\":\"string\"}},"
                        + "\"required\":[\"bird\"]}";

        var run =
                claude.option("--json-schema", schema)
                        .ask("[[tool:StructuredOutput|{\"bird\":\"heron\"}]]");

        assertThat(run.result().get("structured_output").text("bird")).isEqualTo("heron");
    }

    @Test
    void loadsADeferredToolBeforeUse() {
        var run =
                claude.allow("WebFetch")
                        .env("ENABLE_TOOL_SEARCH", "true")
                        .ask(
                                "[[tool:ToolSearch|{\"query\":\"select:WebFetch\",\"max_results\":1}]]");

        assertThat(run.toolNames()).containsExactly("ToolSearch");
        assertThat(run.isError()).isFalse();
        assertThat(upstream.lastRequest().model().toolNamed("WebFetch")).isPresent();
    }

    @Test
    void answersACallOfAToolThatItDoesNotHave() {
        var run = claude.ask("[[tool:NoSuchTool|{}]]");

        assertThat(run.text()).contains("No such tool available");
    }

    @Test
    void continuesAfterTheOutputLimit() {
        upstream.will(ModelAnswer.say("first half").stop(ModelAnswer.Stop.MAX_TOKENS))
                .thenSay("second half");

        var run = claude.ask("go");

        assertThat(run.isError()).isFalse();
        assertThat(run.text()).contains("second half");
    }

    @Test
    void recoversFromACutStream() {
        var run = claude.ask("[[cut]][[text:Nothing was lost.]]");

        assertThat(run.isError()).isFalse();
        assertThat(run.text()).startsWith("Nothing was lost.").contains("cut off");
        assertThat(upstream.calls()).hasSizeBetween(2, 6);
    }

    @Test
    void recoversFromAFailureInsideTheStream() {
        var run = claude.ask("[[streamerror:Overloaded]][[text:Nothing was lost.]]");

        assertThat(run.isError()).isFalse();
        assertThat(run.text()).startsWith("Nothing was lost.").contains("cut off");
    }

    @Test
    void neverRunsHalfACall() {
        claude.allow("Bash").ask("[[bash:echo once >> runs.txt]][[cut]]");

        assertThat(workspace.read("runs.txt")).isEqualTo("once\n");
    }

    @Test
    void showsAnErrorThatStays() {
        var run = claude.ask("[[error:529:the model is on holiday]]");

        assertThat(run.isError()).isTrue();
        assertThat(run.text()).contains("the model is on holiday");
        assertThat(run.exitCode()).isNotZero();
    }

    @Test
    void triesAgainAfterAnErrorThatPasses() {
        var run = claude.ask("[[error:529*1]][[text:back again]]");

        assertThat(run.isError()).isFalse();
        assertThat(run.text()).isEqualTo("back again");
    }

    @Test
    void showsTheWordsOfARefusal() {
        var run = claude.ask("[[error:400:prompt is too long: 250000 tokens > 200000 maximum]]");

        assertThat(run.isError()).isTrue();
        assertThat(run.text()).containsIgnoringCase("prompt is too long");
    }
}
