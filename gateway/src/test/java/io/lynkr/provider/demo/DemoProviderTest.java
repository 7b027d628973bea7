package io.lynkr.provider.demo;

import static io.lynkr.provider.demo.DemoTalk.CLAUDE_CODE_TOOLS;
import static io.lynkr.provider.demo.DemoTalk.shown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lynkr.json.JsonObject;
import io.lynkr.message.ModelInfo;
import io.lynkr.provider.ProviderException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a client sees of the demo model. */
class DemoProviderTest {

    @ParameterizedTest
    @ValueSource(strings = {"hello", "Who are you?", "What is the meaning of life?"})
    void saysThatItIsAScriptAndWhatOneCanAsk(String prompt) throws Exception {
        var answer = shown(new DemoTalk().user(prompt));

        assertThat(answer)
                .contains("demo model built into Lynkr", "not a language model", "list files");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    list files                    | I'll list the files. Bash{"command":"ls -la","description":"Run ls -la"}
                    read a.txt                    | I'll read a.txt. Read{"file_path":"/home/me/project/a.txt"}
                    read /etc/hosts               | I'll read /etc/hosts. Read{"file_path":"/etc/hosts"}
                    write ./n.txt: hi             | I'll write ./n.txt. Write{"file_path":"/home/me/project/n.txt","content":"hi"}
                    replace a with b in f         | I'll change f. Read{"file_path":"/home/me/project/f"}
                    ask a sub-agent to list files | I'll hand this to a sub-agent. Agent{"description":"list files","prompt":"list files","subagent_type":"general-purpose"}
                    search the web for java       | I'll search the web. WebSearch{"query":"java"}
                    [[bash:echo hi]]              | Bash{"command":"echo hi","description":"Run echo hi"}
                    [[parallel:bash:a;bash:b]]    | Bash{"command":"a","description":"Run a"} Bash{"command":"b","description":"Run b"}
                    [[text:one ]][[bash:a]]       | one  Bash{"command":"a","description":"Run a"}
                    [[tool:Nobody {"x":1}]]       | Nobody{"x":1}
                    call nobody                   | I'll call `nobody`. I would call `nobody`, but this request offers no tool for that.
                    [[thinking:hm]]               | (Thinking is off, so this was not thought: hm)
                    """)
    void usesTheToolsOfClaudeCode(String prompt, String expected) throws Exception {
        var talk =
                new DemoTalk()
                        .offering(CLAUDE_CODE_TOOLS)
                        .with(
                                "system",
                                "[{\"type\":\"text\",\"text\":\"You are.\\n"
                                        + " - Primary working directory: /home/me/project\\n"
                                        + " - more\"}]")
                        .user(prompt);

        var answer = talk.ask();

        assertThat(shown(answer).strip()).isEqualTo(expected);
        boolean calls =
                answer.objects("content").stream()
                        .anyMatch(block -> block.type().equals("tool_use"));
        assertThat(answer.string("stop_reason")).hasValue(calls ? "tool_use" : "end_turn");
    }

    @Test
    void quotesTheResultOfATool() throws Exception {
        var talk = new DemoTalk().offering(CLAUDE_CODE_TOOLS).user("run echo hi");

        talk.answered(talk.ask(), "hi");

        assertThat(shown(talk)).isEqualTo("`echo hi` printed:\n\n```\nhi\n```");
    }

    @Test
    void tellsThatAToolFailed() throws Exception {
        var talk = new DemoTalk().offering(CLAUDE_CODE_TOOLS).user("run rm -rf /");

        talk.answered(talk.ask(), "The user refused.", true);

        assertThat(shown(talk))
                .isEqualTo("That did not work. `Bash` says:\n\n```\nThe user refused.\n```");
    }

    @Test
    void readsAFileBeforeItEditsIt() throws Exception {
        var talk = new DemoTalk().offering(CLAUDE_CODE_TOOLS).user("replace a with b in /f");

        var first = talk.ask();
        var second = talk.answered(first, "1\ta").ask();
        var last = talk.answered(second, "The file has been updated.").ask();

        assertThat(shown(first)).isEqualTo("I'll change /f. Read{\"file_path\":\"/f\"}");
        assertThat(shown(second))
                .isEqualTo("Edit{\"file_path\":\"/f\",\"old_string\":\"a\",\"new_string\":\"b\"}");
        assertThat(shown(last))
                .isEqualTo("Done. `Edit` says:\n\n```\nThe file has been updated.\n```");
    }

    @Test
    void editsAtOnceWhatItHasReadBefore() throws Exception {
        var talk = new DemoTalk().offering(CLAUDE_CODE_TOOLS).user("read /f");
        talk.answered(talk.ask(), "1\ta");
        talk.message("assistant", "\"ok\"").user("replace a with b in /f");

        assertThat(shown(talk)).startsWith("I'll change /f. Edit{");
    }

    @Test
    void readsAndTriesAgainOnceWhenAClientInsistsOnReadingFirst() throws Exception {
        var refusal = "File has not been read yet. Read it first before writing to it.";
        var talk = new DemoTalk().offering(CLAUDE_CODE_TOOLS).user("write /f: x");

        talk.answered(talk.ask(), refusal, true);
        var read = talk.ask();
        var again = talk.answered(read, "1\told").ask();
        var last = talk.answered(again, refusal, true).ask();

        assertThat(shown(read)).isEqualTo("Read{\"file_path\":\"/f\"}");
        assertThat(shown(again)).isEqualTo("Write{\"file_path\":\"/f\",\"content\":\"x\"}");
        assertThat(shown(last)).startsWith("That did not work.");
    }

    @Test
    void carriesOutSeveralRequestsOneAfterTheOther() throws Exception {
        var talk =
                new DemoTalk().offering(CLAUDE_CODE_TOOLS).user("run a, then run b, then say done");

        var first = talk.ask();
        var second = talk.answered(first, "A").ask();
        var last = talk.answered(second, "B").ask();

        assertThat(List.of(shown(first), shown(second), shown(last)))
                .satisfiesExactly(
                        text -> assertThat(text).contains("\"command\":\"a\""),
                        text -> assertThat(text).contains("\"command\":\"b\""),
                        text -> assertThat(text).isEqualTo("done"));
    }

    @Test
    void callsOneToolAtATimeWhenParallelCallsAreOff() throws Exception {
        var talk =
                new DemoTalk()
                        .offering(CLAUDE_CODE_TOOLS)
                        .with(
                                "tool_choice",
                                "{\"type\":\"auto\",\"disable_parallel_tool_use\":true}")
                        .user("[[parallel:bash:a;bash:b]]");

        var first = talk.ask();
        var second = talk.answered(first, "A").ask();

        assertThat(shown(first)).contains("\"a\"").doesNotContain("\"b\"");
        assertThat(shown(second)).contains("\"b\"");
    }

    @Test
    void seesOnlyWhatTheUserTyped() throws Exception {
        var talk =
                new DemoTalk()
                        .offering(CLAUDE_CODE_TOOLS)
                        .message(
                                "user",
                                """
                                [{"type":"text","text":"<system-reminder>run rm -rf</system-reminder>"},
                                 {"type":"text","text":"run pwd\\n<system-reminder>say no</system-reminder>"}]\
                                """)
                        .message("system", "\"run date\"");

        assertThat(shown(talk)).contains("\"command\":\"pwd\"");
    }

    @Test
    void takesTextAfterAToolResultAsANewRequest() throws Exception {
        var talk = new DemoTalk().offering(CLAUDE_CODE_TOOLS).user("run a");
        var call = talk.ask();
        var id = call.objects("content").getLast().string("id").orElseThrow();
        talk.message("assistant", call.array("content").orElseThrow())
                .message(
                        "user",
                        """
                        [{"type":"tool_result","tool_use_id":"%s","content":"refused","is_error":true},
                         {"type":"text","text":"[Request interrupted by user for tool use]"},
                         {"type":"text","text":"run b"}]\
                        """
                                .formatted(id));

        assertThat(shown(talk)).contains("\"command\":\"b\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    {"type":"tool","name":"record"} | hello   | record{"what":"hello","kind":"a","count":3,"when":"https://example.com/","tags":[],"deep":{"ok":false}}
                    {"type":"any"}                  | hello   | record{"what":"hello","kind":"a","count":3,"when":"https://example.com/","tags":[],"deep":{"ok":false}}
                    {"type":"any"}                  | run pwd | Bash{"command":"pwd","description":"Run pwd"}
                    {"type":"none"}                 | run pwd | I'll run `pwd`. I would run `pwd`, but this request offers no tool for that.
                    """)
    void obeysToolChoice(String choice, String prompt, String expected) throws Exception {
        var talk =
                new DemoTalk()
                        .with("tool_choice", choice)
                        .with(
                                "tools",
                                """
                                [{"name":"record","input_schema":{"type":"object",
                                  "required":["what","kind","count","when","tags","deep"],
                                  "properties":{"what":{"type":"string"},"kind":{"enum":["a","b"]},
                                    "count":{"type":"integer","minimum":3},
                                    "when":{"type":"string","format":"uri"},
                                    "tags":{"type":"array","items":{"type":"string"}},
                                    "deep":{"type":"object","required":["ok"],
                                      "properties":{"ok":{"type":["null","boolean"]}}}}}},
                                 {"name":"Bash","input_schema":{"type":"object"}}]\
                                """)
                        .user(prompt);

        assertThat(shown(talk).strip()).isEqualTo(expected);
    }

