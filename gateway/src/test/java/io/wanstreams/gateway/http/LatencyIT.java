package io.wanstreams.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.wanstreams.gateway.GatewayTestResource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How long a client waits for an answer, at 50 requests a second; what was to be sent while another took long counts as late. */
@QuarkusTest
@QuarkusTestResource(GatewayTestResource.class)
@Tag("slow")
final class LatencyIT {

    private static final int WARM_UP = 200;
    private static final int REQUESTS = 500;
    private static final long INTERVAL_NANOS = 1_000_000_000 / 50;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void anIdleGatewayAnswersAtOnce() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(videos())
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"a cat\"}"))
                .build();
        String location = send(post).headers().firstValue("location").orElseThrow();
        HttpRequest get = HttpRequest.newBuilder(videos().resolve(location)).build();
        long[] posts = measure(post);
        long[] gets = measure(get);
        LoggerFactory.getLogger(LatencyIT.class)
                .atInfo()
                .addKeyValue("postP50Micros", posts[REQUESTS / 2])
                .addKeyValue("postP99Micros", posts[REQUESTS * 99 / 100])
                .addKeyValue("getP50Micros", gets[REQUESTS / 2])
                .addKeyValue("getP99Micros", gets[REQUESTS * 99 / 100])
                .log("Latency");

        assertThat(posts[REQUESTS / 2]).isLessThan(30_000);
        assertThat(posts[REQUESTS * 99 / 100]).isLessThan(150_000);
        assertThat(gets[REQUESTS / 2]).isLessThan(10_000);
    }

    private long[] measure(HttpRequest request) throws Exception {
        long[] micros = new long[REQUESTS];
        long begun = System.nanoTime();
        for (int i = -WARM_UP; i < REQUESTS; i++) {
            long start = begun + (i + WARM_UP) * INTERVAL_NANOS;
            LockSupport.parkNanos(start - System.nanoTime());
            assertThat(send(request).statusCode()).isEqualTo(200);
            if (i >= 0) {
                micros[i] = (System.nanoTime() - start) / 1000;
            }
        }
        Arrays.sort(micros);
        return micros;
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static URI videos() {
        return URI.create("http://localhost:" + RestAssured.port + "/v1/videos");
    }
}
