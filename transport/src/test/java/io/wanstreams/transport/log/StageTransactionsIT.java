package io.wanstreams.transport.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase;
import io.wanstreams.contracts.job.RequeueReason;
import io.wanstreams.contracts.job.StageName;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.ticket.Ticket;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.TestKafka;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.ticket.DeadLetters;
import io.wanstreams.transport.ticket.TicketLease;
import io.wanstreams.transport.ticket.TicketQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageTransactionsIT {

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
    void theTicketCarriesTheTurnAndTheViewItWasWrittenWith() throws Exception {
        JobId id = kafka.admitted();

        Ticket ticket = takeAll(1).get(0).ticket();

        StageTurn at = ((Phase.Waiting) kafka.job(id).phase()).at();
        assertThat(ticket.turn()).isEqualTo(at.turn());
        assertThat(ticket.stage()).isEqualTo(StageName.ENCODE);
        // Not yet folded: between the writer's view and its event there may be others'.
        assertThat(ticket.job().phase()).isInstanceOf(Phase.Submitted.class);
        assertThat(ticket.upTo().next()).isGreaterThan(0).isLessThanOrEqualTo(at.turn());
        assertThat(ticket.upTo().topicId()).isEqualTo(kafka.view(id).upTo().topicId());
    }

    @Test
    void anAbortedTransactionLeavesNoTicketVisible() throws Exception {
        JobId id = kafka.admitted();
        StageTurn at = ((Phase.Waiting) kafka.job(id).phase()).at();
        JobEvent requeued = new JobEvent.Requeued(at.stage(), at.turn(), RequeueReason.TICKET_LOST);
        try (Producer<String, byte[]> producer = kafka.clients.transactionalProducer("aborter-" + kafka.model)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(JobRecords.encode(id, requeued, "/wan/test")).get(30, TimeUnit.SECONDS);
            Ticket lie =
                    new Ticket(at.stage(), 12345, kafka.job(id), kafka.view(id).upTo());
            producer.send(new ProducerRecord<>(
                            Topics.ticketTopic(at.stage(), kafka.model), id.toString(), ContractJson.write(lie)))
                    .get(30, TimeUnit.SECONDS);
            producer.abortTransaction();
        }
        JobId next = kafka.admitted();

        assertThat(takeAll(2)).extracting(lease -> lease.ticket().job().id()).containsExactly(id, next);
        assertThat(kafka.job(id).phase()).isEqualTo(new Phase.Waiting(at));
    }

    @Test
    void anEventThatDoesNotFitIsNotWritten() throws Exception {
        JobId id = kafka.admitted();
        try (StageTransactions writer = new StageTransactions(kafka.clients, "w-" + kafka.model, "/wan/test")) {
            assertThatThrownBy(() -> writer.append(kafka.view(id), new JobEvent.Admitted()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not fit job " + id);
        }
        assertThat(kafka.events(id)).hasSize(2);
    }

    /** A restarted worker ends what its former self left open; nobody waits for the time-out. */
    @Test
    void aRestartEndsTheTransactionThatWasLeftOpen() throws Exception {
        JobId id = kafka.admitted();
        StageTurn at = ((Phase.Waiting) kafka.job(id).phase()).at();
        String transactionalId = "left-open-" + kafka.model;
        Producer<String, byte[]> former = kafka.clients.transactionalProducer(transactionalId);
        former.initTransactions();
        former.beginTransaction();
        JobEvent requeued = new JobEvent.Requeued(at.stage(), at.turn(), RequeueReason.TICKET_LOST);
        long hidden = former.send(JobRecords.encode(id, requeued, "/wan/test"))
                .get(30, TimeUnit.SECONDS)
                .offset();
        assertThat(kafka.view(id).upTo().next()).as("readers are held back").isLessThanOrEqualTo(hidden);

        try (StageTransactions restarted = new StageTransactions(kafka.clients, transactionalId, "/wan/test")) {
            restarted.open();
            await().atMost(Duration.ofSeconds(3))
                    .until(() -> kafka.view(id).upTo().next() > hidden);
        }
        assertThat(kafka.job(id).phase()).isEqualTo(new Phase.Waiting(at));
        former.close(Duration.ZERO);
    }

    @Test
    void aFencedWriterSaysSoAndGoesOnWithANewProducer() throws Exception {
        JobId id = kafka.admitted();
        String transactionalId = "twins-" + kafka.model;
        try (StageTransactions first = new StageTransactions(kafka.clients, transactionalId, "/wan/test");
                StageTransactions second = new StageTransactions(kafka.clients, transactionalId, "/wan/test")) {
            first.open();
            second.open();
            StageTurn at = ((Phase.Waiting) kafka.job(id).phase()).at();
            JobEvent event = new JobEvent.Requeued(at.stage(), at.turn(), RequeueReason.TICKET_LOST);

            assertThatThrownBy(() -> first.append(kafka.view(id), event)).isInstanceOf(TransportException.class);
            first.open();
            LogPosition position = first.append(kafka.view(id), event);

            // A commit is confirmed a moment before readers see it.
            await().atMost(TestKafka.PATIENCE).until(() -> kafka.view(id).upTo().next() > position.offset());
            assertThat(((Phase.Waiting) kafka.job(id).phase()).at().turn()).isEqualTo(position.offset());
        }
    }

    private List<TicketLease> takeAll(int count) {
        List<TicketLease> leases = new ArrayList<>();
        try (TicketQueue queue = new TicketQueue(kafka.clients, StageName.ENCODE, kafka.model, deadLetters)) {
            await().atMost(TestKafka.PATIENCE).until(() -> {
                queue.poll().ifPresent(lease -> {
                    queue.accept(lease);
                    leases.add(lease);
                });
                return leases.size() >= count;
            });
            for (int i = 0; i < 3; i++) {
                assertThat(queue.poll()).as("one ticket too many").isEmpty();
            }
        }
        return leases;
    }
}
