package io.wanstreams.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.local.chaos.Act.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final int SOON_MS = 300;
    private static final int SURELY_MS = 20_000;

    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::echo, "echo");
        thread.setDaemon(true);
        thread.start();
        proxy = new FaultProxy(0, echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void letsEverythingThrough() throws IOException {
        try (Socket client = connect()) {
            assertThat(answerTo(client, 7, SURELY_MS)).isEqualTo(7);
        }
    }

    @Test
    void swallowsNothingInABlackHoleThatEnds() throws IOException {
        try (Socket client = connect()) {
            assertThat(answerTo(client, 1, SURELY_MS)).isEqualTo(1);
            proxy.set(Fault.BLACK_HOLE);
            assertThatThrownBy(() -> answerTo(client, 2, SOON_MS)).isInstanceOf(SocketTimeoutException.class);

            proxy.set(null);

            client.setSoTimeout(SURELY_MS);
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void resetsOnceAndGoesOn() throws IOException {
        try (Socket client = connect()) {
            assertThat(answerTo(client, 1, SURELY_MS)).isEqualTo(1);
            proxy.set(Fault.RESET);
            assertThatThrownBy(() -> answerTo(client, 2, SURELY_MS)).isInstanceOf(SocketException.class);
        }
        try (Socket next = connect()) {
            assertThat(answerTo(next, 3, SURELY_MS)).isEqualTo(3);
        }
    }

    @Test
    void dropsAllAndTakesNoNewOnes() throws IOException {
        try (Socket client = connect()) {
            assertThat(answerTo(client, 1, SURELY_MS)).isEqualTo(1);
            proxy.set(Fault.DROP);
            client.setSoTimeout(SURELY_MS);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket refused = connect()) {
            refused.setSoTimeout(SURELY_MS);
            assertThat(refused.getInputStream().read()).isEqualTo(-1);
        }
        proxy.set(null);
        try (Socket client = connect()) {
            assertThat(answerTo(client, 4, SURELY_MS)).isEqualTo(4);
        }
    }

    private static int answerTo(Socket client, int value, int timeoutMs) throws IOException {
        client.setSoTimeout(timeoutMs);
        client.getOutputStream().write(value);
        int answer = client.getInputStream().read();
        if (answer < 0) {
            throw new SocketException("ended");
        }
        return answer;
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private void echo() {
        while (!echo.isClosed()) {
            try {
                Socket client = echo.accept();
                Thread thread = new Thread(() -> echo(client), "echo-one");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // The other end has gone.
        }
    }
}
