package io.lynkr.provider.dialect;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.provider.ClaudeModel;
import io.lynkr.provider.dialect.Edit.Adapt;
import io.lynkr.provider.dialect.Edit.Drop;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a backend of the Messages API does not take, as far as it is known beforehand: this class is
 * the table. The rest is learned from refusals ({@link LearnedLimits}).
 *
 * <table>
 * <caption>What is changed for whom</caption>
 * <tr><th>Backend</th><th>Left out</th><th>Adapted</th></tr>
 * <tr><td>Anthropic, or a relay to it</td><td>nothing</td><td>nothing</td></tr>
 * <tr><td>Databricks' native route</td><td>what its strict schema refuses; server tools</td>
 * <td>system messages in the conversation; thinking, effort and sampling by model</td></tr>
 * <tr><td>Azure AI Foundry</td><td>what its feature table lacks</td><td>the same</td></tr>
 * <tr><td>Ollama and other imitations</td><td>all betas and their fields; the billing line</td>
 * <td>system messages in the conversation; adaptive thinking</td></tr>
 * </table>
 */
public final class Capabilities {
    public static final Setting<List<String>> FEATURES_KEEP =
            Setting.list(
                    "UPSTREAM_FEATURES_KEEP",
                    "",
                    "Parts of the Messages API that the backend takes although the gateway's table"
                            + " says otherwise, such as context-management.");

    public static final Setting<List<String>> FEATURES_DROP =
            Setting.list(
                    "UPSTREAM_FEATURES_DROP",
                    "",
                    "Parts of the Messages API that the backend refuses although the gateway's"
                            + " table says otherwise; their betas and body fields are left out.");

    /** Everything passes as it came. */
    public static final Capabilities ANTHROPIC =
            new Capabilities("anthropic", Set.of(), Set.of(), false);

    /**
     * Refusals seen by users of the native route (anthropics/claude-code issues 31033, 33229,
     * 51700; databricks/unity-gateway PR 52; databricks/ucode). Unknown betas are ignored there, so
     * only those go whose fields go.
     */
    public static final Capabilities DATABRICKS =
            new Capabilities(
                    "databricks",
                    EnumSet.of(
                            Feature.CONTEXT_MANAGEMENT,
                            Feature.ADVANCED_TOOL_USE,
                            Feature.EAGER_TOOL_STREAMING,
                            Feature.CACHE_SCOPE,
                            Feature.MID_CONVERSATION_SYSTEM,
                            Feature.MID_CONVERSATION_CHANGES,
                            Feature.MCP_CONNECTOR,
                            Feature.ADVISOR,
                            Feature.WEB_SEARCH,
                            Feature.WEB_FETCH,
                            Feature.CODE_EXECUTION,
                            Feature.CONTAINER),
                    Set.of(),
                    true);

    /**
     * Foundry's feature table of November 2026, and litellm's {@code
     * anthropic_beta_headers_config.json} (MIT) for the betas. Web search depends on how the
     * resource is hosted, so its refusal is learned.
     */
    public static final Capabilities AZURE =
            new Capabilities(
                    "azure-anthropic",
                    EnumSet.of(
                            Feature.ADVISOR,
                            Feature.CACHE_DIAGNOSIS,
                            Feature.COMPACTION_EDIT,
                            Feature.EAGER_TOOL_STREAMING,
                            Feature.FAST_MODE,
                            Feature.INFERENCE_GEO,
                            Feature.LONG_OUTPUT,
                            Feature.MID_CONVERSATION_SYSTEM,
                            Feature.TASK_BUDGETS,
                            Feature.THINKING_BINDING,
                            Feature.TOKEN_EFFICIENT_TOOLS),
                    Set.of(),
                    true);

    /**
     * Servers of other models that imitate the API: vLLM, llama.cpp, LM Studio, OpenRouter and the
     * like. They know its core; {@code output_config} is left in, for those who know it honour it
     * and the others pass over it.
     */
    public static final Capabilities COMPATIBLE =
            new Capabilities("compatible", allBut(coreOfImitations()), imitations(), false);

