package io.wanstreams.gateway.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses with a common prefix, written {@code 10.0.0.0/8} or {@code 2001:db8::/32}; without a length, one address. */
public final class AddressRange {

    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private final byte[] prefix;
    private final int bits;

    private AddressRange(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException when it is none; names are never looked up
     */
    public static AddressRange parse(String text) {
        String[] parts = text.strip().split("/", 2);
        byte[] prefix = literal(parts[0], text);
        int most = prefix.length * Byte.SIZE;
        int bits = parts.length == 1 ? most : length(parts[1], text);
        if (bits > most) {
            throw malformed(text);
        }
        return new AddressRange(prefix, bits);
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((bytes[bit / Byte.SIZE] ^ prefix[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] literal(String address, String text) {
        if (!LITERAL.matcher(address).matches()) {
            throw malformed(text);
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw malformed(text);
        }
    }

    private static int length(String bits, String text) {
        if (!bits.matches("\\d{1,3}")) {
            throw malformed(text);
        }
        return Integer.parseInt(bits);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "a range of addresses is written 10.0.0.0/8 or 2001:db8::/32, found '" + text + "'");
    }
}
