package io.wanstreams.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the broker really says about groups: leased tickets count as open, markers of transactions do not. */
final class KafkaOpenTicketsIT {

    private final KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()));
    private final KafkaOpenTickets tickets = new KafkaOpenTickets(clients);
    private final String model = SharedBroker.uniqueName("m");

    @AfterEach
    void close() {
        tickets.close();
        clients.close();
    }

    @Test
    void aTicketIsOpenUntilItIsAccepted() throws Exception {
        String topic = topic(StageName.DECODE);
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, topic);
        clients.admin()
                .incrementalAlterConfigs(Map.of(
                        group,
                        List.of(
                                set("share.auto.offset.reset", "earliest"),
                                set("share.isolation.level", "read_committed"))))
                .all()
                .get();
        assertThat(tickets.isNoneOpen(StageName.DECODE, model))
                .as("a group that never was")
                .isFalse();
        clients.admin()
                .alterShareGroupOffsets(topic, Map.of(new TopicPartition(topic, 0), 0L))
                .all()
                .get();
        inTransaction(topic, true);
        inTransaction(topic, false);
        Awaitility.await().until(() -> !tickets.isNoneOpen(StageName.DECODE, model));
        try (ShareConsumer<byte[], byte[]> worker = clients.shareConsumer(topic, "test")) {
            worker.subscribe(List.of(topic));
            ConsumerRecord<byte[], byte[]> ticket = lease(worker);
            assertThat(tickets.isNoneOpen(StageName.DECODE, model)).as("leased").isFalse();
            worker.acknowledge(ticket, AcknowledgeType.ACCEPT);
            worker.commitSync(Duration.ofSeconds(5));
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> {
                worker.poll(Duration.ofMillis(100));
                return tickets.isNoneOpen(StageName.DECODE, model);
            });
        }
    }

    @Test
    void thePromptsOrdinaryGroupMayStandBeforeAMarker() throws Exception {
        String topic = topic(StageName.PROMPT);
        assertThat(tickets.isNoneOpen(StageName.PROMPT, model))
                .as("nothing was written")
                .isTrue();
        inTransaction(topic, true);
        awaitPrompt(false);
        clients.admin()
                .alterConsumerGroupOffsets(topic, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1)))
                .all()
                .get();
        assertThat(tickets.isNoneOpen(StageName.PROMPT, model))
                .as("only the marker is left")
                .isTrue();
        inTransaction(topic, true);
        awaitPrompt(false);
    }

    /** A commit is confirmed a moment before readers see it. */
    private void awaitPrompt(boolean noneOpen) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> tickets.isNoneOpen(StageName.PROMPT, model) == noneOpen);
    }

    private String topic(StageName stage) throws Exception {
        String topic = Topics.ticketTopic(stage, model);
        clients.admin()
                .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                .all()
                .get();
        return topic;
    }

    private void inTransaction(String topic, boolean commit) throws Exception {
        try (Producer<String, byte[]> producer = clients.transactionalProducer(SharedBroker.uniqueName("tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "k", new byte[] {1})).get();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static ConsumerRecord<byte[], byte[]> lease(ShareConsumer<byte[], byte[]> worker) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(
                        () -> {
                            ConsumerRecords<byte[], byte[]> got = worker.poll(Duration.ofMillis(100));
                            return got.isEmpty() ? null : got.iterator().next();
                        },
                        ticket -> ticket != null);
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
