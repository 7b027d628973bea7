/**
 * The host: finds the MCP servers that a user has, speaks with them over their transports, keeps
 * them running and holds back what changed behind the user's back. Start reading at {@link
 * io.lynkr.mcp.host.ServerHost}; {@link io.lynkr.mcp.host.SupervisedServer} is one server's life,
 * {@link io.lynkr.mcp.host.Peer} the protocol.
 */
@NullMarked
package io.lynkr.mcp.host;

import org.jspecify.annotations.NullMarked;
