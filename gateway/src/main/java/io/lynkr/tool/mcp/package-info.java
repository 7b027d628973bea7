/**
 * Tools of MCP servers, as tools of the gateway: each under its own name ({@link
 * io.lynkr.tool.mcp.RemoteTool}), and the three that deal with the servers themselves ({@link
 * io.lynkr.tool.mcp.McpFamily}).
 */
@NullMarked
package io.lynkr.tool.mcp;

import org.jspecify.annotations.NullMarked;
