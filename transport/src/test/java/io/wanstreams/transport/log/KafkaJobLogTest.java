package io.wanstreams.transport.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanstreams.contracts.job.JobEvent;
import io.wanstreams.contracts.job.JobId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Appends through a producer that waits, as Kafka's does while it knows no broker. */
class KafkaJobLogTest {

    private static final JobId JOB = JobId.ofIdempotencyKey("default", "nobody-listens");
    private static final int WAITING_LIMIT = 1;

    private final WaitingProducer producer = new WaitingProducer();
    private final KafkaJobLog log = new KafkaJobLog(producer, "/test", WAITING_LIMIT);

    @AfterEach
    void close() {
        producer.brokerFound.countDown();
        log.close();
    }

    @Test
    void anAppendDoesNotHoldItsCaller() throws Exception {
        CompletableFuture<LogPosition> append = append();
        assertThat(append).isNotDone();

        producer.brokerFound.countDown();

        assertThat(append.get(20, TimeUnit.SECONDS).offset()).isZero();
    }

    @Test
    void moreThanTheLimitAreRefusedAtOnce() {
        CompletableFuture<LogPosition> sent = append();
        CompletableFuture<LogPosition> waiting = append();
        CompletableFuture<LogPosition> refused = append();

        assertThat(sent).isNotDone();
        assertThat(waiting).isNotDone();
        assertThat(refused).isCompletedExceptionally();
        assertThatThrownBy(refused::join).hasMessageContaining("is not in the log");
    }

    @Test
    void anAppendThatNobodyWaitsForAnyMoreIsNotSentLater() throws Exception {
        CompletableFuture<LogPosition> sent = append();
        CompletableFuture<LogPosition> givenUp = append();
        givenUp.cancel(false);

        producer.brokerFound.countDown();
        sent.get(20, TimeUnit.SECONDS);
        log.close();

        assertThat(producer.history()).hasSize(1);
    }

    private CompletableFuture<LogPosition> append() {
        return log.append(JOB, new JobEvent.Cancelled("test"));
    }

    private static final class WaitingProducer extends MockProducer<String, byte[]> {

        private final CountDownLatch brokerFound = new CountDownLatch(1);

        WaitingProducer() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> message, Callback callback) {
            try {
                brokerFound.await();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
            return super.send(message, callback);
        }
    }
}
