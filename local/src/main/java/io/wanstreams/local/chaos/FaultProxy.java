package io.wanstreams.local.chaos;

import io.wanstreams.local.chaos.Act.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A line to the broker that can be made to fail: bytes go through it both ways, late, not at all, or until it breaks. */
final class FaultProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final Duration DELAY = Duration.ofMillis(120);
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int CONNECTIONS_LIMIT = 1_000;
    private static final int STACK_BYTES = 128 << 10;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private @Nullable Fault fault;

    /** Listens on a port of the loopback interface, and leads to another. */
    FaultProxy(int port, int target) {
        this.target = target;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on; null heals. A reset happens once and is over. */
    void set(@Nullable Fault newFault) {
        synchronized (gate) {
            fault = newFault == Fault.RESET ? null : newFault;
            gate.notifyAll();
        }
        if (newFault == Fault.RESET || newFault == Fault.DROP) {
            sockets.forEach(socket -> end(socket, newFault == Fault.RESET));
        }
    }

    @Override
    public void close() {
        set(null);
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(socket -> end(socket, false));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (current() == Fault.DROP || sockets.size() > CONNECTIONS_LIMIT) {
                    end(client, false);
                } else {
                    start("connect", () -> connect(client));
                }
            } catch (IOException e) {
                // Closed, or one client less.
            }
        }
    }

    private void connect(Socket client) {
        try {
            passWhenOpen();
            Socket broker = new Socket();
            sockets.add(client);
            sockets.add(broker);
            broker.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_TIMEOUT_MS);
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            start("back", () -> copy(broker, client));
            copy(client, broker);
        } catch (IOException e) {
            end(client, false);
        } catch (InterruptedException e) {
            end(client, false);
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                passWhenOpen();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One end is gone; so is the other, below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(from, false);
            end(to, false);
        }
    }

    /** Waits out a black hole, and takes its time in a slow network. */
    private void passWhenOpen() throws InterruptedException {
        synchronized (gate) {
            while (fault == Fault.BLACK_HOLE) {
                gate.wait();
            }
        }
        if (current() == Fault.DELAY) {
            Thread.sleep(DELAY.toMillis());
        }
    }

    private @Nullable Fault current() {
        synchronized (gate) {
            return fault;
        }
    }

    private void end(Socket socket, boolean reset) {
        sockets.remove(socket);
        try {
            if (reset) {
                // No farewell: what was on its way is lost, and the other end is told so.
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(null, work, "fault-proxy-" + name, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }
}
