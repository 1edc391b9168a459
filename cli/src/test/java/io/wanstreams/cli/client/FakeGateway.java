package io.wanstreams.cli.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers like a gateway, with what a test has put in: an answer per method and path, repeated for ever. */
public final class FakeGateway implements AutoCloseable {

    /** What came in. */
    public record Request(String line, String contentType, String latin1) {
        public String utf8() {
            return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    private record Answer(int status, String type, String latin1) {
        byte[] body() {
            return latin1.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public FakeGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Puts in an answer, for example to {@code GET /v1/videos/1}. */
    public void answer(String line, int status, String type, String body) {
        answer(line, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    public void answer(String line, int status, String type, byte[] body) {
        answers.put(line, new Answer(status, type, latin1(body)));
    }

    public List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        requests.add(new Request(line, type, latin1(exchange.getRequestBody().readAllBytes())));
        Answer answer = answers.getOrDefault(line, new Answer(404, "text/plain", "no answer to " + line));
        exchange.getResponseHeaders().add("Content-Type", answer.type());
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
