package io.wanstreams.local.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.request.ModelProfile;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A client that does not give up: what it was promised must be there in the end. Thread-safe. */
final class ChaosClient implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PERSISTENCE = Duration.ofMinutes(5);
    private static final long TRY_AGAIN_MILLIS = 500;
    private static final int TOO_MANY = 429;

    private final ObjectMapper json = ContractJson.mapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<URI> gateways;
    private final ModelProfile model;
    private final Producer<String, byte[]> events;
    private final Set<JobId> promised = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();

    ChaosClient(List<URI> gateways, ModelProfile model, KafkaClients clients) {
        this.gateways = gateways;
        this.model = model;
        this.events = clients.eventProducer("chaos-requests");
    }

    /** Asks until somebody says yes; asking again for the same job is allowed. */
    void submit(PlannedJob job) throws InterruptedException {
        boolean accepted = job.asEvent() ? send(job) : post(job);
        if (accepted) {
            promised.add(job.id());
        } else {
            complaints.add("nobody accepted job " + job.id() + " within " + PERSISTENCE.toSeconds() + " s");
        }
    }

    /** Deletes the job, which cancels it when it is not over. Nobody insists. */
    void cancel(PlannedJob job) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateways.get(job.gateway()).resolve("/v1/videos/" + job.id()))
                .timeout(ANSWER)
                .DELETE()
                .build();
        try {
            http.send(request, BodyHandlers.discarding());
        } catch (IOException e) {
            // The gateway may be dead; so be it.
        }
    }

    /** The jobs that a gateway, or the requests' topic, has accepted. */
    Set<JobId> promised() {
        return Set.copyOf(promised);
    }

    /** What went wrong with answers. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        events.close(Duration.ofSeconds(2));
    }

    private boolean post(PlannedJob job) throws InterruptedException {
        long began = System.nanoTime();
        for (int attempt = 0; System.nanoTime() - began < PERSISTENCE.toNanos(); attempt++) {
            URI gateway = gateways.get((job.gateway() + attempt) % gateways.size());
            HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/v1/videos"))
                    .timeout(ANSWER)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", job.key())
                    .POST(BodyPublishers.ofByteArray(body(job)))
                    .build();
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    compare(job, response.body());
                    return true;
                } else if (isDeleted(response)) {
                    return true;
                } else if (response.statusCode() < 500 && response.statusCode() != TOO_MANY) {
                    complaints.add(
                            "job " + job.id() + " was refused with " + response.statusCode() + ": " + response.body());
                    return false;
                }
            } catch (IOException e) {
                // Dead, or not up yet: the other one next.
            }
            Thread.sleep(TRY_AGAIN_MILLIS);
        }
        return false;
    }

    /** A repeated request after its job has been cancelled and deleted is told so: it had been accepted. */
    private static boolean isDeleted(HttpResponse<String> response) {
        return response.statusCode() == 409 && response.body().contains("deleted");
    }

    private void compare(PlannedJob job, String body) throws IOException {
        String id = json.readTree(body).path("id").asText();
        if (!id.equals(job.id().toString())) {
            complaints.add("key " + job.key() + " gave job " + id + ", expected " + job.id());
        }
    }

    private boolean send(PlannedJob job) throws InterruptedException {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(Topics.REQUESTS, job.key(), body(job));
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "io.wanstreams.chaos.wanted",
                        "ce_source", PlannedJob.SOURCE,
                        "ce_id", job.key(),
                        "content-type", "application/json")
                .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            events.send(message).get(PERSISTENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Small pictures: what takes time are the steps. */
    private byte[] body(PlannedJob job) {
        int side = 4 * model.sizeMultiple();
        Map<String, Object> fields = new TreeMap<>();
        // Another text each time, or the encoder would know it already.
        fields.put("prompt", "a red ball bouncing on a green field, number " + job.seed());
        fields.put("seed", job.seed());
        fields.put("size", side + "x" + side);
        fields.put("num_frames", 2 * model.temporalStride() + 1);
        fields.put("num_inference_steps", ChaosSettings.STEPS);
        return ContractJson.write(fields);
    }
}
