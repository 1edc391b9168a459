package io.wanstreams.transport.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.topic.TopicSpec;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.TestKafka;
import io.wanstreams.transport.Topic;
import io.wanstreams.transport.ticket.DeadLetters;
import io.wanstreams.transport.ticket.TicketLease;
import io.wanstreams.transport.ticket.TicketQueue;
import io.wanstreams.transport.topic.TopicPlan.Profile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicProvisionerIT {

    private TestKafka kafka;
    private TopicProvisioner provisioner;
    private TopicPlan plan;

    @BeforeEach
    void open() throws Exception {
        kafka = TestKafka.shared();
        provisioner = new TopicProvisioner(kafka.clients);
        plan = new TopicPlan(Profile.LOCAL, Map.of(kafka.model, TestKafka.ROUTE));
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void makesTheTopicsOfTheTable() throws Exception {
        Admin admin = kafka.clients.admin();
        for (TopicSpec spec : plan.topics()) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
            Config config = Objects.requireNonNull(admin.describeConfigs(List.of(resource))
                    .all()
                    .get(30, TimeUnit.SECONDS)
                    .get(resource));
            assertThat(config.get("retention.ms").value())
                    .as(spec.name())
                    .isEqualTo(Long.toString(spec.retention().toMillis()));
            assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
            assertThat(Topic.of(admin, spec.name()).partitions())
                    .as(spec.name())
                    .isEqualTo(spec.localPartitions());
        }
        for (String group : plan.shareGroups()) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
            Config config = Objects.requireNonNull(admin.describeConfigs(List.of(resource))
                    .all()
                    .get(30, TimeUnit.SECONDS)
                    .get(resource));
            assertThat(config.get("share.auto.offset.reset").value()).isEqualTo("earliest");
            assertThat(config.get("share.isolation.level").value()).isEqualTo("read_committed");
            assertThat(kafka.lag(StageName.ENCODE)).isZero();
        }
        provisioner.check(plan);
    }

    /** On a used group the call that places a new one is a replay of all tickets (kafka-notes E11b). */
    @Test
    void aSecondTimeHandsOutNoTicketAgain() throws Exception {
        kafka.admitted();
        try (DeadLetters deadLetters = new DeadLetters(kafka.clients)) {
            try (TicketQueue queue = queue(deadLetters)) {
                TicketLease lease = await().atMost(TestKafka.PATIENCE)
                        .until(queue::poll, Optional::isPresent)
                        .orElseThrow();
                queue.accept(lease);
            }
            await().atMost(TestKafka.PATIENCE).ignoreExceptions().untilAsserted(() -> provisioner.provision(plan));
            try (TicketQueue queue = queue(deadLetters)) {
                for (int i = 0; i < 10; i++) {
                    assertThat(queue.poll()).isEmpty();
                }
            }
        }
    }

    /** Two partitions of a ticket topic would be bound to members, a busy one would keep its tickets (trap 1). */
    @Test
    void refusesATicketTopicWithTwoPartitions() throws Exception {
        String topic = Topics.ticketTopic(StageName.ENCODE, kafka.model);
        kafka.clients
                .admin()
                .createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                .all()
                .get(30, TimeUnit.SECONDS);

        await().atMost(TestKafka.PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> provisioner.provision(plan))
                        .isInstanceOf(TopicMismatchException.class)
                        .hasMessageContaining("Topic " + topic + " has 2 partitions, expected 1"));
    }

    @Test
    void refusesAnotherPartitionCountOfTheJobLog() {
        TopicPlan cluster = new TopicPlan(Profile.CLUSTER, Map.of());
        assertThatThrownBy(() -> provisioner.provision(cluster))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining("Topic wan.jobs has 4 partitions, expected 12 in profile CLUSTER");
    }

    @Test
    void refusesCompactionAndTooSmallRecords() throws Exception {
        String model = SharedBroker.uniqueName("bad");
        String topic = Topics.ticketTopic(StageName.ENCODE, model);
        TopicPlan bad = new TopicPlan(Profile.LOCAL, Map.of(model, List.of(StageName.ENCODE)));
        assertThatThrownBy(() -> provisioner.check(bad))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining("Kafka lacks the topics " + topic);

        make(topic, Map.of("cleanup.policy", "compact"));
        refused(bad, "Topic " + topic + " has cleanup.policy=compact, expected delete");

        String small = SharedBroker.uniqueName("small");
        String smallTopic = Topics.ticketTopic(StageName.ENCODE, small);
        make(smallTopic, Map.of("max.message.bytes", "1000"));
        refused(
                new TopicPlan(Profile.LOCAL, Map.of(small, List.of(StageName.ENCODE))),
                "Topic " + smallTopic + " has max.message.bytes=1000, expected at least 1048588");
    }

    private void refused(TopicPlan wrong, String message) {
        await().atMost(TestKafka.PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> provisioner.provision(wrong))
                        .isInstanceOf(TopicMismatchException.class)
                        .hasMessageContaining(message));
    }

    private void make(String topic, Map<String, String> config) throws Exception {
        kafka.clients
                .admin()
                .createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(config)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private TicketQueue queue(DeadLetters deadLetters) {
        return new TicketQueue(kafka.clients, StageName.ENCODE, kafka.model, deadLetters);
    }
}
