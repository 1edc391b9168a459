package io.wanstreams.transport.log;

import io.wanstreams.contracts.job.Job;
import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobFold;
import io.wanstreams.contracts.job.JobId;
import io.wanstreams.contracts.job.Phase.Waiting;
import io.wanstreams.contracts.job.RecordedEvent;
import io.wanstreams.contracts.job.StageTurn;
import io.wanstreams.contracts.json.ContractJson;
import io.wanstreams.contracts.ticket.Ticket;
import io.wanstreams.contracts.topic.Topics;
import io.wanstreams.transport.KafkaClients;
import io.wanstreams.transport.TransportException;
import io.wanstreams.transport.crash.CrashPoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Appends an event together with the ticket for the wait that it begins, or neither. A transaction lasts milliseconds:
 * it opens only when all work is done. One per worker slot, under a transactional id that stays the same over restarts,
 * so that a restarted worker ends what its former self left open. Thread-safe, one transaction at a time.
 */
public final class StageTransactions implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final KafkaClients clients;
    private final String transactionalId;
    private final String source;
    private @Nullable Producer<String, byte[]> producer;

    /**
     * Nothing is opened yet.
     *
     * @param transactionalId of this slot and no other
     * @param source who writes, the CloudEvents' source
     */
    public StageTransactions(KafkaClients clients, String transactionalId, String source) {
        this.clients = clients;
        this.transactionalId = transactionalId;
        this.source = source;
    }

    /**
     * Makes the producer ready, which ends a transaction that this id left open. Called by the first append otherwise;
     * after an error, call it before reading the log: only then is it decided what became of the transaction.
     *
     * @throws TransportException when the broker does not answer in time
     */
    public synchronized void open() {
        if (producer != null) {
            return;
        }
        Producer<String, byte[]> opened = clients.transactionalProducer(transactionalId);
        try {
            opened.initTransactions();
            producer = opened;
        } catch (KafkaException e) {
            opened.close(Duration.ZERO);
            throw new TransportException("Transactions of " + transactionalId + " cannot be opened: " + e, e);
        }
    }

    /**
     * Appends the event and, when it makes the job wait for a stage, that stage's ticket. The ticket carries the view as
     * it is, without the event: between the view and the event others may have written.
     *
     * @param view of a job that this event fits
     * @throws IllegalArgumentException when the event does not fit the view
     * @throws TransportException when it is not known whether both are in the log or neither: {@link #open}, read, look
     */
    public synchronized LogPosition append(JobView view, JobEvent event) {
        Job job = view.job();
        if (job == null || !fits(job, event, view.upTo().next())) {
            throw new IllegalArgumentException(
                    event.getClass().getSimpleName() + " does not fit job " + view.id() + " as it was read");
        }
        open();
        Producer<String, byte[]> current = Objects.requireNonNull(producer);
        try {
            current.beginTransaction();
            LogPosition position = send(current, view, event);
            Job next = after(job, event, position.offset(), position.time());
            if (next.phase() instanceof Waiting waiting) {
                Future<RecordMetadata> unused = current.send(ticket(job, waiting.at(), view));
            }
            reachedInside(job.id(), event);
            current.commitTransaction();
            return position;
        } catch (KafkaException | ExecutionException | TimeoutException | InterruptedException e) {
            discard(current);
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new TransportException(
                    "Kafka did not confirm an event of job " + view.id() + " and its ticket: " + e, e);
        } catch (RuntimeException e) {
            discard(current);
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
            producer = null;
        }
    }

    private LogPosition send(Producer<String, byte[]> current, JobView view, JobEvent event)
            throws ExecutionException, TimeoutException, InterruptedException {
        RecordMetadata metadata = current.send(JobRecords.encode(view.id(), event, source))
                .get(KafkaClients.TRANSACTION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        if (metadata.partition() != view.upTo().partition()) {
            throw new TransportException("Events of job " + view.id() + " went to partition " + metadata.partition()
                    + " and lie in " + view.upTo().partition() + ": the partition count of " + Topics.JOBS
                    + " was changed, which breaks its order");
        }
        return new LogPosition(metadata.partition(), metadata.offset(), Instant.ofEpochMilli(metadata.timestamp()));
    }

    /** A worker completes a stage, a dispatcher admits and requeues. */
    private static void reachedInside(JobId job, JobEvent event) {
        if (event instanceof JobEvent.Completed completed) {
            CrashPoint.INSIDE_COMPLETION.reached(completed.stage(), job);
        } else {
            CrashPoint.INSIDE_DISPATCH.reached(job);
        }
    }

    /** The fold returns the very same job for an event that does not fit. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean fits(Job job, JobEvent event, long offset) {
        return after(job, event, offset, Instant.EPOCH) != job;
    }

    private static Job after(Job job, JobEvent event, long offset, Instant time) {
        Job next = JobFold.apply(job, new RecordedEvent(job.id(), offset, time, event));
        return next == null ? job : next;
    }

    private static ProducerRecord<String, byte[]> ticket(Job job, StageTurn at, JobView view) {
        Ticket ticket = new Ticket(at.stage(), at.turn(), job, view.upTo());
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                Topics.ticketTopic(at.stage(), job.request().model()), job.id().toString(), ContractJson.write(ticket));
        message.headers().add("content-type", "application/json".getBytes(StandardCharsets.UTF_8));
        return message;
    }

    private void discard(Producer<String, byte[]> broken) {
        producer = null;
        broken.close(Duration.ZERO);
    }
}
