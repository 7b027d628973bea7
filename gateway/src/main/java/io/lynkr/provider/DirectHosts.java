package io.lynkr.provider;

import io.netty.util.NetUtil;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The hosts that {@code NO_PROXY} means, and this machine. */
final class DirectHosts {
    private final List<String> entries;

    private DirectHosts(List<String> entries) {
        this.entries = entries;
    }

    /** Reads entries as curl, Go and Node read them. */
    static DirectHosts of(List<String> entries) {
        return new DirectHosts(
                entries.stream()
                        .flatMap(entry -> List.of(entry.trim().split("\\s+")).stream())
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> entry.toLowerCase(Locale.ROOT))
                        .toList());
    }

    boolean has(String host, int port) {
        var name = withoutBrackets(host.toLowerCase(Locale.ROOT));
        return isThisMachine(name)
                || entries.stream().anyMatch(entry -> matches(entry, name, port));
    }

    private static boolean isThisMachine(String name) {
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("::1")
                || (name.startsWith("127.") && NetUtil.isValidIpV4Address(name));
    }

    private static boolean matches(String entry, String name, int port) {
        if (entry.equals("*")) {
            return true;
        }
        int slash = entry.indexOf('/');
        if (slash > 0) {
            return isInRange(name, entry.substring(0, slash), entry.substring(slash + 1));
        }
        if (NetUtil.isValidIpV6Address(withoutBrackets(entry))) {
            return isInRange(name, withoutBrackets(entry), "128");
        }
        int colon = entry.indexOf(':');
        if (colon > 0) {
            return entry.substring(colon + 1).equals(Integer.toString(port))
                    && isAtOrBelow(name, entry.substring(0, colon));
        }
        return isAtOrBelow(name, entry);
    }

    private static boolean isAtOrBelow(String name, String entry) {
        var domain = entry.startsWith("*.") ? entry.substring(2) : entry.replaceFirst("^\\.", "");
        return name.equals(domain) || name.endsWith("." + domain);
    }

    private static boolean isInRange(String name, String network, String length) {
        var address = address(name);
        var first = address(network);
        if (address.isEmpty() || first.isEmpty() || !length.matches("\\d{1,3}")) {
            return false;
        }
        int bits = first.get().length * 8;
        int free = bits - Integer.parseInt(length);
        return address.get().length == first.get().length
                && free >= 0
                && new BigInteger(1, address.get())
                        .shiftRight(free)
                        .equals(new BigInteger(1, first.get()).shiftRight(free));
    }

    /** The bytes of an address that is written as one; names are not looked up. */
    private static Optional<byte[]> address(String text) {
        return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(text));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }
}
