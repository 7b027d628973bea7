package io.lynkr.agent;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.util.List;
import java.util.Set;

/**
 * How requests come to the gateway's own tools.
 *
 * @param injected families whose tools are offered with every request
 * @param byName whether a request may name tools of the gateway
 * @param visible whether answers show the calls that ran in the gateway
 */
public record ToolSettings(Set<String> injected, boolean byName, boolean visible) {

    public static final Setting<WebFallback> POLICY_WEB_FALLBACK =
            Setting.choice(
                    "POLICY_WEB_FALLBACK",
                    WebFallback.class,
                    WebFallback.OFF,
                    "What happens if a model says that it cannot read the web although the user"
                            + " gave an address: fetch reads that address once, as far as"
                            + " WEB_SEARCH_ALLOWED_HOSTS and the like allow, and asks again; tell"
                            + " only says what could be done. azure-anthropic only tells.");

    public static final Setting<List<String>> TOOLS_INJECT =
            Setting.list(
                    "TOOLS_INJECT",
                    "",
                    "Families of the gateway's tools that every request offers to the model (see"
                            + " lynkr tools list), but for those of Claude Code, which mounts them"
                            + " at /mcp.");

    public static final Setting<Boolean> TOOLS_BY_NAME =
            Setting.bool(
                    "TOOLS_BY_NAME",
                    true,
                    "Runs a tool in the gateway if a request names one of the gateway's tools. When"
                            + " false, every tool that a request names is the client's.");

    public static final Setting<Boolean> TOOLS_SHOW =
            Setting.bool(
                    "TOOLS_SHOW",
                    true,
                    "Shows the calls that ran in the gateway, and their results, in the answer.");

    public ToolSettings {
        injected = Set.copyOf(injected);
    }

    /** Reads and checks; problems are left in the settings. */
    public static ToolSettings from(Settings settings) {
        return new ToolSettings(
                Set.copyOf(settings.get(TOOLS_INJECT)),
                settings.get(TOOLS_BY_NAME),
                settings.get(TOOLS_SHOW));
    }
}
