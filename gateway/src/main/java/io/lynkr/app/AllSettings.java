package io.lynkr.app;

import io.lynkr.agent.PriceSettings;
import io.lynkr.agent.ToolSettings;
import io.lynkr.cache.CacheSettings;
import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Misspellings;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.http.HttpSettings;
import io.lynkr.http.MonitoringSettings;
import io.lynkr.http.SheddingSettings;
import io.lynkr.http.ShutdownSettings;
import io.lynkr.mcp.host.HostSettings;
import io.lynkr.policy.McpPermissions;
import io.lynkr.policy.PolicySettings;
import io.lynkr.policy.SandboxSettings;
import io.lynkr.provider.BreakerSettings;
import io.lynkr.provider.ConnectionSettings;
import io.lynkr.provider.LimitSettings;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.ProviderSettings;
import io.lynkr.provider.RetrySettings;
import io.lynkr.provider.UpstreamProxies;
import io.lynkr.provider.UpstreamTrust;
import io.lynkr.provider.anthropic.AnthropicSettings;
import io.lynkr.provider.azure.AzureSettings;
import io.lynkr.provider.databricks.DatabricksSettings;
import io.lynkr.provider.demo.DemoSettings;
import io.lynkr.provider.dialect.Capabilities;
import io.lynkr.provider.ollama.OllamaSettings;
import io.lynkr.provider.openai.AzureOpenAiSettings;
import io.lynkr.provider.openai.OpenAiSettings;
import io.lynkr.provider.routing.Ladders;
import io.lynkr.session.TranscriptSettings;
import io.lynkr.store.StoreSettings;
import io.lynkr.tool.test.TestSettings;
import io.lynkr.tool.web.WebSettings;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting there is, grouped by what it is about. A new setting is one line here. */
public final class AllSettings {

    /**
     * Settings that belong together.
     *
     * @param title for people, as a heading
     * @param settings in the order in which one would read about them
     */
    public record Group(String title, List<Setting<?>> settings) {
        public Group {
            settings = List.copyOf(settings);
        }

        private static Group of(String title, Setting<?>... settings) {
            return new Group(title, List.of(settings));
        }
    }