    /** Ollama's imitation (v0.14 and later), which also runs web searches. */
    public static final Capabilities OLLAMA =
            new Capabilities("ollama", allBut(coreOfImitations()), imitations(), false);

    private final String backend;
    private final Set<Feature> refused;
    private final Set<Adapt> adapted;
    private final boolean byModel;

    /**
     * @param byModel whether the backend's models are Claude, named so that one can tell which
     */
    private Capabilities(
            String backend, Set<Feature> refused, Set<Adapt> adapted, boolean byModel) {
        this.backend = backend;
        this.refused = Set.copyOf(refused);
        this.adapted = Set.copyOf(adapted);
        this.byModel = byModel;
    }

    private static Set<Feature> coreOfImitations() {
        return EnumSet.of(
                Feature.EFFORT,
                Feature.STRUCTURED_OUTPUTS,
                Feature.WEB_SEARCH,
                Feature.WEB_FETCH,
                Feature.CODE_EXECUTION,
                Feature.METADATA);
    }

    private static Set<Feature> allBut(Set<Feature> kept) {
        return EnumSet.complementOf(EnumSet.copyOf(kept));
    }

    private static Set<Adapt> imitations() {
        return EnumSet.of(
                Adapt.DROP_ALL_BETAS, Adapt.DROP_ATTRIBUTION, Adapt.DROP_ADAPTIVE_THINKING);
    }

    /** The same with the operator's corrections; problems are left in the settings. */
    public Capabilities correctedBy(Settings settings) {
        var corrected = new LinkedHashSet<>(refused);
        corrected.removeAll(features(settings, FEATURES_KEEP));
        corrected.addAll(features(settings, FEATURES_DROP));
        return new Capabilities(backend, corrected, adapted, byModel);
    }

    private static List<Feature> features(Settings settings, Setting<List<String>> setting) {
        for (var word : settings.get(setting)) {
            if (Feature.named(word).isEmpty()) {
                settings.problem(
                        setting,
                        "'" + word + "' is no part of the Messages API",
                        "Choose from "
                                + Arrays.stream(Feature.values())
                                        .map(Feature::word)
                                        .collect(Collectors.joining(", ")));
            }
        }
        return settings.get(setting).stream()
                .flatMap(word -> Feature.named(word).stream())
                .toList();
    }

    /** The backend's name, under which its refusals are remembered. */
    String backend() {
        return backend;
    }

    /** Whether the backend is Anthropic itself, where an unknown field is the client's mistake. */
    boolean isAnthropic() {
        return backend.equals(ANTHROPIC.backend);
    }

    /** What must be changed for this model. */
    Set<Edit> editsFor(String model) {
        Set<Edit> edits = new LinkedHashSet<>(adapted);
        refused.forEach(feature -> edits.add(new Drop(feature)));
        if (byModel) {
            edits.add(Adapt.DROP_IDLE_CLEAR_THINKING);
            ClaudeModel.of(model).ifPresent(claude -> addFor(claude, edits));
        }
        return edits;
    }

    /** From Anthropic's model pages: thinking, effort and sampling differ by version. */
    private static void addFor(ClaudeModel claude, Set<Edit> edits) {
        if (!thinks(claude)) {
            edits.add(Adapt.DROP_THINKING);
        } else if (!claude.since(4, 6)) {
            edits.add(Adapt.ADAPTIVE_TO_BUDGET);
        } else if (claude.isNewGeneration()) {
            edits.add(Adapt.BUDGET_TO_ADAPTIVE);
        }
        if (claude.isOneOf("fable") || (claude.isOneOf("opus") && claude.since(5, 5))) {
            edits.add(Adapt.DROP_DISABLED_THINKING);
        }
        if (claude.isNewGeneration()) {
            edits.add(Adapt.DEFAULT_SAMPLING_ONLY);
        }
        if (!takesEffort(claude)) {
            edits.add(new Drop(Feature.EFFORT));
        }
    }

    private static boolean thinks(ClaudeModel claude) {
        return claude.since(4, 0) || (claude.isOneOf("sonnet") && claude.since(3, 7));
    }

    private static boolean takesEffort(ClaudeModel claude) {
        return claude.since(4, 6) || (claude.isOneOf("opus") && claude.since(4, 5));
    }
}
