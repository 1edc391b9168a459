package io.wanstreams.gateway.intake;

import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.gateway.GatewayTestResource;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayTestResource.class)
final class RequestTopicIT {

    private static final String DATA = "{\"prompt\":\"a cat\",\"seed\":5}";

    @Test
    void takesBothModesOnceEachAndBuriesTheRest() throws Exception {
        String source = SharedBroker.uniqueName("/shop");
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()));
                Producer<String, byte[]> producer = clients.eventProducer("test");
                Consumer<String, byte[]> dead = clients.followConsumer("test")) {
            send(producer, binary(source, "1"), DATA);
            send(producer, binary(source, "1"), DATA);
            RecordMetadata bad = send(producer, binary(source, "2"), "{\"prompt\":\"\"}");
            send(producer, Map.of("content-type", "text/plain"), "no event");
            send(
                    producer,
                    Map.of("content-type", "application/cloudevents+json"),
                    "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"" + source + "\",\"id\":\"3\",\"data\":"
                            + DATA + "}");

            expectJob(JobId.ofCloudEvent(source, "1"));
            expectJob(JobId.ofCloudEvent(source, "3"));
            ConsumerRecord<String, byte[]> letter = letterOf(dead, bad);
            assertThat(header(letter, "dead-letter-reason")).contains("prompt");
            assertThat(header(letter, "dead-letter-partition")).isEqualTo(Integer.toString(bad.partition()));
            assertThat(header(letter, "ce_id")).isEqualTo("2");
            assertThat(new String(letter.value(), UTF_8)).isEqualTo("{\"prompt\":\"\"}");
            assertThat(eventsOf(clients, JobId.ofCloudEvent(source, "1")))
                    .as("the second is not even written")
                    .isEqualTo(1);
        }
    }

    private static void expectJob(JobId id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> when().get("/v1/videos/" + id)
                        .then()
                        .statusCode(200)
                        .body("effective_params.seed", equalTo(5)));
    }

    private static ConsumerRecord<String, byte[]> letterOf(Consumer<String, byte[]> dead, RecordMetadata bad) {
        List<TopicPartition> partitions = List.of(new TopicPartition(Topics.DEAD_LETTERS, 0));
        dead.assign(partitions);
        dead.seekToBeginning(partitions);
        String offset = Long.toString(bad.offset());
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            for (ConsumerRecord<String, byte[]> letter : dead.poll(Duration.ofMillis(200))) {
                                if (header(letter, "dead-letter-topic").equals(Topics.REQUESTS)
                                        && header(letter, "dead-letter-offset").equals(offset)) {
                                    return letter;
                                }
                            }
                            return null;
                        },
                        letter -> letter != null);
    }

    private static int eventsOf(KafkaClients clients, JobId id) {
        int count = 0;
        try (Consumer<String, byte[]> log = clients.barrierConsumer("test")) {
            List<TopicPartition> partitions = log.partitionsFor(Topics.JOBS).stream()
                    .map(info -> new TopicPartition(Topics.JOBS, info.partition()))
                    .toList();
            log.assign(partitions);
            log.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = log.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> log.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<String, byte[]> event : log.poll(Duration.ofMillis(100))) {
                    count += event.key().equals(id.toString())
                                    && header(event, "ce_type").contains("job.submitted")
                            ? 1
                            : 0;
                }
            }
        }
        return count;
    }

    private static Map<String, String> binary(String source, String id) {
        return Map.of(
                "ce_specversion",
                "1.0",
                "ce_type",
                "t",
                "ce_source",
                source,
                "ce_id",
                id,
                "content-type",
                "application/json");
    }

    private static RecordMetadata send(Producer<String, byte[]> producer, Map<String, String> headers, String value)
            throws Exception {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(Topics.REQUESTS, value.getBytes(UTF_8));
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        return producer.send(message).get();
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
