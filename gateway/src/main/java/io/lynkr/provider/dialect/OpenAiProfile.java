package io.lynkr.provider.dialect;

import io.lynkr.json.JsonObject;

import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one backend of the OpenAI chat family takes and gives, where the family's members differ.
 * Start from a preset and change what is known to be otherwise; {@link #forBackend} guesses one.
 *
 * @param name the preset's name, for logs
 * @param features what the backend can do, or needs
 * @param maxTokensField how it calls the limit of the answer: {@code max_tokens} or {@code
 *     max_completion_tokens}
 * @param limits sizes beyond which it refuses a request
 * @param reasoning how it is asked to think, and whether it wants its thoughts back
 * @param ids which identities of tool calls it takes
 * @param schemas which JSON Schema its tools may use
 * @param extraBody members that every request carries, over whatever stands there
 */
public record OpenAiProfile(
        String name,
        Set<Feature> features,
        String maxTokensField,
        Limits limits,
        Reasoning reasoning,
        Ids ids,
        SchemaScrub schemas,
        JsonObject extraBody) {
    static final String MAX_TOKENS = "max_tokens";
    static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";

    /** A yes or no about a backend. */
    public enum Feature {
        /** The body names the model; without it, the address does. */
        MODEL_IN_BODY,
        /**
         * {@code stream_options.include_usage} is understood; without it many streams tell no
         * usage.
         */
        STREAM_OPTIONS,
        /** {@code temperature} and {@code top_p} may be set. */
        SAMPLING,
        /** {@code top_k} may be set. */
        TOP_K,
        /** {@code parallel_tool_calls} is understood. */
        PARALLEL_TOOL_CALLS,
        /** A tool can be forced by name: {@code tool_choice} may be an object. */
        FORCE_BY_NAME,
        /** Some tool can be forced: {@code tool_choice} may be {@code required}. */
        FORCE_ANY,
        /** A conversation with tool calls in it must come with tools. */
        STUB_TOOLS,
        /** Function names must start with a letter or an underscore. */
        LETTER_FIRST,
        /**
         * What a long tool description loses to the limit is told at the end of the system prompt.
         */
        DESCRIPTIONS_IN_SYSTEM,
        /** {@code response_format} may hold a schema; without it, an instruction asks for JSON. */
        RESPONSE_SCHEMA,
        /** The system prompt may be a list of parts. */
        SYSTEM_PARTS,
        /** A message of nothing but text may be a list of parts. */
        TEXT_PARTS,
        /** The system prompt goes under the role {@code developer}. */
        DEVELOPER_ROLE,
        /** {@code cache_control} on parts is understood. */
        CACHE_MARKS,
        /** The model sees images. */
        IMAGES,
        /** Images may be links that the backend fetches. */
        IMAGE_LINKS,
        /** PDF files are read. */
        FILES,
        /** An assistant message that only calls tools has the content {@code null}, not "". */
        NULL_CONTENT,
        /** A user message may follow tool results. */
        USER_AFTER_TOOL,
        /** The user is told apart by a digest; without it, not at all. */
        USER_DIGEST,
        /** The model thinks aloud between {@code <think>} and {@code </think>}. */
        THINK_TAGS,
        /** {@code prompt_tokens} leaves out what the prompt cache held. */
        USAGE_WITHOUT_CACHE
    }

    /** Which identities of tool calls a backend takes; others are replaced by a digest. */
    public enum Ids {
        ANY,
        /** OpenAI and Azure: at most 40 letters, digits, {@code _} and {@code -}. */
        AT_MOST_40,
        /** Claude behind a chat route: at most 64 letters, digits, {@code _} and {@code -}. */
        AT_MOST_64,
        /** Mistral: nine letters and digits. */
        NINE_ALPHANUMERIC
    }

    /**
     * Sizes beyond which a backend refuses a request.
     *
     * @param maxOutputTokens the longest answer that may be asked for
     * @param contextWindow prompt and answer together
     * @param stops how many stop sequences
     * @param tools how many tools
     * @param toolName characters of a tool's name
     * @param toolDescription characters of a tool's description
     */
    public record Limits(
            long maxOutputTokens,
            long contextWindow,
            int stops,
            int tools,
            int toolName,
            int toolDescription) {
        /** Stands for "no limit is known". */
        public static final int NONE = Integer.MAX_VALUE;

        static final Limits USUAL = new Limits(NONE, NONE, 4, NONE, 64, NONE);

        public Limits withMaxOutputTokens(long tokens) {
            return new Limits(tokens, contextWindow, stops, tools, toolName, toolDescription);
        }

        public Limits withContextWindow(long tokens) {
            return new Limits(maxOutputTokens, tokens, stops, tools, toolName, toolDescription);
        }

        public Limits withStops(int count) {
            return new Limits(
                    maxOutputTokens, contextWindow, count, tools, toolName, toolDescription);
        }

        public Limits withTools(int count) {
            return new Limits(
                    maxOutputTokens, contextWindow, stops, count, toolName, toolDescription);
        }

        public Limits withToolDescription(int characters) {
            return new Limits(maxOutputTokens, contextWindow, stops, tools, toolName, characters);
        }
    }

    /**
     * How a backend is asked to think, and whether it wants its thoughts back.
     *
     * @param asked the field that asks for it
     * @param efforts the grades that the backend knows, from least to most
     * @param replayed what becomes of thinking in the history
     */
    public record Reasoning(Asked asked, List<String> efforts, Replayed replayed) {
        static final Reasoning NONE = new Reasoning(Asked.NOT, List.of(), Replayed.NOT);

        public Reasoning {
            efforts = List.copyOf(efforts);
        }

        /** The field that asks a backend to think. */
        public enum Asked {
            NOT,
            /** {@code reasoning_effort}. */
            EFFORT,
            /** Databricks: {@code thinking{type, budget_tokens}}. */
            BUDGET,
            /** OpenRouter: {@code reasoning{effort | max_tokens | enabled}}. */
            REASONING
        }

        /** What becomes of thinking in the history. */
        public enum Replayed {
            NOT,
            /** DeepSeek: {@code reasoning_content} of the assistant message. */
            REASONING_CONTENT,
            /** Databricks: signed reasoning parts in the content; unsigned thinking is left out. */
            SIGNED_PARTS
        }

        public Reasoning withAsked(Asked other, String... grades) {
            return new Reasoning(other, List.of(grades), replayed);
        }

        public Reasoning withReplayed(Replayed other) {
            return new Reasoning(asked, efforts, other);
        }
    }

    public OpenAiProfile {
        features =
                features.isEmpty()
                        ? Set.of()
                        : Collections.unmodifiableSet(EnumSet.copyOf(features));
        if (!maxTokensField.equals(MAX_TOKENS) && !maxTokensField.equals(MAX_COMPLETION_TOKENS)) {
            throw new IllegalArgumentException(
                    "the field for the answer's limit must be %s or %s, but is %s"
                            .formatted(MAX_TOKENS, MAX_COMPLETION_TOKENS, maxTokensField));
        }
    }

    /** OpenAI itself. */
    public static OpenAiProfile openAi() {
        return new OpenAiProfile(
                "openai",
                EnumSet.of(
                        Feature.MODEL_IN_BODY,
                        Feature.STREAM_OPTIONS,
                        Feature.SAMPLING,
                        Feature.PARALLEL_TOOL_CALLS,
                        Feature.FORCE_BY_NAME,
                        Feature.FORCE_ANY,
                        Feature.RESPONSE_SCHEMA,
                        Feature.DESCRIPTIONS_IN_SYSTEM,
                        Feature.TEXT_PARTS,
                        Feature.IMAGES,
                        Feature.IMAGE_LINKS,
                        Feature.FILES,
                        Feature.NULL_CONTENT,
                        Feature.USER_AFTER_TOOL),
                MAX_COMPLETION_TOKENS,
                Limits.USUAL.withTools(128),
                Reasoning.NONE.withAsked(Reasoning.Asked.EFFORT, "low", "medium", "high"),
                Ids.AT_MOST_40,
                SchemaScrub.OPENAI,
                JsonObject.EMPTY);
    }

    /** Azure's deployments of OpenAI models; they still refuse long descriptions. */
    public static OpenAiProfile azureOpenAi() {
        return openAi().named("azure-openai")
                .withLimits(Limits.USUAL.withTools(128).withToolDescription(1024));
    }

    /** OpenRouter, which brings its models close to one another. */
    public static OpenAiProfile openRouter() {
        return openAi().named("openrouter")
                .with(Feature.TOP_K)
                .withMaxTokensField(MAX_TOKENS)
                .withLimits(Limits.USUAL)
                .withReasoning(
                        Reasoning.NONE.withAsked(
                                Reasoning.Asked.REASONING,
                                "minimal",
                                "low",
                                "medium",
                                "high",
                                "xhigh"));
    }

    /** Claude behind Databricks' chat route, as of models that take a thinking budget. */
    public static OpenAiProfile databricksClaude() {
        return new OpenAiProfile(
                "databricks-claude",
                EnumSet.of(
                        Feature.MODEL_IN_BODY,
                        Feature.STREAM_OPTIONS,
                        Feature.SAMPLING,
                        Feature.TOP_K,
                        Feature.FORCE_BY_NAME,
                        Feature.FORCE_ANY,
                        Feature.STUB_TOOLS,
                        Feature.SYSTEM_PARTS,
                        Feature.TEXT_PARTS,
                        Feature.CACHE_MARKS,
                        Feature.IMAGES,
                        Feature.NULL_CONTENT,
                        Feature.USER_AFTER_TOOL),
                MAX_TOKENS,
                Limits.USUAL.withStops(Limits.NONE),
                Reasoning.NONE
                        .withAsked(Reasoning.Asked.BUDGET)
                        .withReplayed(Reasoning.Replayed.SIGNED_PARTS),
                Ids.AT_MOST_64,
                SchemaScrub.NONE,
                JsonObject.EMPTY);
    }

    /** Open models behind Databricks' chat route. */
    public static OpenAiProfile databricksOther() {
        return new OpenAiProfile(
                "databricks-other",
                EnumSet.of(
                        Feature.MODEL_IN_BODY,
                        Feature.STREAM_OPTIONS,
                        Feature.SAMPLING,
                        Feature.FORCE_BY_NAME,
                        Feature.FORCE_ANY,
                        Feature.RESPONSE_SCHEMA,
                        Feature.NULL_CONTENT,
                        Feature.USER_AFTER_TOOL),
                MAX_TOKENS,
                Limits.USUAL,
                Reasoning.NONE,
                Ids.AT_MOST_64,
                SchemaScrub.CONSERVATIVE,
                JsonObject.EMPTY);
    }

    /** vLLM. */
    public static OpenAiProfile vllm() {
        return local("vllm")
                .with(
                        Feature.PARALLEL_TOOL_CALLS,
                        Feature.FORCE_BY_NAME,
                        Feature.TEXT_PARTS,
                        Feature.NULL_CONTENT)
                .withSchemas(SchemaScrub.NONE);
    }

    /** The server of llama.cpp: a grammar is built from the schemas, and templates dislike null. */
    public static OpenAiProfile llamaCpp() {
        return local("llama.cpp").with(Feature.PARALLEL_TOOL_CALLS);
    }

    /** LM Studio. */
    public static OpenAiProfile lmStudio() {
        return local("lm-studio").with(Feature.THINK_TAGS);
    }

    /** DeepSeek's own service: text only, content must be a string, thoughts are wanted back. */
    public static OpenAiProfile deepSeek() {
        return conservative()
                .named("deepseek")
                .with(Feature.FORCE_BY_NAME, Feature.NULL_CONTENT)
                .without(Feature.THINK_TAGS)
                .withLimits(Limits.USUAL.withStops(16))
                .withReasoning(Reasoning.NONE.withReplayed(Reasoning.Replayed.REASONING_CONTENT))
                .withSchemas(SchemaScrub.NONE);
    }

    /** A server of which nothing is known. */
    public static OpenAiProfile conservative() {
        return new OpenAiProfile(
                "conservative",
                EnumSet.of(
                        Feature.MODEL_IN_BODY,
                        Feature.STREAM_OPTIONS,
                        Feature.SAMPLING,
                        Feature.FORCE_ANY,
                        Feature.USER_AFTER_TOOL,
                        Feature.THINK_TAGS),
                MAX_TOKENS,
                Limits.USUAL,
                Reasoning.NONE,
                Ids.AT_MOST_40,
                SchemaScrub.CONSERVATIVE,
                JsonObject.EMPTY);
    }

    private static OpenAiProfile local(String name) {
        return conservative()
                .named(name)
                .with(Feature.TOP_K, Feature.RESPONSE_SCHEMA)
                .without(Feature.THINK_TAGS)
                .withLimits(Limits.USUAL.withStops(Limits.NONE))
                .withIds(Ids.ANY)
                .withSchemas(SchemaScrub.GRAMMAR);
    }

    /**
     * Guesses how a backend behaves from where it is and which model is asked for; what it does not
     * recognise is treated as {@link #conservative}.
     *
     * <ul>
     *   <li>The host decides for the well-known services (OpenAI, Azure, OpenRouter, DeepSeek,
     *       Mistral, Google) and Databricks workspaces, of which also the path {@code
     *       /serving-endpoints/} or {@code /ai-gateway/} tells.
     *   <li>The port decides for servers on their usual ones: 1234 LM Studio, 8080 llama.cpp, 8000
     *       vLLM; so does a host name that contains theirs, such as {@code vllm.internal}.
     *   <li>The model's name then refines it: OpenAI's thinking models take no sampling and no stop
     *       sequences, older ones do not think; Claude from 4.7 on takes neither sampling nor a
     *       budget; names of models that see switch images on for servers that could have any
     *       model.
     * </ul>
     */
    public static OpenAiProfile forBackend(URI base, String model) {
        var host = base.getHost() == null ? "" : base.getHost().toLowerCase(Locale.ROOT);
        var path = base.getPath() == null ? "" : base.getPath();
        var name = model.toLowerCase(Locale.ROOT);
        if (isDatabricks(host, path)) {
            return forDatabricks(path, model);
        }
        if (host.endsWith(".azure.com")) {
            return refinedForOpenAi(azureOpenAi(), name);
        }
        return switch (host) {
            case "api.openai.com" -> refinedForOpenAi(openAi(), name);
            case "openrouter.ai" -> refinedForOpenRouter(name);
            case "api.deepseek.com" -> refinedForDeepSeek(name);
            case "api.mistral.ai" ->
                    conservative()
                            .named("mistral")
                            .without(Feature.USER_AFTER_TOOL, Feature.STREAM_OPTIONS)
                            .withIds(Ids.NINE_ALPHANUMERIC);
            case "generativelanguage.googleapis.com" ->
                    gemini(conservative().named("gemini").with(Feature.IMAGES));
            default -> refinedForAnyModel(byPort(host, base.getPort()), name);
        };
    }

    private static boolean isDatabricks(String host, String path) {
        return host.endsWith(".databricks.com")
                || host.endsWith(".azuredatabricks.net")
                || path.contains("/serving-endpoints/")
                || path.contains("/ai-gateway/");
    }

    /**
     * How a workspace of Databricks behaves, at whatever host name it goes by.
     *
     * @param path the path of the chat route
     */
    public static OpenAiProfile forDatabricks(String path, String model) {
        var name = model.toLowerCase(Locale.ROOT);
        var profile =
                name.contains("claude")
                        ? refinedForClaude(databricksClaude(), name)
                        : databricksOfOthers(name);
        // The AI gateway, and endpoints for models that are hosted elsewhere, refuse unknown
        // fields.
        if (path.contains("/ai-gateway/") || !name.startsWith("databricks-")) {
            profile = profile.without(Feature.STREAM_OPTIONS);
        }
        return path.endsWith("/invocations") ? profile.without(Feature.MODEL_IN_BODY) : profile;
    }

    private static OpenAiProfile databricksOfOthers(String model) {
        if (model.contains("gemini")) {
            return gemini(databricksOther().with(Feature.IMAGES));
        }
        if (model.contains("gpt-") && !model.contains("gpt-oss")) {
            return refinedForOpenAi(
                    databricksOther()
                            .with(Feature.IMAGES, Feature.TEXT_PARTS)
                            .withReasoning(openAi().reasoning())
                            .withSchemas(SchemaScrub.OPENAI),
                    model);
        }
        return refinedForAnyModel(databricksOther(), model);
    }

    private static OpenAiProfile gemini(OpenAiProfile profile) {
        return profile.with(Feature.LETTER_FIRST)
                .without(Feature.STREAM_OPTIONS, Feature.THINK_TAGS)
                .withSchemas(SchemaScrub.GEMINI);
    }

    private static OpenAiProfile byPort(String host, int port) {
        if (port == 1234 || host.contains("lmstudio") || host.contains("lm-studio")) {
            return lmStudio();
        }
        if (port == 8000 || host.contains("vllm")) {
            return vllm();
        }
        return port == 8080 || host.contains("llama") ? llamaCpp() : conservative();
    }

    private static final Pattern OPENAI_THINKS = Pattern.compile("(^|[/-])(o\\d|gpt-[5-9])");
    private static final Pattern OPENAI_CHATS = Pattern.compile("gpt-(3|4)|chatgpt");
    private static final Pattern CLAUDE_WITH_BUDGET =
            Pattern.compile(
                    "claude-(3|2|instant)|(opus|sonnet|haiku)-4$|(opus|sonnet|haiku)-4-([0-6]($|\\D)|\\d{8})");
    private static final Pattern CLAUDE_UNFORCED =
            Pattern.compile("(opus|sonnet|haiku)-5-5|fable-5-[12]|mythos-5-[12]");
    private static final Pattern SEES =
            Pattern.compile(
                    "vision|-vl|vl-|llava|pixtral|gemma-?3|gemma-?4|llama-?4|minicpm-v|internvl|gpt-4o|gpt-[5-9]|claude|gemini|qwen3\\.5");

    private static OpenAiProfile refinedForOpenAi(OpenAiProfile profile, String model) {
        if (OPENAI_CHATS.matcher(model).find()) {
            return profile.withReasoning(Reasoning.NONE)
                    .withLimits(profile.limits.withToolDescription(1024));
        }
        if (OPENAI_THINKS.matcher(model).find()) {
            return profile.without(Feature.SAMPLING)
                    .withMaxTokensField(MAX_COMPLETION_TOKENS)
                    .withLimits(profile.limits.withStops(0));
        }
        return profile;
    }

    private static OpenAiProfile refinedForOpenRouter(String model) {
        if (model.contains("claude")) {
            return unforced(
                    openRouter()
                            .with(Feature.CACHE_MARKS, Feature.SYSTEM_PARTS)
                            .withSchemas(SchemaScrub.NONE),
                    model);
        }
        return model.contains("gemini")
                ? openRouter()
                        .with(Feature.CACHE_MARKS, Feature.SYSTEM_PARTS)
                        .withSchemas(SchemaScrub.GEMINI)
                : openRouter();
    }

    private static OpenAiProfile refinedForDeepSeek(String model) {
        return model.contains("reasoner")
                ? deepSeek().without(Feature.SAMPLING, Feature.FORCE_BY_NAME, Feature.FORCE_ANY)
                : deepSeek();
    }

    private static OpenAiProfile refinedForClaude(OpenAiProfile profile, String model) {
        return CLAUDE_WITH_BUDGET.matcher(model).find()
                ? profile
                : unforced(
                        profile.without(Feature.SAMPLING, Feature.TOP_K)
                                .withReasoning(profile.reasoning.withAsked(Reasoning.Asked.NOT)),
                        model);
    }

    private static OpenAiProfile unforced(OpenAiProfile profile, String model) {
        return CLAUDE_UNFORCED.matcher(model).find()
                ? profile.without(Feature.FORCE_BY_NAME, Feature.FORCE_ANY)
                : profile;
    }

    private static OpenAiProfile refinedForAnyModel(OpenAiProfile profile, String model) {
        var refined = profile;
        if (SEES.matcher(model).find()) {
            refined = refined.with(Feature.IMAGES, Feature.TEXT_PARTS);
        }
        return model.contains("gpt-oss")
                ? refined.withReasoning(
                        refined.reasoning.withAsked(
                                Reasoning.Asked.EFFORT, "low", "medium", "high"))
                : refined;
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    public OpenAiProfile named(String other) {
        return new OpenAiProfile(
                other, features, maxTokensField, limits, reasoning, ids, schemas, extraBody);
    }

    public OpenAiProfile with(Feature... more) {
        var all = EnumSet.noneOf(Feature.class);
        all.addAll(features);
        all.addAll(List.of(more));
        return withFeatures(all);
    }

    public OpenAiProfile without(Feature... fewer) {
        var rest = EnumSet.noneOf(Feature.class);
        rest.addAll(features);
        rest.removeAll(List.of(fewer));
        return withFeatures(rest);
    }

    private OpenAiProfile withFeatures(Set<Feature> others) {
        return new OpenAiProfile(
                name, others, maxTokensField, limits, reasoning, ids, schemas, extraBody);
    }

    public OpenAiProfile withMaxTokensField(String other) {
        return new OpenAiProfile(name, features, other, limits, reasoning, ids, schemas, extraBody);
    }

    public OpenAiProfile withLimits(Limits others) {
        return new OpenAiProfile(
                name, features, maxTokensField, others, reasoning, ids, schemas, extraBody);
    }

    public OpenAiProfile withReasoning(Reasoning other) {
        return new OpenAiProfile(
                name, features, maxTokensField, limits, other, ids, schemas, extraBody);
    }

    public OpenAiProfile withIds(Ids other) {
        return new OpenAiProfile(
                name, features, maxTokensField, limits, reasoning, other, schemas, extraBody);
    }

    public OpenAiProfile withSchemas(SchemaScrub other) {
        return new OpenAiProfile(
                name, features, maxTokensField, limits, reasoning, ids, other, extraBody);
    }

    public OpenAiProfile withExtraBody(JsonObject members) {
        return new OpenAiProfile(
                name, features, maxTokensField, limits, reasoning, ids, schemas, members);
    }
}
