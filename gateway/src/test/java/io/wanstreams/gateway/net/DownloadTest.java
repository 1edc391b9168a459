package io.wanstreams.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against servers on loopback addresses, of which one is allowed. */
final class DownloadTest {

    private static final List<AddressRange> ALLOWED = List.of(AddressRange.parse("127.0.0.1"));
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final CountDownLatch end = new CountDownLatch(1);
    private static final ExecutorService threads = Executors.newCachedThreadPool();
    private static Vertx vertx;
    private static HttpServer allowed;
    private static HttpServer forbidden;

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        allowed = serve("127.0.0.1");
        forbidden = serve("127.0.0.2");
        allowed.createContext("/picture", exchange -> answer(exchange, "picture for " + host(exchange)));
        allowed.createContext("/large", exchange -> answer(exchange, "x".repeat(1001)));
        allowed.createContext("/missing", exchange -> exchange.sendResponseHeaders(404, -1));
        allowed.createContext("/drip", DownloadTest::drip);
        allowed.createContext("/loop", exchange -> redirect(exchange, "loop"));
        allowed.createContext("/once", exchange -> redirect(exchange, "/picture"));
        allowed.createContext("/inside", exchange -> redirect(exchange, url(forbidden, "127.0.0.2", "/picture")));
        allowed.createContext("/file", exchange -> redirect(exchange, "file:///etc/passwd"));
        forbidden.createContext("/picture", exchange -> answer(exchange, "secret"));
    }

    @AfterAll
    static void stop() {
        end.countDown();
        allowed.stop(0);
        forbidden.stop(0);
        vertx.close();
        threads.shutdownNow();
    }

    @Test
    void getsWhatIsAllowed() {
        assertThat(get("/picture")).startsWith("picture for 127.0.0.1");
        assertThat(get("/once")).startsWith("picture");
    }

    @Test
    void refusesToBeRedirectedElsewhere() {
        for (String path : List.of("/inside", "/file", "/loop")) {
            assertThatThrownBy(() -> get(path)).as(path).isInstanceOf(OutboundException.Forbidden.class);
        }
    }

    @Test
    void stopsAtTheLimits() {
        assertThatThrownBy(() -> get("/large")).isInstanceOf(OutboundException.TooLarge.class);
        assertThatThrownBy(() -> get("/missing"))
                .isInstanceOf(OutboundException.Unreachable.class)
                .hasMessageContaining("404");
        assertThatThrownBy(() -> download(new PublicAddresses(ALLOWED))
                        .get(url(allowed, "127.0.0.1", "/drip"), 1000, Duration.ofMillis(300))
                        .await()
                        .indefinitely())
                .isInstanceOf(OutboundException.Unreachable.class)
                .hasMessageContaining("in time");
    }

    @Test
    void refusesUrlsThatAreNone() {
        String secret = url(allowed, "user:pass@127.0.0.1", "/picture");
        for (String url : List.of("", "x", "ftp://127.0.0.1/", "http:///x", "http://a b/", secret, "http://[::1")) {
            assertThatThrownBy(() -> fetch(url)).as(url).isInstanceOf(OutboundException.Forbidden.class);
        }
        assertThatThrownBy(() -> new OutboundUri(false).parse("http://example.org/"))
                .isInstanceOf(OutboundException.Forbidden.class)
                .hasMessageContaining("not https");
        assertThatThrownBy(() -> new OutboundUri(false).parse("https://example.org/" + "x".repeat(2048)))
                .isInstanceOf(OutboundException.Forbidden.class);
    }

    /** The name means something else at every look; only the first look counts. */
    @Test
    void connectsToTheAddressThatWasJudged() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        InetAddress[] first = InetAddress.getAllByName("127.0.0.1");
        InetAddress[] later = InetAddress.getAllByName("127.0.0.2");
        PublicAddresses rebinding = new PublicAddresses(ALLOWED, host -> looks.getAndIncrement() == 0 ? first : later);
        Download download = download(rebinding);
        String url = url(allowed, "rebind.test", "/picture");

        assertThat(text(download.get(url, 1000, SOON).await().indefinitely())).startsWith("picture for rebind.test");
        assertThat(looks).hasValue(1);
        assertThatThrownBy(() -> download.get(url, 1000, SOON).await().indefinitely())
                .isInstanceOf(OutboundException.Forbidden.class);
    }

    private static String get(String path) {
        return fetch(url(allowed, "127.0.0.1", path));
    }

    private static String fetch(String url) {
        return text(download(new PublicAddresses(ALLOWED))
                .get(url, 1000, SOON)
                .await()
                .indefinitely());
    }

    private static Download download(PublicAddresses addresses) {
        return new Download(new OutboundHttp(vertx, addresses), new OutboundUri(true), 3);
    }

    private static String text(OutboundAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static HttpServer serve(String address) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.setExecutor(threads);
        server.start();
        return server;
    }

    private static String url(HttpServer server, String host, String path) {
        return "http://" + host + ":" + server.getAddress().getPort() + path;
    }

    private static String host(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestHeaders().getFirst("host"));
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        exchange.sendResponseHeaders(200, text.length());
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    /** One byte, and then nothing until the test is over. */
    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 500);
        exchange.getResponseBody().write('x');
        exchange.getResponseBody().flush();
        try {
            boolean over = end.await(60, TimeUnit.SECONDS);
            assertThat(over).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
