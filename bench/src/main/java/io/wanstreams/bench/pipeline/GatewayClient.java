package io.wanstreams.bench.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The few calls of a client that submits a video and waits for it. */
final class GatewayClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final String DATA = "data:";
    private static final Set<String> OVER = Set.of("completed", "failed", "cancelled");

    private final URI gateway;
    private final Duration patience;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** {@code patience} bounds one video, from the submission to its end. */
    GatewayClient(URI gateway, Duration patience) {
        this.gateway = gateway;
        this.patience = patience;
    }

    /** Submits and waits. */
    Measurement make(Map<String, Object> request) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        String id = submit(request);
        JsonNode video = follow(id);
        Duration wall = Duration.ofNanos(System.nanoTime() - begun);
        if (!video.path("status").asText().equals("completed")) {
            throw new IOException("Video " + id + " ended as " + video.path("status") + ": "
                    + video.path("error").path("message").asText());
        }
        return Measurement.of(wall, video);
    }

    private String submit(Map<String, Object> request) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(gateway.resolve("/v1/videos"))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                .build();
        HttpResponse<InputStream> response = send(post, BodyHandlers.ofInputStream());
        JsonNode video = JSON.readTree(response.body());
        String id = video.path("id").asText();
        if (response.statusCode() / 100 != 2 || id.isEmpty()) {
            throw new IOException("The gateway answered " + response.statusCode() + ": "
                    + video.path("error").path("message").asText());
        }
        return id;
    }

    /** The video as the last event has it. */
    private JsonNode follow(String id) throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(gateway.resolve("/v1/videos/" + id + "/events"))
                .timeout(patience)
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> response = send(get, BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode video =
                        line.startsWith(DATA) ? JSON.readTree(line.substring(DATA.length())) : JSON.missingNode();
                if (OVER.contains(video.path("status").asText())) {
                    return video;
                }
            }
        }
        throw new IOException(
                "The events of video " + id + " ended (" + response.statusCode() + ") before the video did");
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        try {
            return http.send(request, body);
        } catch (ConnectException e) {
            throw new IOException("No gateway answers at " + gateway, e);
        }
    }
}
