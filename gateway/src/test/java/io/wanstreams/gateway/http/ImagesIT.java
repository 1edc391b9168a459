package io.wanstreams.gateway.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.wanstreams.gateway.GatewayTestResource;
import io.wanstreams.gateway.intake.Png;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images as clients of the official API and of its dialects send them; the URLs lead to this machine. */
@QuarkusTest
@QuarkusTestResource(GatewayTestResource.class)
final class ImagesIT {

    /** As a data URL longer than what a body without an image may have. */
    private static final byte[] PICTURE = Png.noise(400, 300);

    private static final CountDownLatch end = new CountDownLatch(1);
    private static final ExecutorService threads = Executors.newCachedThreadPool();
    private static final AtomicInteger secrets = new AtomicInteger();
    private static HttpServer allowed;
    private static HttpServer inside;

    @BeforeAll
    static void serve() throws IOException {
        allowed = server("127.0.0.1");
        inside = server("127.0.0.2");
        allowed.createContext("/picture", exchange -> answer(exchange, PICTURE));
        allowed.createContext("/moved", exchange -> redirect(exchange, "/picture"));
        allowed.createContext("/inward", exchange -> redirect(exchange, url(inside, "/picture")));
        allowed.createContext("/page", exchange -> answer(exchange, "<html></html>".getBytes(UTF_8)));
        allowed.createContext("/endless", ImagesIT::endless);
        allowed.createContext("/drip", ImagesIT::drip);
        inside.createContext("/picture", exchange -> {
            secrets.incrementAndGet();
            answer(exchange, PICTURE);
        });
    }

    @AfterAll
    static void stop() {
        end.countDown();
        allowed.stop(0);
        inside.stop(0);
        threads.shutdownNow();
    }

    @Test
    void takesAnImageInTheBody() throws Exception {
        json(Map.of("input_reference", Map.of("image_url", Png.url(PICTURE))))
                .statusCode(200)
                .body("effective_params.image", equalTo(sha256()));
        json(Map.of("reference_url", Png.url(PICTURE))).statusCode(200);
    }

    @Test
    void takesAnImageInAForm() throws Exception {
        form("input_reference[image_url]", Png.url(PICTURE))
                .statusCode(200)
                .body("effective_params.image", equalTo(sha256()));
        form("image_reference", "{\"image_url\":\"" + Png.url(PICTURE) + "\"}").statusCode(200);
        given().multiPart("model", "wan2.2-ti2v-5b")
                .multiPart("prompt", "a cat")
                .multiPart("input_reference", "a.png", PICTURE, "image/png")
                .post("/v1/videos")
                .then()
                .statusCode(200)
                .body("effective_params.image", equalTo(sha256()));
    }

    @ParameterizedTest
    @CsvSource({"input_reference,/picture", "image_reference,/picture", "reference_url,/moved"})
    void fetchesAnImage(String field, String path) throws Exception {
        json(Map.of(field, url(allowed, path))).statusCode(200).body("effective_params.image", equalTo(sha256()));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.2:1/x, not public",
        "http://localhost:1/x, cannot be fetched",
        "http://[::1]:1/x, not public",
        "http://169.254.169.254/latest/meta-data, not public",
        "http://2130706434/, not public",
        "https://10.0.0.1/, not public",
        "http://user:pass@127.0.0.1/, no plain host",
        "http://no-such-host.invalid/x, does not resolve",
    })
    void connectsToNoAddressThatIsNotPublic(String url, String why) {
        json(Map.of("reference_url", url))
                .statusCode(400)
                .header("x-should-retry", "false")
                .body("error.param", equalTo("reference_url"))
                .body("error.code", equalTo("invalid_reference"))
                .body("error.message", containsString(why))
                .body("error.message", not(containsString("pass")));
    }

    @ParameterizedTest
    @CsvSource({
        "/inward, not public",
        "/endless, more than 20971520 bytes",
        "/drip, in time",
        "/missing, status 404",
        "/page, not a PNG",
    })
    void refusesWhatTheHostGives(String path, String why) {
        json(Map.of("input_reference", Map.of("image_url", url(allowed, path))))
                .statusCode(400)
                .body("error.param", equalTo("input_reference"))
                .body("error.message", containsString(why));
        assertThat(secrets).hasValue(0);
    }

    /** What is being received does not hold up what is not: the slow host keeps all threads for images busy. */
    @Test
    void slowHostsHoldUpNobodyElse() throws Exception {
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Thread thread = new Thread(
                    () -> json(Map.of("reference_url", url(allowed, "/drip"))).statusCode(400));
            thread.start();
            waiting.add(thread);
        }
        for (int i = 0; i < 20; i++) {
            json(Map.of()).statusCode(200);
        }
        assertThat(waiting).as("served while the others wait").anyMatch(Thread::isAlive);
        for (Thread thread : waiting) {
            thread.join();
        }
    }

    private static ValidatableResponse json(Map<String, Object> fields) {
        Map<String, Object> body = new java.util.HashMap<>(fields);
        body.put("model", "wan2.2-ti2v-5b");
        body.put("prompt", "a cat");
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/videos")
                .then();
    }

    private static ValidatableResponse form(String field, String value) {
        return given().multiPart("model", "wan2.2-ti2v-5b")
                .multiPart("prompt", "a cat")
                .multiPart(field, value)
                .post("/v1/videos")
                .then();
    }

    private static String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PICTURE));
    }

    private static HttpServer server(String address) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.setExecutor(threads);
        server.start();
        return server;
    }

    private static String url(HttpServer server, String path) {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path;
    }

    private static void answer(HttpExchange exchange, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("location", to);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] zeros = new byte[1 << 20];
        try (OutputStream body = exchange.getResponseBody()) {
            for (int i = 0; i < 100; i++) {
                body.write(zeros);
            }
        }
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