    private static final List<Group> GROUPS =
            List.of(
                    Group.of(
                            "Backend",
                            ProviderSettings.MODEL_PROVIDER,
                            ModelAliases.MODEL_ALIASES,
                            ModelAliases.MODEL_DEFAULT,
                            ModelAliases.MODEL_DEFAULT_OVERRIDES),
                    Group.of(
                            "Several backends",
                            Ladders.MODEL_ROUTES,
                            Ladders.ROUTING_LONG_CONTEXT_TOKENS,
                            Ladders.PREFER_OLLAMA,
                            Ladders.OLLAMA_MAX_TOOLS_FOR_ROUTING,
                            Ladders.FALLBACK_ENABLED,
                            Ladders.FALLBACK_PROVIDER),
                    Group.of(
                            "Databricks",
                            DatabricksSettings.API_BASE,
                            DatabricksSettings.API_KEY,
                            DatabricksSettings.CLIENT_ID,
                            DatabricksSettings.CLIENT_SECRET,
                            DatabricksSettings.ENDPOINT_PATH,
                            DatabricksSettings.DIALECT),
                    Group.of(
                            "Anthropic models on Azure",
                            AzureSettings.ENDPOINT,
                            AzureSettings.API_KEY,
                            AzureSettings.AUTH_TOKEN,
                            AzureSettings.TENANT_ID,
                            AzureSettings.CLIENT_ID,
                            AzureSettings.CLIENT_SECRET,
                            AzureSettings.AUTHORITY_HOST,
                            AzureSettings.SCOPE,
                            AzureSettings.VERSION),
                    Group.of(
                            "Anthropic",
                            AnthropicSettings.URL,
                            AnthropicSettings.API_KEY,
                            AnthropicSettings.AUTH_TOKEN,
                            AnthropicSettings.KIND),
                    Group.of(
                            "OpenAI and compatible servers",
                            OpenAiSettings.BASE_URL,
                            OpenAiSettings.API_KEY,
                            OpenAiSettings.MODEL,
                            OpenAiSettings.EXTRA_HEADERS),
                    Group.of(
                            "OpenAI models on Azure",
                            AzureOpenAiSettings.ENDPOINT,
                            AzureOpenAiSettings.API_KEY,
                            AzureOpenAiSettings.DEPLOYMENT,
                            AzureOpenAiSettings.VERSION),
                    Group.of(
                            "Ollama",
                            OllamaSettings.ENDPOINT,
                            OllamaSettings.API_KEY,
                            OllamaSettings.MODEL,
                            OllamaSettings.DIALECT,
                            OllamaSettings.NUM_CTX),
                    Group.of("Demo", DemoSettings.TOKENS_PER_SECOND),
                    Group.of(
                            "Calls to the backend",
                            ProviderSettings.UPSTREAM_CONNECT_TIMEOUT_MS,
                            ProviderSettings.UPSTREAM_FIRST_BYTE_TIMEOUT_MS,
                            ProviderSettings.UPSTREAM_IDLE_TIMEOUT_MS,
                            ProviderSettings.UPSTREAM_CONTENT_TIMEOUT_MS,
                            ProviderSettings.UPSTREAM_FINISH_TIMEOUT_MS,
                            ProviderSettings.UPSTREAM_TOTAL_TIMEOUT_MS,
                            ConnectionSettings.UPSTREAM_MAX_SOCKETS,
                            ConnectionSettings.UPSTREAM_KEEP_ALIVE_MS,
                            UpstreamProxies.HTTPS_PROXY,
                            UpstreamProxies.HTTP_PROXY,
                            UpstreamProxies.NO_PROXY,
                            UpstreamTrust.UPSTREAM_CA_FILE,
                            Capabilities.FEATURES_KEEP,
                            Capabilities.FEATURES_DROP,
                            LimitSettings.UPSTREAM_QUEUE_SIZE,
                            LimitSettings.UPSTREAM_QUEUE_TIMEOUT_MS),
                    Group.of(
                            "When the backend fails",
                            RetrySettings.API_RETRY_MAX_RETRIES,
                            RetrySettings.API_RETRY_INITIAL_DELAY,
                            RetrySettings.API_RETRY_MAX_DELAY,
                            RetrySettings.API_RETRY_STOPS_CLIENT,
                            BreakerSettings.CIRCUIT_BREAKER_FAILURE_THRESHOLD,
                            BreakerSettings.CIRCUIT_BREAKER_SUCCESS_THRESHOLD,
                            BreakerSettings.CIRCUIT_BREAKER_TIMEOUT),
                    Group.of(
                            "Response cache",
                            CacheSettings.PROMPT_CACHE_ENABLED,
                            CacheSettings.PROMPT_CACHE_TTL_MS,
                            CacheSettings.PROMPT_CACHE_MAX_ENTRIES,
                            CacheSettings.PROMPT_CACHE_MAX_BYTES,
                            CacheSettings.PROMPT_CACHE_SHOW_CREATION),
                    Group.of(
                            "Server",
                            HttpSettings.PORT,
                            HttpSettings.HOST,
                            HttpSettings.ACCESS_TOKENS,
                            HttpSettings.REQUEST_JSON_LIMIT,
                            HttpSettings.ALLOWED_HOSTS,
                            HttpSettings.STREAM_PING_INTERVAL_MS),
                    Group.of(
                            "Overload and the end",
                            SheddingSettings.LOAD_SHEDDING_ACTIVE_REQUESTS_THRESHOLD,
                            SheddingSettings.LOAD_SHEDDING_HEAP_THRESHOLD,
                            SheddingSettings.LOAD_SHEDDING_MEMORY_THRESHOLD,
                            ShutdownSettings.SHUTDOWN_DRAIN_DELAY_MS,
                            ShutdownSettings.GRACEFUL_SHUTDOWN_TIMEOUT),
                    Group.of(
                            "Monitoring",
                            LogSettings.LOG_LEVEL,
                            LogSettings.LOG_FORMAT,
                            MonitoringSettings.REQUEST_LOGGING_ENABLED,
                            MonitoringSettings.METRICS_ENABLED,
                            Telemetry.ENDPOINT,
                            MonitoringSettings.HEALTH_CHECK_ENABLED,
                            PriceSettings.MODEL_PRICES),
                    Group.of(
                            "The gateway's own tools",
                            WorkspaceSettings.WORKSPACE_ROOT,
                            ToolSettings.TOOLS_INJECT,
                            ToolSettings.TOOLS_BY_NAME,
                            ToolSettings.TOOLS_SHOW),
                    Group.of(
                            "What is remembered",
                            StoreSettings.DATA_DIR,
                            StoreSettings.SESSION_DB_PATH,
                            IndexSettings.CLAUDE_MD,
                            StoreSettings.SESSION_DB_URL,
                            StoreSettings.SESSION_DB_MAX_CONNECTIONS,
                            TranscriptSettings.SESSION_TRANSCRIPTS,
                            TranscriptSettings.SESSION_RETENTION_DAYS,
                            TranscriptSettings.SESSION_RETENTION_MB,
                            StoreSettings.XDG_DATA_HOME),
                    Group.of(
                            "What tools may do",
                            PolicySettings.MAX_STEPS,
                            PolicySettings.MAX_TOOL_CALLS,
                            PolicySettings.DISALLOWED_TOOLS,
                            PolicySettings.GIT_ALLOW_PUSH,
                            PolicySettings.GIT_ALLOW_PULL,
                            PolicySettings.GIT_ALLOW_COMMIT,
                            PolicySettings.GIT_REQUIRE_TESTS,
                            PolicySettings.GIT_TEST_COMMAND,
                            PolicySettings.GIT_COMMIT_REGEX,
                            PolicySettings.GIT_AUTOSTASH,
                            PolicySettings.GIT_PROTECTED_BRANCHES,
                            PolicySettings.GIT_SCAN_SECRETS,
                            PolicySettings.FILE_ALLOWED_PATHS,
                            PolicySettings.FILE_BLOCKED_PATHS,
                            PolicySettings.SAFE_COMMANDS_ENABLED,
                            PolicySettings.SAFE_COMMANDS_CONFIG),
                    Group.of(
                            "Tests of the workspace",
                            TestSettings.COMMAND,
                            TestSettings.ARGS,
                            TestSettings.TIMEOUT_MS,
                            TestSettings.SANDBOX,
                            TestSettings.COVERAGE_FILES,
                            TestSettings.REPORT_FILES,
                            TestSettings.PROFILES),
                    Group.of(
                            "The web",
                            WebSettings.WEB_SEARCH_PROVIDER,
                            WebSettings.WEB_SEARCH_ENDPOINT,
                            WebSettings.WEB_SEARCH_API_KEY,
                            WebSettings.WEB_SEARCH_TIMEOUT_MS,
                            WebSettings.WEB_SEARCH_MAX_RETRIES,
                            WebSettings.WEB_SEARCH_ALLOW_ALL,
                            WebSettings.WEB_SEARCH_ALLOWED_HOSTS,
                            WebSettings.WEB_FETCH_PRIVATE_HOSTS,
                            WebSettings.WEB_FETCH_MAX_BYTES,
                            WebSettings.WEB_FETCH_BODY_PREVIEW_MAX,
                            ToolSettings.POLICY_WEB_FALLBACK),
                    Group.of(
                            "MCP servers",
                            HostSettings.ENABLED,
                            HostSettings.MANIFEST,
                            HostSettings.MANIFEST_DIRS,
                            HostSettings.SOURCES,
                            HostSettings.SANDBOX,
                            HostSettings.START_TIMEOUT_MS,
                            HostSettings.CALL_TIMEOUT_MS,
                            HostSettings.IDLE_STOP_MS,
                            HostSettings.RESULT_LIMIT,
                            McpPermissions.ALLOW,
                            McpPermissions.DENY,
                            McpPermissions.READ_ONLY),
                    Group.of(
                            "Where commands run",
                            SandboxSettings.ENABLED,
                            SandboxSettings.IMAGE,
                            SandboxSettings.RUNTIME,
                            SandboxSettings.CONTAINER_WORKSPACE,
                            SandboxSettings.MOUNT_WORKSPACE,
                            SandboxSettings.ALLOW_NETWORKING,
                            SandboxSettings.NETWORK_MODE,
                            SandboxSettings.PASSTHROUGH_ENV,
                            SandboxSettings.EXTRA_MOUNTS,
                            SandboxSettings.TIMEOUT_MS,
                            SandboxSettings.USER,
                            SandboxSettings.ENTRYPOINT,
                            SandboxSettings.REUSE_SESSION,
                            SandboxSettings.READ_ONLY_ROOT,
                            SandboxSettings.NO_NEW_PRIVILEGES,
                            SandboxSettings.DROP_CAPABILITIES,
                            SandboxSettings.ADD_CAPABILITIES,
                            SandboxSettings.MEMORY_LIMIT,
                            SandboxSettings.CPU_LIMIT,
                            SandboxSettings.PIDS_LIMIT,
                            SandboxSettings.PERMISSION_MODE,
                            SandboxSettings.PERMISSION_ALLOW,
                            SandboxSettings.PERMISSION_DENY,
                            SandboxSettings.UNSANDBOXED));

    private AllSettings() {}

    public static List<Group> groups() {
        return GROUPS;
    }

    public static Stream<Setting<?>> all() {
        return GROUPS.stream().flatMap(group -> group.settings().stream());
    }

    /** Everything that is wrong with the settings, as a start would say it. */
    public static List<ConfigProblem> problems(Settings settings) {
        GatewayConfig.from(settings);
        return settings.problems();
    }

    /** The variables that hold secrets, or say where they are. */
    public static Set<String> secretVariables() {
        return all().filter(Setting::secret)
                .flatMap(setting -> Stream.of(setting.name(), setting.fileName()))
                .collect(Collectors.toSet());
    }

    /** Variables that look like a setting of ours with a slip of the pen. */
    public static List<ConfigProblem> misspelled(Settings settings) {
        return Misspellings.of(settings.names(), all().toList());
    }
}
