package io.lynkr.policy;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.workspace.Glob;

import java.util.List;
import java.util.Locale;

/**
 * Which tools of MCP servers may be called. Entries are {@code server} or {@code server/tool}, with
 * {@code *} for any characters.
 *
 * @param allow if there are any, nothing else may be called
 * @param deny stronger than what is allowed
 * @param readOnly whether only tools may be called whose server says that they change nothing; what
 *     it says is never a reason to allow more
 */
public record McpPermissions(List<String> allow, List<String> deny, boolean readOnly) {

    public static final Setting<List<String>> ALLOW =
            Setting.list(
                    "POLICY_MCP_ALLOW",
                    "",
                    "If set, the only tools of MCP servers that may be called: server, or"
                            + " server/tool; a * stands for any characters.");

    public static final Setting<List<String>> DENY =
            Setting.list(
                    "POLICY_MCP_DENY",
                    "",
                    "Tools of MCP servers that may not be called, in the same form; stronger than"
                            + " the allowed ones.");

    public static final Setting<Boolean> READ_ONLY =
            Setting.bool(
                    "POLICY_MCP_READ_ONLY",
                    false,
                    "Lets only those tools of MCP servers be called that claim to change nothing."
                            + " The claim is the server's own.");

    public McpPermissions {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    static McpPermissions from(Settings settings) {
        return new McpPermissions(settings.get(ALLOW), settings.get(DENY), settings.get(READ_ONLY));
    }

    Ruling judge(Action.CallMcpTool call) {
        var shown = "'" + call.tool() + "' of the MCP server '" + call.server() + "'";
        if (deny.stream().anyMatch(entry -> matches(entry, call))) {
            return Ruling.deny("mcp_denied", shown + " is turned off by POLICY_MCP_DENY");
        }
        if (!allow.isEmpty() && allow.stream().noneMatch(entry -> matches(entry, call))) {
            return Ruling.deny("mcp_denied", shown + " is not among those of POLICY_MCP_ALLOW");
        }
        if (readOnly && !call.saysReadOnly()) {
            return Ruling.deny(
                    "mcp_read_only",
                    shown + " may change something, and POLICY_MCP_READ_ONLY=true forbids that");
        }
        return Ruling.ALLOW;
    }

    private static boolean matches(String entry, Action.CallMcpTool call) {
        var pattern = entry.toLowerCase(Locale.ROOT);
        int slash = pattern.indexOf('/');
        var server = slash < 0 ? pattern : pattern.substring(0, slash);
        var tool = slash < 0 ? "*" : pattern.substring(slash + 1);
        return Glob.matches(server, call.server().toLowerCase(Locale.ROOT))
                && Glob.matches(tool, call.tool().toLowerCase(Locale.ROOT));
    }
}