    @Test
    void findsAToolBehindAServerPrefix() throws Exception {
        var talk =
                new DemoTalk().offering("mcp__lynkr__workspace_list").user("call workspace_list");

        assertThat(shown(talk))
                .isEqualTo("I'll call `workspace_list`. mcp__lynkr__workspace_list{}");
    }

    @Test
    void thinksWhenThinkingIsAllowed() throws Exception {
        var talk =
                new DemoTalk().with("thinking", "{\"type\":\"adaptive\"}").user("think about Java");

        var blocks = talk.ask().objects("content");

        assertThat(blocks.getFirst().type()).isEqualTo("thinking");
        assertThat(blocks.getFirst().string("thinking").orElseThrow()).contains("Java", "a script");
        assertThat(blocks.getFirst().string("signature"))
                .hasValue("lynkr-demo-model-no-real-signature");
        assertThat(blocks.getLast().type()).isEqualTo("text");
    }

    @Test
    void keepsItsThoughtsBackWhenAskedTo() throws Exception {
        var talk =
                new DemoTalk()
                        .with("thinking", "{\"type\":\"adaptive\",\"display\":\"omitted\"}")
                        .user("[[thinking:secret]]");

        assertThat(shown(talk)).isEqualTo("()");
    }

    @Test
    void answersATitleRequestInTheAskedShape() throws Exception {
        var talk =
                new DemoTalk()
                        .with(
                                "output_config",
                                """
                                {"format":{"type":"json_schema","schema":{"type":"object",
                                  "required":["title"],"properties":{"title":{"type":"string"}}}}}\
                                """)
                        .user("<session>\nfix the build, then run it\n</session>");

        assertThat(shown(talk)).isEqualTo("{\"title\":\"Demo: fix the build, then run it\"}");
    }

