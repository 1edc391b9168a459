package io.wanstreams.gateway.access;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where a gateway may listen: beyond this machine only with keys, or when somebody has said that everybody may come. */
final class Listening {

    private Listening() {}

    /**
     * Checks.
     *
     * @param host the value of {@code quarkus.http.host}
     * @throws IllegalStateException saying what to set
     */
    static void check(String host, boolean hasKeys, boolean isOpen) {
        if (!hasKeys && !isOpen && !isLoopback(host)) {
            throw new IllegalStateException("The gateway would listen on " + host
                    + " (quarkus.http.host) and answer everybody; set wan.gateway.access.keys-file, listen on"
                    + " 127.0.0.1, or set wan.gateway.access.open=true where something before it asks who comes");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
