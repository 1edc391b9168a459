package io.wanstreams.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** The gateway's HTTP API. Every failure is a {@link VideosException} that says what to do. */
public final class VideosClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(10);

    /** More lenient than the contracts: a gateway may know more fields than we, and leave out what it has nothing to say about. */
    private final ObjectMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final URI base;

    /** A client of the gateway at {@code base}, for example {@code http://localhost:8080}. */
    public VideosClient(URI base) {
        this.base = base;
    }

    /** Submits a job; returns when the gateway has accepted it for good. */
    public Video submit(Submission submission) {
        try {
            HttpRequest.Builder request = request("/v1/videos").timeout(ANSWER_TIMEOUT);
            if (submission.files().isEmpty()) {
                request.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(submission.fields())));
            } else {
                MultipartBody form = new MultipartBody(submission);
                request.header("Content-Type", form.contentType()).POST(form.publisher());
            }
            return video(send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new VideosException("The request cannot be written: " + e.getMessage(), e);
        }
    }

    /** The job as it is now. */
    public Video get(String id) {
        return video(
                send(request("/v1/videos/" + id).timeout(ANSWER_TIMEOUT).GET().build(), BodyHandlers.ofByteArray()));
    }

    /** Cancels a running job, deletes a finished one. */
    public void delete(String id) {
        send(request("/v1/videos/" + id).timeout(ANSWER_TIMEOUT).DELETE().build(), BodyHandlers.ofByteArray());
    }

    /** Opens the job's event stream, as server-sent events; the caller closes it. */
    InputStream events(String id) {
        return send(
                request("/v1/videos/" + id + "/events")
                        .header("Accept", "text/event-stream")
                        .GET()
                        .build(),
                BodyHandlers.ofInputStream());
    }

    Video video(byte[] body) {
        try {
            return json.readValue(body, Video.class);
        } catch (IOException e) {
            throw new VideosException(
                    "The answer of " + base + " is no video object; is that the address of a Wan Streams gateway?", e);
        }
    }

    /** Fetches what the job made into a file, whole or not at all; returns its size in bytes. */
    public long download(String id, Variant variant, Path file) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        HttpRequest request = request("/v1/videos/" + id + "/content?variant=" + variant.parameter())
                .timeout(DOWNLOAD_TIMEOUT)
                .GET()
                .build();
        try {
            try (InputStream in = send(request, BodyHandlers.ofInputStream())) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            return Files.size(file);
        } catch (IOException e) {
            throw new VideosException("Cannot write " + file + ": " + OneSentence.of(e), e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    private <T> T send(HttpRequest request, BodyHandler<T> handler) {
        try {
            HttpResponse<T> response = http.send(
                    request, info -> info.statusCode() < 300 ? handler.apply(info) : refused(info.statusCode()));
            return response.body();
        } catch (IOException e) {
            if (e.getCause() instanceof VideosException refusal) {
                throw refusal;
            }
            throw new VideosException(
                    "No gateway answers at " + base + " (" + OneSentence.of(e) + "); is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VideosException("Interrupted while waiting for " + base, e);
        }
    }

    private <T> HttpResponse.BodySubscriber<T> refused(int status) {
        return HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofByteArray(), body -> {
            throw new VideosException(refusal(status, body));
        });
    }

    private String refusal(int status, byte[] body) {
        JsonNode error;
        try {
            error = json.readTree(body).path("error");
        } catch (JsonProcessingException e) {
            error = json.missingNode();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
        String message = error.path("message").asText("");
        if (message.isEmpty()) {
            return base + " answers with HTTP status " + status + "; is that the address of a Wan Streams gateway?";
        }
        String parameter = error.path("param").asText("");
        return parameter.isEmpty() || message.contains(parameter) ? message : parameter + ": " + message;
    }
}