    @Test
    void answersATitleRequestInText() throws Exception {
        var talk = new DemoTalk().with("system", "\"Write a short title.\"").user("list files");

        assertThat(shown(talk)).isEqualTo("Demo: list files");
    }

    @Test
    void listsTheRequestsWhenAskedForASummary() throws Exception {
        var talk =
                new DemoTalk()
                        .offering(CLAUDE_CODE_TOOLS)
                        .user("run pwd")
                        .message("assistant", "\"done\"")
                        .user(
                                "Your task is to create a detailed summary of the conversation so"
                                        + " far.");

        assertThat(shown(talk)).contains("<summary>", "- run pwd\n</summary>");
    }

    @Test
    void searchesTheWebWithMadeUpResults() throws Exception {
        var talk =
                new DemoTalk()
                        .with(
                                "tools",
                                "[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":8}]")
                        .with("tool_choice", "{\"type\":\"tool\",\"name\":\"web_search\"}")
                        .user("Perform a web search for the query: java 25");

        var answer = talk.ask();

        assertThat(shown(answer))
                .startsWith("web_search{\"query\":\"java 25\"} <web_search_tool_result>");
        assertThat(answer.toString()).contains("Made up by the demo model: java 25");
        assertThat(answer.object("usage").orElseThrow().toString())
                .contains("\"web_search_requests\":1");
        assertThat(answer.string("stop_reason")).hasValue("end_turn");
    }

    @Test
    void saysWhatPicturesItReceived() throws Exception {
        var talk =
                new DemoTalk()
                        .message(
                                "user",
                                """
                                [{"type":"image","source":{"type":"base64","media_type":"image/png","data":"aGFsbG8="}},
                                 {"type":"document","source":{"type":"url","url":"https://example.com/a.pdf"}},
                                 {"type":"text","text":"what is this?"}]\
                                """);

        assertThat(shown(talk))
                .startsWith(
                        "I received an image (PNG, 5 bytes) and a document"
                                + " (https://example.com/a.pdf).");
    }

    @Test
    void saysWhatPictureAToolReturned() throws Exception {
        var talk = new DemoTalk().offering(CLAUDE_CODE_TOOLS).user("read /a.png");
        var call = talk.ask();
        talk.message("assistant", call.array("content").orElseThrow())
                .message(
                        "user",
                        """
                        [{"type":"tool_result","tool_use_id":"%s","content":[{"type":"image",
                          "source":{"type":"base64","media_type":"image/png","data":"aGFsbG8="}}]}]\
                        """
                                .formatted(
                                        call.objects("content")
                                                .getLast()
                                                .string("id")
                                                .orElseThrow()));

        assertThat(shown(talk)).isEqualTo("`Read` is done. It came with an image (PNG, 5 bytes).");
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid_request_error",
        "401,authentication_error",
        "429,rate_limit_error",
        "529,overloaded_error"
    })
    void failsOnRequest(int status, String type) {
        var talk = new DemoTalk().user("fail with " + status);

        var failure = catchThrowableOfType(ProviderException.class, talk::ask);

        assertThat(failure.what()).isEqualTo(ProviderException.Cause.STATUS);
        assertThat(failure.error().status()).isEqualTo(status);
        assertThat(failure.error().type()).isEqualTo(type);
        assertThat(failure.headers().has("retry-after")).isEqualTo(status == 429);
    }

    @Test
    void breaksAStreamOffInsideABlockButNotAWholeAnswer() throws Exception {
        var talk = new DemoTalk().user("[[text:one ]][[cut]][[text:two]]");
        var events = new ArrayList<JsonObject>();

        var failure = catchThrowableOfType(ProviderException.class, () -> talk.stream(events));

        assertThat(failure.what()).isEqualTo(ProviderException.Cause.CUT);
        assertThat(events.getLast().type()).isEqualTo("content_block_delta");
        assertThat(shown(talk)).isEqualTo("one two");
    }

    @Test
    void stopsAtMaxTokens() throws Exception {
        var answer = new DemoTalk().with("max_tokens", "3").user("count to 100").ask();

        assertThat(shown(answer)).isEqualTo("1 2 3");
        assertThat(answer.string("stop_reason")).hasValue("max_tokens");
        assertThat(answer.object("usage").orElseThrow().integer("output_tokens")).hasValue(3);
    }

    @Test
    void stopsBeforeAStopSequence() throws Exception {
        var answer =
                new DemoTalk().with("stop_sequences", "[\"9\",\" 5\"]").user("count to 100").ask();

        assertThat(shown(answer)).isEqualTo("1 2 3 4");
        assertThat(answer.string("stop_reason")).hasValue("stop_sequence");
        assertThat(answer.string("stop_sequence")).hasValue(" 5");
    }

    @Test
    void doesNotFinishACallThatMaxTokensCuts() throws Exception {
        var answer =
                new DemoTalk()
                        .offering("Bash")
                        .with("max_tokens", "2")
                        .user("[[bash:echo a long command]]")
                        .ask();

        assertThat(answer.string("stop_reason")).hasValue("max_tokens");
    }

    @Test
    void givesTheSameAnswerToTheSameRequest() throws Exception {
        var once = new DemoTalk().offering(CLAUDE_CODE_TOOLS).user("run pwd").ask();
        var again = new DemoTalk().offering(CLAUDE_CODE_TOOLS).user("run pwd").ask();

        assertThat(again).isEqualTo(once);
    }

    @Test
    void countsTokensAsItsUsageDoes() throws Exception {
        var talk = new DemoTalk().user("hello");

        var counted = new DemoProvider(new DemoSettings(0), Pace.REAL).countTokens(talk.call());

        assertThat(talk.ask().object("usage").orElseThrow().integer("input_tokens"))
                .isEqualTo(counted);
        assertThat(counted.orElseThrow()).isPositive();
    }

    @Test
    void listsModelsThatClaudeCodeAccepts() {
        var models = new DemoProvider(new DemoSettings(0), Pace.REAL).models();

        assertThat(models)
                .extracting(ModelInfo::id)
                .hasSize(3)
                .allMatch(id -> id.startsWith("claude-demo-"));
    }

    @Test
    void streamsTheGoldenEvents() throws Exception {
        var talk =
                new DemoTalk()
                        .offering(CLAUDE_CODE_TOOLS)
                        .with("thinking", "{\"type\":\"adaptive\"}")
                        .user(
                                "[[thinking:Hm, grüß.]][[text:Two 😀"
                                        + " calls.]][[parallel:bash:a;bash:b]]");

        var lines = talk.stream().stream().map(JsonObject::toString).toList();

        try (var golden = getClass().getResourceAsStream("parallel-calls.jsonl")) {
            var expected =
                    new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            assertThat(lines).containsExactlyElementsOf(expected);
        }
    }
}
