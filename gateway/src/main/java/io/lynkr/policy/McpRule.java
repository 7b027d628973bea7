package io.lynkr.policy;

/** What may be asked of MCP servers. */
final class McpRule implements PolicyRule {
    private final McpPermissions permissions;

    McpRule(McpPermissions permissions) {
        this.permissions = permissions;
    }

    @Override
    public Ruling judge(String tool, Action action) {
        return action instanceof Action.CallMcpTool call
                ? permissions.judge(call)
                : Ruling.NOT_MINE;
    }
}
