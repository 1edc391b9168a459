package io.wanstreams.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wanstreams.bench.report.Report.Row;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a gateway that answers from a script. */
final class PipelineBenchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String STAGES = """
            "stages":[{"stage":"prompt","claim_ms":3,"work_ms":10,"compute_ms":4},\
            {"stage":"decode","claim_ms":5,"work_ms":70,"compute_ms":50}]""";

    private final AtomicInteger submitted = new AtomicInteger();
    private volatile String submission = "{\"id\":\"v1\",\"status\":\"queued\"}";
    private volatile int status = 200;
    private volatile String events = "";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/videos", exchange -> {
            submitted.incrementAndGet();
            answer(exchange, status, submission);
        });
        server.createContext("/v1/videos/v1/events", exchange -> answer(exchange, 200, events));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void overhead_is_what_is_not_compute() throws Exception {
        events = ": hello\n\nevent: video.progress\ndata: {\"id\":\"v1\",\"status\":\"in_progress\"}\n\n"
                + "event: video.completed\ndata: {\"id\":\"v1\",\"status\":\"completed\"," + STAGES + "}\n\n";

        PipelineBench bench = PipelineBench.run(gateway(), Map.of("prompt", "a ball"), PATIENCE, 1, 3);

        assertThat(submitted).hasValue(4);
        assertThat(p50(bench, "sum of the stages' compute")).isEqualTo(54);
        assertThat(p50(bench, "overhead"))
                .isEqualTo(bench.target().found())
                .isLessThan(p50(bench, "submission to news of the end"));
        assertThat(p50(bench, "decode: work but compute")).isEqualTo(20);
        assertThat(p50(bench, "prompt: claim")).isEqualTo(3);
    }

    @Test
    void failed_video_is_an_error_with_the_gateways_words() {
        events = "data: {\"id\":\"v1\",\"status\":\"failed\",\"error\":{\"message\":\"out of luck\"}}\n\n";

        assertThatThrownBy(this::run).hasMessageContaining("v1").hasMessageContaining("out of luck");
    }

    @Test
    void refused_request_is_an_error_with_the_gateways_words() {
        status = 400;
        submission = "{\"error\":{\"message\":\"size is not divisible\"}}";

        assertThatThrownBy(this::run).hasMessageContaining("400").hasMessageContaining("size is not divisible");
    }

    @Test
    void events_that_end_early_are_an_error() {
        events = "data: {\"id\":\"v1\",\"status\":\"in_progress\"}\n\n";

        assertThatThrownBy(this::run).hasMessageContaining("before the video did");
    }

    @Test
    void video_without_timings_is_an_error() {
        events =
                "data: {\"id\":\"v1\",\"status\":\"completed\",\"stages\":[{\"stage\":\"prompt\",\"claim_ms\":3}]}\n\n";

        assertThatThrownBy(this::run).hasMessageContaining("prompt").hasMessageContaining("work_ms");
    }

    private PipelineBench run() throws Exception {
        return PipelineBench.run(gateway(), Map.of(), PATIENCE, 0, 1);
    }

    private URI gateway() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private static double p50(PipelineBench bench, String what) {
        Row row = bench.rows().stream()
                .filter(r -> r.what().equals(what))
                .findFirst()
                .orElseThrow();
        return row.figures().getOrDefault("p50", Double.NaN);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
