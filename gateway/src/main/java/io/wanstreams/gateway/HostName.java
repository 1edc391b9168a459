package io.wanstreams.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine: stable over restarts, and in a cluster different for each gateway. */
final class HostName {

    private HostName() {}

    static String get() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "gateway";
        }
    }
}
