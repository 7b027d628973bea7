package io.lynkr.tool.web;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which IP addresses belong to the public internet, after IANA's registries of special-purpose
 * addresses. IPv6 is allowed by what it is (global unicast) and not by what it is not, so that
 * mapped, compatible, translated (NAT64) and unknown kinds are out; 6to4 and Teredo, which carry an
 * IPv4 address inside, are out as well.
 */
final class PublicAddresses {
    private static final List<Range> NOT_PUBLIC_IPV4 =
            List.of(
                    range(8, 0), // this network
                    range(8, 10), // private
                    range(10, 100, 64), // carriers' own
                    range(8, 127), // loopback
                    range(16, 169, 254), // link-local, and the clouds' metadata
                    range(12, 172, 16), // private
                    range(24, 192, 0, 0), // IETF
                    range(24, 192, 0, 2), // documentation
                    range(24, 192, 88, 99), // 6to4 relays
                    range(16, 192, 168), // private
                    range(15, 198, 18), // benchmarks
                    range(24, 198, 51, 100), // documentation
                    range(24, 203, 0, 113), // documentation
                    range(4, 224), // multicast
                    range(4, 240)); // reserved, broadcast

    private static final List<Range> NOT_PUBLIC_IPV6 =
            List.of(
                    range(23, 0x20, 0x01), // IETF, with Teredo
                    range(32, 0x20, 0x01, 0x0d, 0xb8), // documentation
                    range(16, 0x20, 0x02), // 6to4
                    range(20, 0x3f, 0xff)); // documentation

    private static final Range GLOBAL_UNICAST = range(3, 0x20);

    private record Range(int bits, byte[] start) {
        boolean has(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                int wanted = bit / 8 < start.length ? start[bit / 8] : 0;
                if ((address[bit / 8] & mask) != (wanted & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private PublicAddresses() {}

    private static Range range(int bits, int... start) {
        var bytes = new byte[start.length];
        for (int i = 0; i < start.length; i++) {
            bytes[i] = (byte) start[i];
        }
        return new Range(bits, bytes);
    }

    static boolean has(InetAddress address) {
        var bytes = address.getAddress();
        return address instanceof Inet4Address
                ? NOT_PUBLIC_IPV4.stream().noneMatch(range -> range.has(bytes))
                : GLOBAL_UNICAST.has(bytes)
                        && NOT_PUBLIC_IPV6.stream().noneMatch(range -> range.has(bytes));
    }
}
