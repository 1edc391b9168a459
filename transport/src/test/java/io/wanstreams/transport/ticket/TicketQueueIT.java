package io.wanstreams.transport.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.ticket.Ticket;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.kafka.embedded.SharedBroker;
import io.wanstreams.transport.TestKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicketQueueIT {

    private TestKafka kafka;
    private DeadLetters deadLetters;

    @BeforeEach
    void open() throws Exception {
        kafka = TestKafka.shared();
        deadLetters = new DeadLetters(kafka.clients);
    }

    @AfterEach
    void close() {
        deadLetters.close();
        kafka.close();
    }

    @Test
    void garbageBecomesADeadLetterAndStopsNobody() throws Exception {
        JobId id = kafka.admitted();
        Ticket good =
                new Ticket(StageName.ENCODE, 1, kafka.job(id), kafka.view(id).upTo());
        String json = new String(ContractJson.write(good), StandardCharsets.UTF_8);
        List<byte @Nullable []> garbage = new ArrayList<>();
        garbage.add(null);
        garbage.add(new byte[0]);
        garbage.add(bytes("not json"));
        garbage.add(bytes("[".repeat(10_000)));
        garbage.add(bytes("{}"));
        garbage.add(bytes("null"));
        garbage.add(new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        garbage.add(bytes(json.replace(kafka.model, "another-model")));
        garbage.add(bytes(json.replaceFirst("\"stage\":\"encode\"", "\"stage\":\"decode\"")));
        garbage.add(bytes(json.replaceFirst("\"turn\":1", "\"turn\":-1")));
        garbage.add(new byte[1_048_000]);
        List<Long> offsets = new ArrayList<>();
        try (Producer<String, byte[]> producer = kafka.clients.eventProducer("vandal")) {
            for (byte[] value : garbage) {
                offsets.add(producer.send(new ProducerRecord<>(topic(), "key", value))
                        .get(30, TimeUnit.SECONDS)
                        .offset());
            }
        }
        JobId last = kafka.admitted();

        List<TicketLease> leases = new ArrayList<>();
        try (TicketQueue queue = queue()) {
            await().atMost(TestKafka.PATIENCE).until(() -> {
                queue.poll().ifPresent(lease -> {
                    queue.accept(lease);
                    leases.add(lease);
                });
                return leases.size() == 2 && Long.valueOf(0).equals(kafka.lag(StageName.ENCODE));
            });
        }

        assertThat(leases).extracting(lease -> lease.ticket().job().id()).containsExactly(id, last);
        List<ConsumerRecord<String, byte[]>> letters = kafka.deadLetters(topic());
        assertThat(letters)
                .extracting(letter -> Long.parseLong(TestKafka.header(letter, "dead-letter-offset")))
                .containsExactlyElementsOf(offsets);
        assertThat(letters).allSatisfy(letter -> {
            assertThat(TestKafka.header(letter, "dead-letter-partition")).isEqualTo("0");
            assertThat(TestKafka.header(letter, "dead-letter-reason"))
                    .isNotBlank()
                    .doesNotContain(System.lineSeparator());
        });
        assertThat(letters.get(2).value()).isEqualTo(garbage.get(2));
    }

    /** A worker that dies with a ticket in hand gives it back by its end alone (kafka-notes E2). */
    @Test
    void aTicketComesBackFromAWorkerThatWasKilled() throws Exception {
        JobId id = kafka.admitted();
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TicketHolder.class.getName(),
                        SharedBroker.bootstrapServers(),
                        kafka.model)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (TicketQueue queue = queue()) {
            assertThat(worker.inputReader().readLine()).isEqualTo("holds " + id);
            assertThat(queue.poll()).isEmpty();

            worker.destroyForcibly();

            TicketLease lease = next(queue, Duration.ofSeconds(15));
            assertThat(lease.ticket().job().id()).isEqualTo(id);
            queue.accept(lease);
        } finally {
            worker.destroyForcibly();
        }
    }

    /** The idle consumer polls on, the busy one does not poll at all: no ticket waits for a lock to end (E13 to E20). */
    @Test
    void aBusyWorkerKeepsNoTicketFromAnIdleOne() throws Exception {
        try (TicketQueue busy = queue();
                TicketQueue idle = queue()) {
            JobId first = kafka.admitted();
            TicketLease held = next(busy, Duration.ofSeconds(15));
            assertThat(held.ticket().job().id()).isEqualTo(first);
            busy.accept(held);
            for (int i = 0; i < 5; i++) {
                JobId id = kafka.admitted();
                TicketLease lease = next(idle, Duration.ofSeconds(10));
                assertThat(lease.ticket().job().id()).isEqualTo(id);
                idle.accept(lease);
            }
        }
    }

    /** An accepted ticket needs no renewal, however long the work takes and though its worker does not poll (E20). */
    @Test
    void anAcceptedTicketDoesNotComeBackWhenItsLockWouldHaveEnded() throws Exception {
        lockFor(Duration.ofSeconds(1));
        kafka.admitted();
        try (TicketQueue working = queue();
                TicketQueue idle = queue()) {
            working.accept(next(working, Duration.ofSeconds(15)));
            await().during(Duration.ofMillis(2_500))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> idle.poll().isEmpty());
        }
    }

    /** The ack of a lease that ended is refused by the broker; that is logged, and the ticket is somebody else's. */
    @Test
    void aLateAcceptanceIsTolerated() throws Exception {
        lockFor(Duration.ofSeconds(1));
        JobId id = kafka.admitted();
        try (TicketQueue slow = queue();
                TicketQueue idle = queue()) {
            TicketLease lost = next(slow, Duration.ofSeconds(15));
            TicketLease again = next(idle, Duration.ofSeconds(15));
            assertThat(again.ticket()).isEqualTo(lost.ticket());

            slow.accept(lost);
            idle.accept(again);

            JobId other = kafka.admitted();
            assertThat(next(slow, Duration.ofSeconds(15)).ticket().job().id())
                    .isEqualTo(other)
                    .isNotEqualTo(id);
        }
    }

    /** Jobs that wait are counted before the first worker ever comes (E11), and accepted ones are not. */
    @Test
    void lagIsTheNumberOfWaitingJobs() throws Exception {
        for (int i = 0; i < 3; i++) {
            kafka.admitted();
        }
        // Commit markers count until they have been fetched past (E12).
        assertThat(kafka.lag(StageName.ENCODE)).isBetween(3L, 6L);
        try (TicketQueue queue = queue()) {
            for (int i = 0; i < 3; i++) {
                queue.accept(next(queue, Duration.ofSeconds(15)));
            }
            await().atMost(TestKafka.PATIENCE).until(() -> {
                assertThat(queue.poll()).isEmpty();
                return Long.valueOf(0).equals(kafka.lag(StageName.ENCODE));
            });
        }
    }

    private void lockFor(Duration duration) throws Exception {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, topic());
        ConfigEntry entry = new ConfigEntry("share.record.lock.duration.ms", Long.toString(duration.toMillis()));
        kafka.clients
                .admin()
                .incrementalAlterConfigs(Map.of(group, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private TicketQueue queue() {
        return new TicketQueue(kafka.clients, StageName.ENCODE, kafka.model, deadLetters);
    }

    private String topic() {
        return Topics.ticketTopic(StageName.ENCODE, kafka.model);
    }

    private static TicketLease next(TicketQueue queue, Duration atMost) {
        return await().atMost(atMost)
                .pollInterval(Duration.ofMillis(1))
                .until(queue::poll, Optional::isPresent)
                .orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
