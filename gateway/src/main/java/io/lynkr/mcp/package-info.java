/**
 * The Model Context Protocol, of the newest revision (stateless requests) and of those before it (a
 * handshake first). {@link io.lynkr.mcp.McpServer} is the face that shows the gateway's tools to
 * MCP clients.
 */
@NullMarked
package io.lynkr.mcp;

import org.jspecify.annotations.NullMarked;
