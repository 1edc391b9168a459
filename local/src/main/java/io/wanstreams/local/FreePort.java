package io.wanstreams.local;

import io.wanstreams.cli.client.VideosException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port that nobody listens on right now. */
final class FreePort {

    private FreePort() {}

    static int on(String host) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new VideosException("No free port on " + host + ": " + e.getMessage(), e);
        }
    }
}
