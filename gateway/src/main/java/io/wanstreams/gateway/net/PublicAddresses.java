package io.wanstreams.gateway.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a client may make this gateway connect to: public unicast addresses (IANA's special-purpose registries, RFC 6890), and
 * ranges that the operator allows. What a name resolves to is judged, and the connection goes to just that address: a name
 * that resolves differently a moment later gains nothing.
 */
public final class PublicAddresses {

    private static final List<AddressRange> NOT_PUBLIC_V4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    private static final AddressRange GLOBAL_UNICAST_V6 = AddressRange.parse("2000::/3");

    /** Within global unicast: protocol assignments with Teredo, documentation, and 6to4, which wraps any IPv4 address. */
    private static final List<AddressRange> NOT_PUBLIC_V6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** Looks names up. */
    @FunctionalInterface
    interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final List<AddressRange> allowed;
    private final Names names;

    /** @param allowed ranges that count as public, for example of a storage in the same network */
    public PublicAddresses(List<AddressRange> allowed) {
        this(allowed, InetAddress::getAllByName);
    }

    PublicAddresses(List<AddressRange> allowed, Names names) {
        this.allowed = List.copyOf(allowed);
        this.names = names;
    }

    /**
     * Looks a name up; blocks while it does.
     *
     * @param host a name or a literal address, as in an URL
     * @return the address to connect to
     * @throws OutboundException.Forbidden when one of its addresses is not allowed
     * @throws OutboundException.Unreachable when it has none
     */
    public InetAddress resolve(String host) {
        InetAddress[] found;
        try {
            found = names.resolve(host);
        } catch (UnknownHostException e) {
            throw new OutboundException.Unreachable("the host's name does not resolve");
        }
        for (InetAddress address : found) {
            if (!isAllowed(address)) {
                throw new OutboundException.Forbidden("the host has an address that is not public");
            }
        }
        return found[0];
    }

    boolean isAllowed(InetAddress address) {
        return isPublic(address) || allowed.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address
                ? NOT_PUBLIC_V4.stream().noneMatch(range -> range.contains(address))
                : GLOBAL_UNICAST_V6.contains(address)
                        && NOT_PUBLIC_V6.stream().noneMatch(range -> range.contains(address));
    }

    private static List<AddressRange> ranges(String... ranges) {
        return Stream.of(ranges).map(AddressRange::parse).toList();
    }
}
