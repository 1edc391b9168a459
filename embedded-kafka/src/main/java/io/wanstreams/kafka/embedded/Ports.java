package io.wanstreams.kafka.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface. */
final class Ports {

    private Ports() {}

    /** A port that nobody listens on right now. */
    static int free() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(BrokerProperties.HOST), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedKafkaException("No free port on " + BrokerProperties.HOST + ": " + e.getMessage(), e);
        }
    }

    /** Refuses a port that somebody else listens on, before Kafka does so with a stack trace. */
    static void refuseTaken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(BrokerProperties.HOST), port));
        } catch (IOException e) {
            throw new EmbeddedKafkaException(
                    "Port " + port + " on " + BrokerProperties.HOST + " is taken (" + e.getMessage()
                            + "); stop the program that listens there, or choose another port (0 = a free one)",
                    e);
        }
    }
}
