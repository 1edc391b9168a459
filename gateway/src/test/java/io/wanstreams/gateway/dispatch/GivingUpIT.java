package io.wanstreams.gateway.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanstreams.contracts.dispatch.Dispatch;
import io.wanstreams.contracts.job.FailureCode;
import io.wanstreams.contracts.job.JobError;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.gateway.Jobs;
import io.wanstreams.gateway.board.JobBoard;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.KafkaSettings;
import io.wanstreams.transport.Topic;
import io.wanstreams.transport.log.KafkaJobLog;
import io.wanstreams.transport.log.StageTransactions;
import io.wanstreams.transport.ticket.DeadLetters;
import io.wanstreams.transport.topic.TopicPlan;
import io.wanstreams.transport.topic.TopicProvisioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What operators find of a job that used up its attempts. */
class GivingUpIT {

    private final JobBoard board = new JobBoard(10);
    private final Jobs jobs = new Jobs(board);

    @Test
    void aJobWithoutAttemptsLeavesADeadLetterAndOneThatIsLateDoesNot() throws Exception {
        try (KafkaClients clients = new KafkaClients(KafkaSettings.of(SharedBroker.bootstrapServers()))) {
            new TopicProvisioner(clients).provision(new TopicPlan(TopicPlan.Profile.LOCAL, Map.of()));
            try (KafkaJobLog log = new KafkaJobLog(clients, "/test");
                    DeadLetters deadLetters = new DeadLetters(clients);
                    StageTransactions transactions = new StageTransactions(clients, "test-giving-up", "/test")) {
                DispatchWriter writer = new LogDispatchWriter(
                        transactions,
                        log,
                        deadLetters,
                        Topic.of(clients.admin(), Topics.JOBS).id());
                JobId poisonous = jobs.submit();
                long turn = jobs.admit(poisonous);
                JobId late = jobs.submit();

                writer.write(
                        board.find(poisonous).orElseThrow(),
                        new Dispatch.GiveUp(turn, 4, new JobError(FailureCode.WORKER_LOST, "Lost thrice.")));
                writer.write(
                        board.find(late).orElseThrow(),
                        new Dispatch.GiveUp(-1, 0, new JobError(FailureCode.DEADLINE_EXCEEDED, "Too late.")));

                List<ConsumerRecord<String, byte[]>> letters = letters(clients);
                assertThat(letters)
                        .filteredOn(letter -> poisonous.toString().equals(letter.key()))
                        .singleElement()
                        .satisfies(letter -> {
                            assertThat(header(letter, "dead-letter-reason")).isEqualTo("worker_lost: Lost thrice.");
                            assertThat(header(letter, "dead-letter-topic")).isEqualTo(Topics.JOBS);
                            assertThat(header(letter, "dead-letter-partition")).isEqualTo("0");
                            assertThat(header(letter, "dead-letter-offset")).isEqualTo(Long.toString(turn));
                            assertThat(new String(letter.value(), UTF_8)).contains("worker_lost");
                        });
                assertThat(letters).noneMatch(letter -> late.toString().equals(letter.key()));
            }
        }
    }

    private static List<ConsumerRecord<String, byte[]>> letters(KafkaClients clients) {
        TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS, 0);
        List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = clients.barrierConsumer("test-letters")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
            }
        }
        return letters;
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
