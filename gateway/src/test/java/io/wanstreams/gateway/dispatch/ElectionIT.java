package io.wanstreams.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class ElectionIT {

    @Test
    void oneOfTwoIsElectedAndTheOtherTakesOver() throws Exception {
        KafkaSettings kafka = KafkaSettings.of(SharedBroker.bootstrapServers());
        provide(kafka);
        String group = SharedBroker.uniqueName("dispatch");
        try (Election first = new Election(kafka, group);
                Election second = new Election(kafka, group)) {
            first.start();
            second.start();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> first.isElected() || second.isElected());
            Election holder = first.isElected() ? first : second;
            Election other = holder == first ? second : first;
            assertThat(other.isElected()).isFalse();
            holder.close();
            assertThat(holder.isElected()).isFalse();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(other::isElected);
        }
    }

    private static void provide(KafkaSettings kafka) throws Exception {
        try (KafkaClients clients = new KafkaClients(kafka)) {
            clients.admin()
                    .createTopics(List.of(new NewTopic(Topics.DISPATCH, 1, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
        }
    }
}
