package io.lynkr.tool.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Knows the addresses of hosts, as the machine's own resolver does. */
@FunctionalInterface
public interface Resolver {

    List<InetAddress> addresses(String host) throws UnknownHostException;

    /** The machine's own. */
    static Resolver ofMachine() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
