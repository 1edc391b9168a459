package io.wanstreams.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.wanstreams.gateway.GatewayTestResource;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is sent: an answer below 500, with the envelope when it is an error. */
@QuarkusTest
@QuarkusTestResource(GatewayTestResource.class)
final class HostileRequestsIT {

    private static final int FEW = 500;
    private static final int MANY = 10_000;
    private static final int AT_ONCE = 32;
    private static final long SEED = 20_260_101;
    private static final String[] NAMES = {
        "prompt",
        "model",
        "size",
        "seconds",
        "num_frames",
        "fps",
        "seed",
        "metadata",
        "metadata[a]",
        "extra_body",
        "extra_body[seed]",
        "metadata[",
        "a[b][c][d]",
        "a[]",
        "negative_prompt",
        "boundary_ratio",
        "flow_shift",
        "guidance_scale",
        "subject",
        "style",
        "lighting",
        "noise",
        "deadline_s",
        "save_frames",
        "n",
        "lora",
        "input_reference",
        "input_reference[image_url]",
        "image_reference",
        "reference_url",
        "last_image",
        ""
    };
    private static final String[] VALUES = {
        "a cat",
        "",
        "-1",
        "1e309",
        "NaN",
        "99999999999999999999",
        "null",
        "true",
        "[]",
        "{}",
        "{\"a\":1}",
        "0",
        "16x16",
        "320x192",
        "0x0",
        "\u0000",
        "\uD800",
        "😀",
        "../../etc/passwd",
        "%00",
        "5",
        "1.5",
        "data:image/png;base64,AAAA",
        "{\"image_url\":\"data:image/png;base64,%%%\"}",
        "http://169.254.169.254/latest/meta-data",
        "https://127.0.0.1/x",
        "x".repeat(6000)
    };

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    @Test
    void fuzzedRequestsGetAnAnswerEach() {
        fuzz(FEW);
    }

    @Test
    @Tag("slow")
    void thousandsOfFuzzedRequestsGetAnAnswerEach() {
        fuzz(MANY);
    }

