package io.lynkr.provider.dialect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Parts of the Messages API that not every backend has. What belongs to one part leaves together:
 * the values in {@code anthropic-beta} (without their dates), the body fields, and the tools. A
 * backend that gets one half of such a pair refuses the request.
 */
// Lists from List.of cannot change, which their type does not tell.
@SuppressWarnings("ImmutableEnumChecker")
enum Feature {
    CONTEXT_MANAGEMENT(betas("context-management-"), fields("context_management")),

    /** One of the strategies of context management, older than the field of the same name. */
    COMPACTION_EDIT(betas("compact-2026-01-12"), fields()),
    COMPACTION(betas("compact-2026-09-"), fields("compaction")),

    EFFORT(betas("effort-"), fields("output_config.effort")),
    STRUCTURED_OUTPUTS(
            betas("structured-outputs-"),
            fields("output_config.format", "output_format", "tools.*.strict")),
    TASK_BUDGETS(betas("task-budgets-"), fields("output_config.task_budget")),

    ADVANCED_TOOL_USE(
            betas("advanced-tool-use-", "tool-search-tool-", "tool-examples-"),
            fields("tools.*.defer_loading", "tools.*.input_examples", "tools.*.allowed_callers"),
            tools("tool_search_tool_")),
    EAGER_TOOL_STREAMING(
            betas("fine-grained-tool-streaming-"), fields("tools.*.eager_input_streaming")),

    CACHE_SCOPE(
            betas("prompt-caching-scope-"),
            fields(
                    "cache_control.scope",
                    "system.*.cache_control.scope",
                    "tools.*.cache_control.scope",
                    "messages.*.content.*.cache_control.scope",
                    "messages.*.content.*.content.*.cache_control.scope")),
    AUTOMATIC_CACHING(betas(), fields("cache_control")),
    CACHE_DIAGNOSIS(betas("cache-diagnosis-"), fields("diagnostics")),

    /** Its messages are not dropped but folded into their neighbours. */
    MID_CONVERSATION_SYSTEM(betas("mid-conversation-system-"), fields()),
    MID_CONVERSATION_CHANGES(
            betas(
                    "mid-conversation-tool-changes-",
                    "mid-conversation-output-config-",
                    "inline-tools-"),
            fields()),

    THINKING_TOKEN_COUNT(betas("thinking-token-count-"), fields()),
    THINKING_BINDING(betas("thinking-binding-controls-"), fields("thinking.block_binding")),
    THINKING_DISPLAY(betas("thinking-display-updates-"), fields("thinking.display")),
    INTERLEAVED_THINKING(betas("interleaved-thinking-"), fields()),

    MCP_CONNECTOR(betas("mcp-client-"), fields("mcp_servers"), tools("mcp_toolset")),
    ADVISOR(betas("advisor-tool-"), fields(), tools("advisor_")),
    WEB_SEARCH(betas("web-search-"), fields(), tools("web_search_")),
    WEB_FETCH(betas("web-fetch-"), fields(), tools("web_fetch_")),
    CODE_EXECUTION(betas("code-execution-"), fields(), tools("code_execution_")),
    CONTAINER(betas("skills-"), fields("container")),

    FAST_MODE(betas("fast-mode-"), fields("speed")),
    FALLBACKS(
            betas("server-side-fallback-", "fallback-credit-"),
            fields("fallbacks", "fallback_credit_token")),
    THREADS(betas("message-threads-"), fields("thread")),
    SERVICE_TIER(betas(), fields("service_tier")),
    INFERENCE_GEO(betas(), fields("inference_geo")),
    BILLING_POLICY(betas(), fields("billing_policy")),
    METADATA(betas(), fields("metadata")),

    LONG_CONTEXT(betas("context-1m-"), fields()),
    LONG_OUTPUT(betas("output-128k-", "output-300k-"), fields()),
    TOKEN_EFFICIENT_TOOLS(betas("token-efficient-tools-"), fields());

    private final List<String> betas;
    private final List<String> fields;
    private final List<String> tools;

    Feature(List<String> betas, List<String> fields) {
        this(betas, fields, tools());
    }

    Feature(List<String> betas, List<String> fields, List<String> tools) {
        this.betas = betas;
        this.fields = fields;
        this.tools = tools;
    }

    private static List<String> betas(String... beginnings) {
        return List.of(beginnings);
    }

    private static List<String> fields(String... paths) {
        return List.of(paths);
    }

    private static List<String> tools(String... beginnings) {
        return List.of(beginnings);
    }

    /** Paths of the body fields. */
    List<String> paths() {
        return fields;
    }

    boolean hasBeta(String value) {
        return betas.stream().anyMatch(value::startsWith);
    }

    boolean hasTool(String type) {
        return tools.stream().anyMatch(type::startsWith);
    }

    /** Its name in settings: {@code context-management}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Feature> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    static Optional<Feature> ofBeta(String value) {
        return Arrays.stream(values()).filter(each -> each.hasBeta(value)).findFirst();
    }

    /** The feature that a field, or the part it lies in, belongs to. */
    static Optional<Feature> ofField(String path) {
        return Arrays.stream(values())
                .filter(
                        each ->
                                each.fields.stream()
                                        .anyMatch(
                                                field ->
                                                        path.equals(field)
                                                                || path.startsWith(field + ".")))
                .findFirst();
    }

    /** The features whose fields lie inside this one. */
    static List<Feature> inside(String path) {
        return Arrays.stream(values())
                .filter(each -> each.fields.stream().anyMatch(f -> f.startsWith(path + ".")))
                .toList();
    }

    static Optional<Feature> ofTool(String type) {
        return Arrays.stream(values()).filter(each -> each.hasTool(type)).findFirst();
    }
}
