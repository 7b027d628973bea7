package io.lynkr.provider;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Settings;
import io.lynkr.message.MessagesRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

class ModelAliasesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    haiku=small                       | claude-haiku-4-5-20251001            | small
                    haiku=small                       | claude-3-5-haiku-latest              | small
                    haiku=small                       | anthropic/claude-haiku-4.5           | small
                    haiku=small                       | us.anthropic.claude-haiku-4-5-v1:0   | small
                    haiku=small                       | haiku                                | small
                    haiku=small                       | my-haiku                             | my-haiku
                    haiku=small                       | databricks-claude-haiku-4-5          | databricks-claude-haiku-4-5
                    haiku=small,opus=big,*=mid        | claude-opus-4-8[1m]                  | big
                    haiku=small,opus=big,*=mid        | claude-sonnet-4-5                    | mid
                    haiku=small,opus=big,*=mid        | gpt-4o                               | mid
                    claude-*=any,opus=big             | claude-opus-4-8                      | big
                    claude-opus-4-1*=old,opus=big     | claude-opus-4-1-20250805             | old
                    claude-opus-4-8=exact,opus=big    | claude-opus-4-8                      | exact
                    gpt-*=coder,gpt-4*=coder4         | gpt-4o                               | coder4
                    gpt-*=coder,gpt-4*=coder4         | gpt-5                                | coder
                    *-mini=small                      | o4-mini                              | small
                    claude-*=anthropic/claude-*       | claude-sonnet-4-5                    | anthropic/claude-sonnet-4-5
                    gpt-4o=a                          | gpt-4o-mini                          | gpt-4o-mini
                    haiku=small                       | claude-sonnet-4-5[1M]                | claude-sonnet-4-5
                    haiku=small                       | qwen2.5-coder:latest                 | qwen2.5-coder:latest
                    """)
    void findsTheMostSpecificAlias(String aliases, String asked, String model) {
        var resolved = aliases(ModelNaming.ANTHROPIC, "MODEL_ALIASES", aliases).resolve(asked);

        assertThat(resolved).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    claude-sonnet-4-5-20250929  | databricks-claude-sonnet-4-5 | dbx | claude-sonnet-4-5-20250929 | claude-sonnet-4-5-20250929
                    sonnet                      | sonnet                       | dbx | dbx                        | sonnet
                    databricks-claude-opus-4-5  | databricks-claude-opus-4-5   | databricks-claude-opus-4-5 | databricks-claude-opus-4-5 | databricks-claude-opus-4-5
                    system.ai.claude-opus-4-5   | system.ai.claude-opus-4-5    | system.ai.claude-opus-4-5 | system.ai.claude-opus-4-5 | system.ai.claude-opus-4-5
                    gpt-4o                      | gpt-4o                       | gpt-4o | gpt-4o | gpt-4o
                    """)
    void fillsInForNamesThatTheBackendCannotKnowOnly(
            String asked,
            String atDatabricks,
            String atDatabricksWithDefault,
            String atAnthropicWithDefault,
            String atAnthropic) {
        assertThat(aliases(ModelNaming.DATABRICKS).resolve(asked)).isEqualTo(atDatabricks);
        assertThat(aliases(ModelNaming.DATABRICKS, "MODEL_DEFAULT", "dbx").resolve(asked))
                .isEqualTo(atDatabricksWithDefault);
        assertThat(aliases(ModelNaming.ANTHROPIC, "MODEL_DEFAULT", "dbx").resolve(asked))
                .isEqualTo(atAnthropicWithDefault);
        assertThat(aliases(ModelNaming.ANTHROPIC).resolve(asked)).isEqualTo(atAnthropic);
    }

    @Test
    void sendsClaudeNamesToTheOneModelOfABackendOfOthers() {
        var aliases = aliases(ModelNaming.ofOthers(Optional.of("qwen3")));

        assertThat(aliases.resolve("claude-haiku-4-5")).isEqualTo("qwen3");
        assertThat(aliases.resolve("llama3.3")).isEqualTo("llama3.3");
        assertThat(aliases.names()).containsExactly("qwen3");
    }

    @Test
    void leavesClaudeNamesToABackendOfOthersThatHasNoModelOfItsOwn() {
        assertThat(aliases(ModelNaming.ofOthers(Optional.empty())).resolve("claude-haiku-4-5"))
                .isEqualTo("claude-haiku-4-5");
    }

    @Test
    void overridesEveryNameWhenToldTo() {
        var aliases =
                aliases(
                        ModelNaming.ANTHROPIC,
                        "MODEL_DEFAULT",
                        "only",
                        "MODEL_DEFAULT_OVERRIDES",
                        "true",
                        "MODEL_ALIASES",
                        "haiku=small");

        assertThat(aliases.resolve("claude-haiku-4-5")).isEqualTo("only");
        assertThat(aliases.resolve("gpt-4o")).isEqualTo("only");
    }

    @Test
    void givesOutTheExactNames() {
        var aliases =
                aliases(
                        ModelNaming.ANTHROPIC,
                        "MODEL_ALIASES",
                        "claude-fast=a,gpt-*=b,sonnet=c,*=d",
                        "MODEL_DEFAULT",
                        "e");

        assertThat(aliases.names()).containsExactly("claude-fast", "sonnet", "e");
    }

    @Test
    void changesOnlyTheModelInTheBody() {
        var request =
                MessagesRequest.parseForCounting(
                        "{ \"x\":1.0, \"model\" : \"sonnet\",\"messages\":[{\"role\":\"user\",\"content\":\"\"}] }"
                                .getBytes(UTF_8));

        var renamed = aliases(ModelNaming.ANTHROPIC, "MODEL_ALIASES", "sonnet=s5").applyTo(request);

        assertThat(new String(renamed.bytes(), UTF_8))
                .isEqualTo(
                        "{ \"x\":1.0, \"model\" :"
                                + " \"s5\",\"messages\":[{\"role\":\"user\",\"content\":\"\"}] }");
        assertThat(aliases(ModelNaming.ANTHROPIC).applyTo(request)).isSameAs(request);
    }

    @Test
    void namesEveryAliasThatIsNone() {
        var settings =
                new Settings(
                        Map.of(
                                "MODEL_ALIASES",
                                "haiku,a=b=c,=x,y=,*-*=z,q=*,a=d",
                                "MODEL_DEFAULT_OVERRIDES",
                                "true"));

        ModelAliases.from(settings, ModelNaming.ANTHROPIC);

        assertThat(settings.problems())
                .extracting(ConfigProblem::problem)
                .containsExactly(
                        "there is no MODEL_DEFAULT to send every request to",
                        "'haiku' is not an alias",
                        "'=x' is not an alias",
                        "'y=' is not an alias",
                        "'*-*=z' is not an alias",
                        "'q=*' is not an alias",
                        "'a' stands there twice");
    }

    private static ModelAliases aliases(ModelNaming naming, String... namesAndValues) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        var settings = new Settings(values);
        var aliases = ModelAliases.from(settings, naming);
        assertThat(settings.problems()).isEmpty();
        return aliases;
    }
}