    private void fuzz(int requests) {
        Random random = new Random(SEED);
        List<CompletableFuture<Optional<String>>> open = new ArrayList<>();
        Set<String> wrong = new TreeSet<>();
        for (int i = 0; i < requests; i++) {
            HttpRequest request = request(random);
            open.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .handle((answer, error) -> error == null ? check(answer) : Optional.of(describe(request) + error)));
            if (open.size() == AT_ONCE || i == requests - 1) {
                open.forEach(answer -> answer.join().ifPresent(wrong::add));
                open.clear();
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Together more than the heap: whoever kept them would not get far. */
    @Test
    @Tag("slow")
    void bodiesOf100MegabytesAreRefusedCheaply() {
        List<CompletableFuture<HttpResponse<String>>> answers = Stream.of(
                        "application/json",
                        "multipart/form-data; boundary=x",
                        "application/x-www-form-urlencoded",
                        "text/plain")
                .flatMap(type -> Stream.of(type, type, type))
                .map(type -> HttpRequest.newBuilder(root().resolve("/v1/videos"))
                        .header("content-type", type)
                        .POST(HttpRequest.BodyPublishers.fromPublisher(
                                HttpRequest.BodyPublishers.ofInputStream(() -> zeros(100 << 20)), 100 << 20))
                        .build())
                .map(request -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.join().statusCode()).isEqualTo(413);
            assertThat(answer.join().body()).contains("body_too_large");
        });
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(root().resolve("/v1/videos"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":" + "[".repeat(50_000)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("malformed_body");
    }

    @Test
    void aBodyThatDoesNotSayHowLongItIsIsCutOff() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(root().resolve("/v1/videos"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> zeros(2 << 20)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void headersBeyondTheLimitGetTheEnvelope() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(root().resolve("/v1/videos"))
                        .header("x-filler", "x".repeat(30_000))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(431);
        assertThat(answer.body()).startsWith("{\"error\":{\"message\":").contains("headers_too_large", "\"param\":");
    }

    @Test
    void aMegabyteOfHeadersIsRefused() throws Exception {
        try (Socket socket = new Socket(root().getHost(), root().getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            byte[] line = ("x-filler: " + "x".repeat(8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            out.write("GET /v1/videos HTTP/1.1\r\nhost: x\r\n".getBytes(StandardCharsets.US_ASCII));
            try {
                for (int i = 0; i < 130; i++) {
                    out.write(line);
                }
            } catch (IOException cutOff) {
                // It need not read all of them.
            }
            assertThat(firstLine(socket)).matches("HTTP/1.1 4\\d\\d .*|");
        }
        assertThat(models().statusCode()).isEqualTo(200);
    }

    /** A small body that says it is packed: nobody unpacks it. */
    @Test
    void aPackedBodyIsNotUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"prompt\":\"".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 64; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(root().resolve("/v1/videos"))
                        .header("content-type", "application/json")
                        .header("content-encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isBetween(400, 415);
        assertThat(answer.body()).contains("\"param\":");
    }

    @Test
    void slowBodiesHoldUpNobody() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket(root().getHost(), root().getPort());
                slow.add(socket);
                String head = String.join(
                        "\r\n",
                        "POST /v1/videos HTTP/1.1",
                        "host: x",
                        "content-type: application/json",
                        "content-length: 1000",
                        "",
                        "{");
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(models().statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void halfSentRequestsDisturbNobody() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket(root().getHost(), root().getPort())) {
                OutputStream out = socket.getOutputStream();
                String half = String.join(
                        "\r\n",
                        "POST /v1/videos HTTP/1.1",
                        "host: x",
                        "content-length: 100000",
                        "content-type: multipart/form-data; boundary=b",
                        "",
                        "--b",
                        "content-disposition: form-data; name=\"prompt\"",
                        "",
                        "half");
                out.write(half.getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
        assertThat(models().statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> models() throws Exception {
        return client.send(
                HttpRequest.newBuilder(root().resolve("/v1/models"))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Empty when the connection ended without an answer. */
    private static String firstLine(Socket socket) {
        try {
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return line == null ? "" : line;
        } catch (IOException reset) {
            return "";
        }
    }

    private HttpRequest request(Random random) {
        String type = pick(
                random,
                "application/json",
                "multipart/form-data; boundary=b",
                "multipart/form-data",
                "application/x-www-form-urlencoded",
                "application/json; charset=utf-16",
                "text/plain",
                "bad type");
        byte[] body = random.nextInt(3) == 0 ? noise(random) : body(random, type);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(root().resolve(path(random))).timeout(Duration.ofSeconds(20));
        request.header("content-type", type);
        if (random.nextInt(10) == 0) {
            request.header("Idempotency-Key", pick(random, "k", "a b", "x".repeat(300)));
        }
        if (random.nextInt(10) == 0) {
            request.header("Range", pick(random, "bytes=0-", "bytes=-", "bytes=9999999999999999999-", "x"));
        }
        return request.method(
                        pick(random, "POST", "POST", "POST", "GET", "DELETE", "PUT", "PATCH", "HEAD"),
                        HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private static String path(Random random) {
        return pick(
                random,
                "/v1/videos",
                "/v1/videos",
                "/v1/videos",
                "/v1/videos",
                "/v1/videos/x",
                "/v1/videos/%2e%2e%2fx",
                "/v1/videos/%00",
                "/v1/videos/%ff",
                "/v1/videos/x/content?variant=%ff",
                "/v1/videos?limit=%20&after=%00",
                "/v1/videos/x/events",
                "/v1/models/%2F",
                "/v1//videos",
                "/v1/videos/" + "a".repeat(2000),
                "/v1/videos;x=y");
    }

    private static byte[] body(Random random, String type) {
        StringBuilder body = new StringBuilder();
        int fields = random.nextInt(6);
        if (type.startsWith("multipart")) {
            for (int i = 0; i < fields; i++) {
                String file = random.nextInt(4) == 0 ? "; filename=\"f\"" : "";
                body.append("--b\r\nContent-Disposition: form-data; name=\"")
                        .append(pick(random, NAMES))
                        .append('"')
                        .append(file)
                        .append("\r\n\r\n")
                        .append(pick(random, VALUES))
                        .append("\r\n");
            }
            body.append(random.nextInt(4) == 0 ? "--b" : "--b--\r\n");
        } else if (type.contains("urlencoded")) {
            for (int i = 0; i < fields; i++) {
                body.append(pick(random, NAMES))
                        .append('=')
                        .append(pick(random, VALUES))
                        .append('&');
            }
        } else {
            body.append("{\"prompt\":\"a cat\"");
            for (int i = 0; i < fields; i++) {
                body.append(",\"").append(pick(random, NAMES)).append("\":").append(pick(random, VALUES));
            }
            body.append(random.nextInt(5) == 0 ? "" : "}");
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(2000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String pick(Random random, String... from) {
        return from[random.nextInt(from.length)];
    }

    private static Optional<String> check(HttpResponse<String> answer) {
        boolean hasEnvelope = answer.statusCode() < 400
                || answer.request().method().equals("HEAD")
                || (answer.body().startsWith("{\"error\":{\"message\":")
                        && answer.body().contains("\"param\":"));
        return answer.statusCode() < 500 && hasEnvelope
                ? Optional.empty()
                : Optional.of(describe(answer.request()) + answer.statusCode() + " "
                        + answer.body().substring(0, Math.min(80, answer.body().length())));
    }

    private static String describe(HttpRequest request) {
        return request.method() + " " + request.uri() + " "
                + request.headers().firstValue("content-type").orElse("") + " -> ";
    }

    private static InputStream zeros(int length) {
        return new InputStream() {
            private int left = length;

            @Override
            public int read() {
                return left-- > 0 ? ' ' : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) {
                int n = Math.min(left, count);
                left -= n;
                return n == 0 && count > 0 ? -1 : n;
            }
        };
    }

    private static URI root() {
        return URI.create("http://localhost:" + RestAssured.port + "/");
    }
}
