package io.wanstreams.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.wanstreams.contracts.job.CompletedStage;
import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.request.Lighting;
import io.wanstreams.contracts.request.PromptSpec;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.log.JobView;
import io.wanstreams.transport.testing.TestJobs;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BrokerResource.class)
class PromptServiceIT {

    private static final int JOBS = 40;
    private static final PromptSpec PROMPT = new PromptSpec(TestJobs.PROMPT, "blurred", Lighting.LOW_KEY, null, null);

    @Inject
    PromptLifecycle lifecycle;

    @Test
    void manyJobsPassWithGarbageAmongThem() throws Exception {
        await().atMost(Duration.ofSeconds(90)).until(lifecycle::isReady);
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()));
                LoggedJobs jobs = new LoggedJobs(clients);
                Producer<String, byte[]> producer = clients.eventProducer("test");
                Consumer<String, byte[]> deadLetters = clients.barrierConsumer("test")) {
            List<JobView> views = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                String model = i % 2 == 0 ? BrokerResource.MODEL : BrokerResource.OTHER;
                views.add(jobs.start(TestJobs.request(model, PROMPT)));
                if (i % 10 == 5) {
                    producer.send(garbage(model)).get();
                }
            }

            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(views)
                            .allSatisfy(view -> assertThat(jobs.now(view).phase())
                                    .isInstanceOfSatisfying(
                                            Phase.Waiting.class,
                                            waiting -> assertThat(waiting.at().stage())
                                                    .isEqualTo(StageName.ENCODE))));

            assertThat(views).allSatisfy(view -> assertOutputs(jobs.now(view)));
            deadLetters.assign(List.of(new TopicPartition(Topics.DEAD_LETTERS, 0)));
            List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
            await().atMost(Duration.ofSeconds(90)).until(() -> {
                deadLetters.poll(Duration.ofMillis(100)).forEach(letters::add);
                return letters.size() == 4;
            });
            assertThat(letters).allSatisfy(letter -> {
                assertThat(header(letter, "dead-letter-topic")).startsWith("wan.tickets.prompt.model-");
                assertThat(header(letter, "dead-letter-reason")).contains("not well-formed JSON");
            });
            awaitCommitted(clients, BrokerResource.MODEL);
        }
    }

    private static void assertOutputs(Job job) {
        assertThat(job.text("prompt")).contains(TestJobs.PROMPT + ", low-key lighting");
        assertThat(job.text("prompt_before")).contains(TestJobs.PROMPT);
        assertThat(job.text("negative_prompt")).contains("blurred");
        assertThat(job.text("provider")).contains("none");
        assertThat(job.completed()).extracting(CompletedStage::stage).containsExactly(StageName.PROMPT);
        assertThat(job.completed().get(0).worker())
                .endsWith("/prompt/" + job.request().model());
    }

    /** The group is called like the topic, and says so itself that no ticket is open. */
    private static void awaitCommitted(KafkaClients clients, String model) {
        String topic = Topics.ticketTopic(StageName.PROMPT, model);
        try (Consumer<String, byte[]> ends = clients.barrierConsumer("test")) {
            List<TopicPartition> partitions = ends.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            // A transaction's marker takes an offset of its own behind each ticket.
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                Map<TopicPartition, OffsetAndMetadata> committed = clients.admin()
                        .listConsumerGroupOffsets(topic)
                        .partitionsToOffsetAndMetadata()
                        .get();
                ends.endOffsets(partitions).forEach((partition, end) -> {
                    if (end > 0) {
                        assertThat(Objects.requireNonNull(committed.get(partition))
                                        .offset())
                                .isGreaterThanOrEqualTo(end - 1);
                    }
                });
            });
        }
    }

    private static ProducerRecord<String, byte[]> garbage(String model) {
        return new ProducerRecord<>(
                Topics.ticketTopic(StageName.PROMPT, model), "x", "no ticket".getBytes(StandardCharsets.UTF_8));
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
